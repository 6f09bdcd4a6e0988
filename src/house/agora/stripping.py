"""Takes out of a file what tells who made it, where and when. What can't be cleaned isn't taken.

Pictures are drawn anew; PDFs are rebuilt page by page; office documents lose their properties, comments,
custom parts and the names beside tracked changes; plain text is text. Everything else is refused.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from defusedxml import ElementTree
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, NameObject

from house.ground.errors import Refused
from house.ground.text import clean

MOST_PIXELS = 40_000_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5000
_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "gif": "image/gif",
    "pdf": "application/pdf", "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet", "pptx": f"{_OFFICE}presentationml.presentation",
    "txt": "text/plain", "md": "text/plain", "csv": "text/csv",
}  # fmt: skip
# Parts of an office document that hold nothing but who and when, or code.
_DROPPED = re.compile(
    r"(docProps/|customXml/|.*comments[^/]*\.xml|.*commentAuthors\.xml|.*people\.xml|.*persons?/|"
    r".*threadedComments/|.*vbaProject\.bin|.*printerSettings|.*thumbnail|.*revisions/|.*\.bin$|.*\.vml$)",
    re.IGNORECASE,
)
# Attributes that name an author or a moment of a change, whatever element they stand on.
_NAMING = re.compile(
    rb"""\s(?:\w+:)?(?:author|initials|date|dateUtc|userId|providerId|lastModifiedBy|saltData|"""
    rb"""rsid\w*|paraId|textId|lastEdited|userName|dT|personId)=(?:"[^"]*"|'[^']*')"""
)
_MARKS = re.compile(
    rb"<(?:\w+:)?(?:comment(?:RangeStart|RangeEnd|Reference)|legacyDrawing|attachedTemplate|absPath|docId|"
    rb"fileSharing)\b[^>]*?/>|<(?:\w+:)?rsids>.*?</(?:\w+:)?rsids>",
    re.DOTALL,
)
_RELATION = re.compile(rb"<Relationship\b[^>]*?/>")
_TARGET = re.compile(rb"""Target=["']([^"']+)["']""")
_OVERRIDE = re.compile(rb"<Override\b[^>]*?/>")
_PART_NAME = re.compile(rb"""PartName=["']/?([^"']+)["']""")


