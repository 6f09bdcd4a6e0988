"""What hangs on an entry and is not a page: files, captions, citations, descriptions for machines."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.alex import cite, jsonld
from house.alex.models import Attachment, Entry
from house.alex.parts import content_of
from house.alex.views import sheet
from house.alex.views.reading import entry_or_404
from house.ground import files
from house.ground.captions.webvtt import write_vtt
from house.ground.jsonld import in_script


@require_safe
@route(OPEN)
def attachment(request: HttpRequest, slug: str, code: str) -> HttpResponseBase:
    """A file of the entry, as a download; sound, film and pictures may play in the page."""
    found = get_object_or_404(
        Attachment.objects.visible_to(request.viewer).filter(entry__slug=slug), code=code
    )
    return files.playable(
        request, found.file, name=found.name, media_type=found.media_type, size=found.size
    )


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
    return HttpResponse(write_vtt(found.cues), content_type="text/vtt; charset=utf-8")


def _citation(request: HttpRequest, slug: str) -> tuple[Entry, cite.Citation]:
    entry = entry_or_404(request, slug)
    if entry.current is None:
        raise Http404
    content = content_of(entry.current)
    return entry, sheet.citation_of(entry, content, number=entry.current.number)


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
    return HttpResponse(in_script(data), content_type="application/ld+json")


@require_safe
@route(OPEN)
def entry_dc(request: HttpRequest, slug: str) -> HttpResponse:
    """Dublin Core, as XML."""
    entry, citation = _citation(request, slug)
    text = jsonld.dublin_core_xml(citation, licence=entry.licence)
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
