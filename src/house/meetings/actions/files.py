"""Documents for a session: few, small, of kinds that carry no script, and without their metadata."""

import io
from collections.abc import Callable

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from house.access.viewer import Viewer
from house.ground.codes import short_code
from house.ground.errors import Refused
from house.ground.text import one_line, shorten
from house.meetings.models import Session, SessionFile

MOST, LARGEST, PIXELS = 10, 15 * 1024 * 1024, 50_000_000


@transaction.atomic
def add_file(session: Session, upload: File[bytes], *, by: Viewer) -> SessionFile:
    """Keep a document. The caller has judged who adds it; the name of the file is kept, its metadata not.

    Raises `Refused` for what is too large, too many, or of a kind that can't be cleaned.
    """
    size = upload.size or 0
    # every row: only how many there are
    if SessionFile.objects.filter(session=session).count() >= MOST:
        raise Refused(_("A session holds at most %(most)s documents.") % {"most": MOST})
    if not 0 < size <= LARGEST:
        raise Refused(_("A document holds at most 15 MB, and is not empty."))
    name = shorten(one_line(str(upload.name or "")).replace("\\", "/").rsplit("/", 1)[-1], 200)
    media_type, cleaned = _cleaned(upload.read())
    code = short_code(16)
    return SessionFile.objects.create(
        code=code, session=session, added_by_id=by.person_id, name=name or code,
        file=ContentFile(cleaned, name=code), media_type=media_type, size=len(cleaned),
    )  # fmt: skip


def _cleaned(raw: bytes) -> tuple[str, bytes]:
    """(type, content without metadata), by what the file is and not by what it calls itself."""
    for sign, clean in _CLEANERS:
        if raw.startswith(sign):
            try:
                return clean(raw)
            except (PyPdfError, UnidentifiedImageError, OSError, ValueError) as problem:
                raise _unreadable() from problem
    raise _unreadable()


def _unreadable() -> Refused:
    return Refused(
        _("This document can't be read or cleaned."),
        remedy=_("Send a PDF, or a picture as JPEG or PNG."),
    )


def _pdf(raw: bytes) -> tuple[str, bytes]:
    writer, made = PdfWriter(), io.BytesIO()
    for page in PdfReader(io.BytesIO(raw)).pages:
        writer.add_page(page)
    writer.metadata = None
    writer.write(made)
    return "application/pdf", made.getvalue()


def _picture(form: str) -> Callable[[bytes], tuple[str, bytes]]:
    def clean(raw: bytes) -> tuple[str, bytes]:
        with Image.open(io.BytesIO(raw)) as opened:
            if opened.width * opened.height > PIXELS:
                raise _unreadable()
            upright = ImageOps.exif_transpose(opened).convert("RGB")
        bare = Image.new("RGB", upright.size)
        bare.paste(upright)
        made = io.BytesIO()
        bare.save(made, form, quality=88)
        return f"image/{form.lower()}", made.getvalue()

    return clean


_CLEANERS: tuple[tuple[bytes, Callable[[bytes], tuple[str, bytes]]], ...] = (
    (b"%PDF-", _pdf),
    (b"\xff\xd8\xff", _picture("JPEG")),
    (b"\x89PNG\r\n", _picture("PNG")),
)
