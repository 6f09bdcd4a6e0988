"""What hangs on an entry and is not a page: files, captions, citations, descriptions for machines."""

import re
from collections.abc import Iterable, Iterator
from typing import IO

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.alex import cite, jsonld
from house.alex.models import Attachment, Entry, Transcript
from house.alex.parts import content_of
from house.alex.views import sheet
from house.alex.views.reading import entry_or_404
from house.ground import files

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_PIECE = 256 * 1024


@require_safe
@route(OPEN)
def attachment(request: HttpRequest, slug: str, code: str) -> HttpResponseBase:
    """A file of the entry, as a download; sound, film and pictures may play in the page."""
    found = get_object_or_404(
        Attachment.objects.visible_to(request.viewer).filter(entry__slug=slug), code=code
    )
    response = files.attachment(
        found.file, name=found.name, media_type=found.media_type, inline=True
    )
    response.headers["Accept-Ranges"] = "bytes"
    return _part_of(request, response, found.file, found.size)


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


@require_safe
@route(OPEN)
def transcript_vtt(request: HttpRequest, slug: str) -> HttpResponse:
    """The transcript as WebVTT: captions for the player, a file to take along."""
    entry = entry_or_404(request, slug)
    if entry.current is None:
        raise Http404
    found = sheet.transcript_of(entry, content_of(entry.current), request.viewer)
    if found is None:
        raise Http404
    return HttpResponse(webvtt(found), content_type="text/vtt; charset=utf-8")


def webvtt(transcript: Transcript) -> str:
    return "WEBVTT\n\n" + "\n".join(_cues(transcript.cues))


def _cues(cues: Iterable[dict[str, object]]) -> Iterator[str]:
    for cue in cues:
        start, end = float(str(cue["start"])), float(str(cue["end"]))
        text = _vtt(str(cue["text"]))
        speaker = _vtt(str(cue.get("speaker") or "")).replace("\n", " ")
        voice = f"<v {speaker}>" if speaker else ""
        # A cue that lasts no time is never shown by a player.
        yield f"{_moment(start)} --> {_moment(max(end, start + 0.1))}\n{voice}{text}\n"


def _vtt(text: str) -> str:
    """Escaped, and without the arrow or the empty line that would end a cue."""
    told = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "\n".join(line for line in told.splitlines() if line.strip())


def _moment(seconds: float) -> str:
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}.{milliseconds:03}"


def _citation(request: HttpRequest, slug: str) -> tuple[Entry, cite.Citation]:
    entry = entry_or_404(request, slug)
    if entry.current is None:
        raise Http404
    content = content_of(entry.current)
    return entry, sheet.citation_of(request, entry, content, number=entry.current.number)


@require_safe
@route(OPEN)
def entry_cite(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """BibTeX, RIS or CSL-JSON, as a file."""
    entry, citation = _citation(request, slug)
    if form not in cite.FORMATS:
        raise Http404
    media_type, ending = cite.FORMATS[form]
    response = HttpResponse(cite.WRITERS[form](citation), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{entry.code}.{ending}"'
    return response


@require_safe
@route(OPEN)
def entry_jsonld(request: HttpRequest, slug: str) -> HttpResponse:
    entry, citation = _citation(request, slug)
    data = jsonld.schema_org(citation, public=entry.audience == "public", licence=entry.licence)
    return HttpResponse(jsonld.in_script(data), content_type="application/ld+json")


@require_safe
@route(OPEN)
def entry_dc(request: HttpRequest, slug: str) -> HttpResponse:
    """Dublin Core, as XML."""
    entry, citation = _citation(request, slug)
    text = jsonld.dublin_core_xml(citation, licence=entry.licence)
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
