"""Word documents by mammoth, after a look into the archive: it is unpacked only when that is safe."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

import mammoth
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from house.alex.importing.limits import (
    DOCUMENT_LETTERS,
    ID_LETTERS,
    MEGABYTE,
    TITLE_LETTERS,
    UNPACKED_BYTES,
    UNPACKED_RATIO,
)
from house.alex.importing.naming import title_of
from house.alex.importing.records import Record, Refusal
from house.alex.importing.sections import refuse_deep, sections_of
from house.ground.text import clean, shorten
from house.ground.unreadable import Unreadable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STYLES = "p[style-name='Title'] => h1:fresh"
_DC = "{http://purl.org/dc/elements/1.1/}"


def read(data: bytes, name: str) -> Iterator[Record | Refusal]:
    if data.startswith(_OLE):  # the container of old Word files, and of encrypted new ones
        locked = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0" in data
        raise Unreadable("docx-encrypted" if locked else "docx-old")
    title, language = inspect(data)
    try:
        made = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda _image: {}),
            external_file_access=False,
            include_embedded_style_map=False,
        )
    except (MemoryError, RecursionError):
        raise Unreadable("too-deep") from None
    except Exception as problem:  # mammoth lets any error through that odd XML provokes
        raise Unreadable("docx-broken") from problem
    html = clean(made.value)
    if len(html) > DOCUMENT_LETTERS * 3:
        raise Unreadable("too-long", limit=DOCUMENT_LETTERS)
    refuse_deep(html)
    title = shorten(title, TITLE_LETTERS)
    sections = tuple(sections_of(html, title=title))
    if not sections:
        raise Unreadable("no-text")
    yield Record(
        source_id=name[-ID_LETTERS:],
        title=title or title_of(name),
        file=name,
        language=language,
        sections=sections,
    )


def inspect(data: bytes) -> tuple[str, str]:
    """The title and language the document says of itself. Raises `Unreadable` for what must not be opened.

    Sizes are measured by unpacking, piece by piece: the directory of an archive may lie.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if any(part.flag_bits & 1 for part in archive.infolist()):
                raise Unreadable("docx-encrypted")
            _measure(archive, len(data))
            if "word/document.xml" not in names and "[Content_Types].xml" not in names:
                raise Unreadable("docx-not-word")
            for part in names:
                if part.endswith((".xml", ".rels")):
                    _refuse_entities(archive.read(part))
            core = archive.read("docProps/core.xml") if "docProps/core.xml" in names else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, KeyError,
            ValueError, RuntimeError):  # fmt: skip
        raise Unreadable("docx-broken") from None
    return _properties(core) if core else ("", "")


def _measure(archive: zipfile.ZipFile, packed: int) -> None:
    total = 0
    for part in archive.infolist():
        with archive.open(part) as opened:
            while piece := opened.read(MEGABYTE):
                total += len(piece)
                if total > UNPACKED_BYTES or (
                    total > 20 * MEGABYTE and total > packed * UNPACKED_RATIO
                ):
                    declared = sum(each.file_size for each in archive.infolist())
                    raise Unreadable("zip-bomb", size=max(total, declared) // MEGABYTE)


def _refuse_entities(xml: bytes) -> None:
    if b"<!" not in xml.replace(b"<!--", b"").replace(b"<![CDATA[", b"") and not xml.startswith(
        (b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0")
    ):
        return  # nothing declared: no need to parse twice
    try:
        fromstring(xml, forbid_dtd=True)
    except DefusedXmlException:
        raise Unreadable("xml-entities") from None
    except ParseError:
        raise Unreadable("docx-broken") from None


def _properties(core: bytes) -> tuple[str, str]:
    try:
        root = fromstring(core, forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        return "", ""
    return (root.findtext(f"{_DC}title") or "").strip(), (
        root.findtext(f"{_DC}language") or ""
    ).strip()
