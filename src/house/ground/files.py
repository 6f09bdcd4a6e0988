"""Uploads go out as attachments that no browser will run."""

from django.core.files.base import File
from django.http import FileResponse
from django.utils.cache import patch_cache_control

# Types a browser may show in the page: they can carry no script.
_SHOWN = {"image/png", "image/jpeg", "image/webp", "image/gif", "audio/mpeg", "audio/ogg", "audio/webm",
          "video/mp4", "video/webm"}  # fmt: skip


def attachment(
    file: File[bytes], *, name: str, media_type: str, inline: bool = False
) -> FileResponse:
    """The file as a download; `inline` is honoured only for pictures, sound and film.

    The caller has fetched its owner through the door.
    """
    shown = inline and media_type in _SHOWN
    response = FileResponse(
        file,
        as_attachment=not shown,
        filename=name,
        content_type=media_type if shown else "application/octet-stream",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, private=True, max_age=0, must_revalidate=True)
    return response
