"""Files without what they tell about people and machines: authors, places, cameras, programs, thumbnails.

What can't be opened is refused: a file that was not understood may hold anything.
"""

import base64
import io
import re
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from house.ground.unreadable import Unreadable

PIXELS = 60_000_000
UNPACKED = 300 * 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument."
_TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif",
    "pdf": "application/pdf", "txt": "text/plain", "md": "text/markdown", "csv": "text/csv",
    "docx": f"{_OFFICE}wordprocessingml.document", "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}  # fmt: skip
ENDINGS = tuple(_TYPES)
_KEPT = {"transparency", "duration", "loop"}  # without which it would not look the same
_PICTURES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
# Parts of an office file that say who made it, with what and when; readers miss them where they are gone.
_EMPTY = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "meta.xml": b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/>'
    b"</office:document-meta>",
}
# Who changed or commented, in the text itself.
_AUTHORS = re.compile(
    rb'\b((?:w|w15|w16cex|p|p188)?:?(?:author|initials|lastModifiedBy|userId|providerId))="[^"]*"'
)
_CREATORS = re.compile(rb"<(dc:creator|meta:creator-initials|dc:date)>[^<]*</")
_RSIDS = re.compile(rb'\s(?:w:rsid\w*|w14:(?:para|text)Id)="[^"]*"')
# When a change was made, and who commented in the words of the other programs.
_MOMENTS = re.compile(rb'\s(?:w|w16cex|p188|r)?:?(?:date|dateUtc|dateTime|dT|created)="[^"]*"')
_NAMED = re.compile(rb'\b(name|displayName|userName|initials|clrIdx|author)="[^"]*"')
_NAMED_PARTS = re.compile(
    r"(commentAuthors|authors|people|persons?/person\w*|threadedComment\w*)\.xml$"
)
_SHEET_AUTHORS = re.compile(rb"(<(?:\w+:)?author>)[^<]*(</(?:\w+:)?author>)")
# Where the file lay, which template it came from, and which sittings it was written in.
_TRACES = re.compile(
    rb"<(?:\w+:)?(?:absPath|fileSharing|attachedTemplate|docId)\b[^>]*?/>|<w:rsids>.*?</w:rsids>",
    re.DOTALL,
)
_OUTSIDE = re.compile(
    rb"""(Target=["'])(?!https?:|mailto:|#)[^"']*(["'][^>]*TargetMode=["']External)"""
)
_WORDS = re.compile(rb">[^<]+<")
_ONE_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
_WHEN = (2000, 1, 1, 0, 0, 0)


REASONS = {
    "file-kind": _("Files of this kind are not taken. Give one of these: %(known)s."),
    "picture": _("This is not a sound picture, so what it holds can't be looked at."),
    "picture-large": _("The picture has more than %(limit)s million points. Make it smaller."),
    "pdf-locked": _("The PDF is protected by a password. Save a copy without one."),
    "pdf-damaged": _("The PDF is damaged. Save it anew from the program that made it."),
    "archive-damaged": _("The office file is damaged or locked. Save it anew from its program."),
    "archive-large": _("The office file would unpack to more than an honest one does."),
    "binary": _("This is not a text file: it holds bytes that no text has."),
}


def sentence(why: Unreadable) -> str:
    """Why the file was refused, in the active language."""
    return str(REASONS[why.code]) % why.facts


@dataclass(frozen=True, slots=True)
class Clean:
    """The file as it may go out, with the type that its content has."""

    data: bytes
    media_type: str


def strip(data: bytes, name: str) -> Clean:
    """The same content without data about who made it. Raises `Unreadable`."""
    ending = name.rpartition(".")[2].lower()
    if ending not in _TYPES:
        raise Unreadable("file-kind", known=", ".join(ENDINGS))
    media_type = _TYPES[ending]
    if media_type.startswith("image/"):
        return _picture(data)
    how: Callable[[bytes], bytes]
    if ending == "pdf":
        how = _pdf
    elif media_type.startswith("text/"):
        how = _text
    else:
        how = _package
    return Clean(how(data), media_type)


