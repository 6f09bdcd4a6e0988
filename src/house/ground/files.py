"""Uploads go out as attachments that no browser will run."""

import re
from collections.abc import Iterator
from typing import IO

from django.core.files.base import File
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.cache import patch_cache_control

# Types a browser may show in the page: they can carry no script.
_SHOWN = {"image/png", "image/jpeg", "image/webp", "image/gif", "audio/mpeg", "audio/ogg", "audio/webm",
          "video/mp4", "video/webm"}  # fmt: skip
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_PIECE = 256 * 1024


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


def playable(
    request: HttpRequest, file: File[bytes], *, name: str, media_type: str, size: int
) -> HttpResponseBase:
    """Like `attachment`, shown in the page where it may be, and in the range of bytes that is asked for.

    Without ranges no browser can seek in a long recording.
    """
    whole = attachment(file, name=name, media_type=media_type, inline=True)
    whole.headers["Accept-Ranges"] = "bytes"
    return _part_of(request, whole, file, size)


def _part_of(
    request: HttpRequest, whole: HttpResponseBase, file: IO[bytes], size: int
) -> HttpResponseBase:
    """The asked-for range of bytes: without it no browser can seek in a long recording."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked or not (asked[1] or asked[2]):
        return whole
    if asked[1]:
        start, end = int(asked[1]), min(int(asked[2] or size - 1), size - 1)
    else:
        start, end = max(0, size - int(asked[2])), size - 1
    if start > end:
        whole.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    part = StreamingHttpResponse(_bytes(file, start, end), status=206)
    for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options", "Cache-Control",
                 "Content-Security-Policy", "Accept-Ranges"):  # fmt: skip
        if name in whole.headers:
            part.headers[name] = whole.headers[name]
    part.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    part.headers["Content-Length"] = str(end - start + 1)
    return part


def _bytes(file: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = end - start + 1
        while left > 0 and (piece := file.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