# What the readers of these kinds raise at files that are damaged, hostile or something else.
_BROKEN = (
    OSError, ValueError, KeyError, RuntimeError, RecursionError, NotImplementedError, zipfile.BadZipFile,
    PyPdfError, ElementTree.ParseError, Image.DecompressionBombError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clean:
    content: bytes
    media_type: str
    ending: str


def stripped(content: bytes, name: str) -> Clean:
    """The file without its metadata; its kind is judged by its ending and by what it holds.

    Raises `Refused` for what can't be cleaned.
    """
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending not in TYPES:
        raise Refused(
            _("Files of this kind can't be freed of what tells who made them."),
            remedy=_("Send it as PDF, picture, text or Word, Excel or PowerPoint document."),
        )
    try:
        made = _CLEANERS[ending](content, ending)
    except _BROKEN as broken:
        raise Refused(
            _("This file can't be read as %(kind)s.") % {"kind": ending.upper()},
            remedy=_("Open it on your computer, save it anew, and attach that."),
        ) from broken
    return Clean(made, TYPES[ending], "jpg" if ending == "jpeg" else ending)


def _picture(content: bytes, ending: str) -> bytes:
    """Its pixels, turned as they are to be seen; no EXIF, no place, no colour profile, no thumbnail."""
    with Image.open(io.BytesIO(content)) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise Refused(_("The picture has too many pixels."), remedy=_("Make it smaller."))
        form = {"jpg": "JPEG", "jpeg": "JPEG"}.get(ending, ending.upper())
        turned = ImageOps.exif_transpose(opened)
        plain = turned.convert("RGB" if form == "JPEG" else "RGBA")
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    if form == "GIF":
        fresh = fresh.convert("P")
    out = io.BytesIO()
    fresh.save(out, form)
    return out.getvalue()


def _pdf(content: bytes, ending: str) -> bytes:
    """Its pages alone: no document information, XMP, attachments, forms' scripts or annotations' authors."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise Refused(
            _("The PDF is locked by a password."), remedy=_("Save it without one, and attach that.")
        )
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    writer.metadata = None
    for name in (
        "/Metadata",
        "/Names",
        "/OpenAction",
        "/AA",
        "/AcroForm",
        "/PieceInfo",
        "/Collection",
    ):
        writer.root_object.pop(NameObject(name), None)
    for page in writer.pages:
        for name in ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/Annots"):
            page.pop(NameObject(name), None)
    for each in writer._objects:  # noqa: SLF001 -- pictures inside the pages carry XMP of their own
        if isinstance(each, DictionaryObject):
            each.pop(NameObject("/Metadata"), None)
            each.pop(NameObject("/PieceInfo"), None)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _office(content: bytes, ending: str) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as packed,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Refused(_("The document is too large when it is unpacked."))
        kept = {part.filename for part in parts if not _DROPPED.match(part.filename)}
        if "[Content_Types].xml" not in kept:
            raise ValueError("no office document")
        for part in parts:
            if part.filename in kept and not part.is_dir():
                # A date of its own would tell when it was written.
                plain = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
                plain.compress_type = zipfile.ZIP_DEFLATED
                made.writestr(plain, _part(part.filename, packed.read(part), kept))
    return out.getvalue()


def _part(name: str, content: bytes, kept: set[str]) -> bytes:
    low = name.lower()
    if low.endswith((".jpg", ".jpeg", ".png", ".gif", ".webp")):
        return _picture(content, low.rsplit(".", 1)[-1])
    if not low.endswith((".xml", ".rels")):
        if low.endswith((".emf", ".wmf", ".svg", ".tif", ".tiff", ".bmp")):
            return b""  # drawings whose metadata nothing here can take out
        return content
    ElementTree.fromstring(content)  # what isn't XML, or would explode, isn't taken
    if low.endswith(".rels"):
        return _RELATION.sub(lambda found: _relation(found.group(), kept), content)
    if name == "[Content_Types].xml":
        return _OVERRIDE.sub(lambda found: _override(found.group(), kept), content)
    return _MARKS.sub(b"", _NAMING.sub(_unnamed, content))


def _unnamed(found: re.Match[bytes]) -> bytes:
    """Word wants an author on each tracked change: it gets an empty one, and no other attribute stays."""
    name = found.group().strip().split(b"=", 1)[0]
    return b" " + name + b'=""' if name.rsplit(b":", 1)[-1] == b"author" else b""


def _relation(row: bytes, kept: set[str]) -> bytes:
    """Rows that lead to a part that is gone, or out of the document to a template on a city's own server."""
    target = _TARGET.search(row)
    if target is None or b"attachedTemplate" in row:
        return b""
    if b"External" in row:  # a path on somebody's disk or server names both
        is_web = target.group(1).startswith((b"http://", b"https://", b"mailto:"))
        return row if is_web else row.replace(target.group(1), b"https://removed.invalid/")
    path = target.group(1).decode("utf-8", "replace").lstrip("/")
    name = path.rsplit("/", 1)[-1]
    return row if any(each.rsplit("/", 1)[-1] == name for each in kept) else b""


def _override(row: bytes, kept: set[str]) -> bytes:
    part = _PART_NAME.search(row)
    return row if part and part.group(1).decode("utf-8", "replace") in kept else b""


def _text(content: bytes, ending: str) -> bytes:
    return clean(content.decode("utf-8-sig")).encode()


_CLEANERS: dict[str, Callable[[bytes, str], bytes]] = {
    **dict.fromkeys(("png", "jpg", "jpeg", "webp", "gif"), _picture),
    **dict.fromkeys(("docx", "xlsx", "pptx"), _office),
    **dict.fromkeys(("txt", "md", "csv"), _text),
    "pdf": _pdf,
}