def _picture(data: bytes) -> Clean:
    """Written anew from its pixels, turned as its camera meant it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=tuple(_PICTURES))
            kind = str(picture.format)
            if picture.width * picture.height > PIXELS:
                raise Unreadable("picture-large", limit=PIXELS // 1_000_000)
            moves = bool(getattr(picture, "is_animated", False)) and kind in {"GIF", "WEBP"}
            turned = picture if moves else ImageOps.exif_transpose(picture)
            turned.load()
            out = io.BytesIO()
            turned.info = {key: turned.info[key] for key in _KEPT & turned.info.keys()}
            quality = {"quality": 90} if kind in {"JPEG", "WEBP"} else {}
            turned.save(out, format=kind, save_all=moves, **quality)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError,
            Image.DecompressionBombWarning):  # fmt: skip
        raise Unreadable("picture") from None
    return Clean(out.getvalue(), _TYPES[_PICTURES[kind]])


def _pdf(data: bytes) -> bytes:
    """Pages and bookmarks stay; the description, its XML twin and private data of programs go."""
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Unreadable("pdf-locked")
        writer = PdfWriter(clone_from=reader)
        writer.metadata = None
        writer.xmp_metadata = None
        for key in (
            "/Names",
            "/OpenAction",
            "/AA",
        ):  # files inside, and what runs when it is opened
            writer.root_object.pop(NameObject(key), None)
        for thing in writer._objects:  # noqa: SLF001 -- there is no other way to every object
            if isinstance(thing, DictionaryObject):
                _plain_object(thing)
        out = io.BytesIO()
        writer.write(out)
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OSError,
        RecursionError,
        IndexError,
    ):
        raise Unreadable("pdf-damaged") from None
    return out.getvalue()


def _plain_object(thing: DictionaryObject) -> None:
    for key in ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb"):
        thing.pop(NameObject(key), None)
    if thing.get("/Type") == "/Annot" and thing.get("/Subtype") != "/Widget":
        thing.pop(NameObject("/T"), None)  # whose note it is; of a form's field it is the name
    if isinstance(thing, StreamObject) and thing.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        thing._data = _plain_jpeg(thing._data)  # noqa: SLF001 -- its bytes as they stand in the file


def _plain_jpeg(data: bytes) -> bytes:
    """Without the segments in which cameras and programs write (EXIF, XMP, IPTC, comments)."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = bytearray(data[:2]), 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        length = 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] not in {0xE1, 0xED, 0xFE}:
            kept += data[at : at + length]
        at += length
    return bytes(kept + data[at:])


def _text(data: bytes) -> bytes:
    if b"\0" in data[:4096]:
        raise Unreadable("binary")
    return data


def _package(data: bytes) -> bytes:
    """Office files are archives: each part is looked at, pictures inside as well."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            parts = old.infolist()
            if sum(part.file_size for part in parts) > UNPACKED:
                raise Unreadable("archive-large")
            for part in parts:
                inside = old.read(part)
                kept = _part(part.filename, inside)
                if kept is None:
                    continue
                info = zipfile.ZipInfo(part.filename, date_time=_WHEN)
                plain = part.filename == "mimetype"
                info.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
                new.writestr(info, kept)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        zipfile.LargeZipFile,
    ):
        raise Unreadable("archive-damaged") from None
    return out.getvalue()


def _part(name: str, inside: bytes) -> bytes | None:
    """What of a part may stay; None for nothing."""
    if name in _EMPTY:
        return _EMPTY[name]
    ending = name.rpartition(".")[2].lower()
    if ending in _TYPES and _TYPES[ending].startswith("image/"):
        if name.startswith(("docProps/", "Thumbnails/")):
            return _ONE_PIXEL
        try:
            return _picture(inside).data
        except Unreadable:
            return None
    if ending == "xml" and name.startswith(("docProps/", "customXml/")):
        return _WORDS.sub(b"><", inside)
    if ending in {"xml", "rels"}:
        inside = _AUTHORS.sub(rb'\1=""', inside)
        inside = _CREATORS.sub(rb"<\1></", inside)
        inside = _SHEET_AUTHORS.sub(rb"\1\2", inside)
        if _NAMED_PARTS.search(name):
            inside = _NAMED.sub(rb'\1=""', inside)
        if ending == "rels":  # a path on somebody's disk or server names both
            return _OUTSIDE.sub(rb"\1https://removed.invalid/\2", inside)
        return _TRACES.sub(b"", _MOMENTS.sub(b"", _RSIDS.sub(b"", inside)))
    return inside
