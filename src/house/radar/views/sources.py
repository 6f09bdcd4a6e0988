"""Where the radar looks: for curators with how each source fares; the list of them for members, as OPML."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import route
from house.access.viewer import Viewer
from house.ground.errors import Forbidden, Refused
from house.ground.unreadable import Unreadable
from house.radar import actions, queries
from house.radar.forms import ListForm, SourceForm, chosen
from house.radar.models import Source
from house.radar.reading import Outline, read_opml, write_opml
from house.radar.troubles import sentence

SHOWN = 450  # feeds of a list that a page can offer; a form takes a thousand fields


@require_safe
@route("radar.curate")
def source_list(request: HttpRequest) -> HttpResponse:
    viewer: Viewer = request.viewer
    show = request.GET.get("show", "")
    page = Paginator(queries.sources(viewer, show), 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(source, sentence(source.trouble)) for source in page.object_list],
        "show": show if show in queries.SHOWN else "",
        "health": queries.health(viewer),
    }
    return render(request, "radar/source_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route("radar.curate")
def source_new(request: HttpRequest) -> HttpResponse:
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            source = actions.add_source(by=request.viewer, **form.told())
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error("url", f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(
                request, _("%(name)s is read within a few minutes.") % {"name": source.name}
            )
            return redirect("radar:source_list")
    status = 422 if form.errors else 200
    return render(request, "radar/source_edit.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@route("radar.curate")
def source_edit(request: HttpRequest, code: str) -> HttpResponse:
    source = get_object_or_404(Source.objects.visible_to(request.viewer), code=code)
    initial = {
        "name": source.name,
        "url": source.url,
        "language": source.language,
        "city": source.city_id or "",
    }
    form = SourceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_source(source, by=request.viewer, **form.told())
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error("url", f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("Saved."))
            return redirect("radar:source_list")
    context = {"form": form, "source": source, "trouble": sentence(source.trouble)}
    status = 422 if form.errors else 200
    return render(request, "radar/source_edit.html", context, status=status)


@require_POST
@route("radar.curate")
def source_act(request: HttpRequest, code: str) -> HttpResponse:
    source = get_object_or_404(Source.objects.visible_to(request.viewer), code=code)
    if request.POST.get("act") == "pause":
        actions.pause_source(source, by=request.viewer)
        messages.success(request, _("%(name)s is paused.") % {"name": source.name})
    else:
        actions.resume_source(source, by=request.viewer)
        messages.success(
            request, _("%(name)s is read within a few minutes.") % {"name": source.name}
        )
    return redirect("radar:source_list")


@require_http_methods(["GET", "HEAD", "POST"])
@route("radar.curate")
def source_import(request: HttpRequest) -> HttpResponse:
    """First a file, then what is in it with a tick each, then it is done. Nothing is kept in between."""
    viewer: Viewer = request.viewer
    if request.method == "POST" and "confirm" in request.POST:
        try:
            count = actions.add_sources(chosen(request.POST.getlist("feed")), by=viewer)
        except Forbidden:
            raise
        except Refused as refused:
            messages.error(request, f"{refused.message} {refused.remedy}".strip())
            return redirect("radar:source_import")
        said = ngettext("%(count)s source was added.", "%(count)s sources were added.", count)
        messages.success(request, said % {"count": count})
        return redirect("radar:source_list")
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            outlines = read_opml(form.cleaned_data["file"].read())
        except Unreadable as problem:
            form.add_error("file", _why(problem))
        else:
            return _preview(request, outlines)
    status = 422 if form.errors else 200
    return render(request, "radar/source_import.html", {"form": form}, status=status)


def _why(problem: Unreadable) -> str:
    if problem.code == "entities":
        return _("This file defines words in a way that could fill the memory: it is refused.")
    return _("This is no OPML: export the list of feeds from your reader again.")


def _preview(request: HttpRequest, outlines: list[Outline]) -> HttpResponse:
    shown = outlines[:SHOWN]
    known = set(
        Source.objects.visible_to(request.viewer)
        .filter(url__in=[each.url for each in shown])
        .values_list("url", flat=True)
    )
    context = {
        "rows": [(each, each.url in known) for each in shown],
        "count": len(outlines),
        "fresh": len([each for each in shown if each.url not in known]),
        "left": len(outlines) - len(shown),
    }
    return render(request, "radar/source_preview.html", context)


@require_safe
@route("radar.read")
def source_export(request: HttpRequest) -> HttpResponse:
    """For one's own reader: what the radar reads."""
    rows = Source.objects.visible_to(request.viewer).filter(is_demonstration=False)
    outlines = [Outline(row.name, row.url, row.site, "", row.language) for row in rows]
    response = HttpResponse(
        write_opml(_("Radar of the Digital House"), outlines), content_type="text/x-opml+xml"
    )
    response["Content-Disposition"] = 'attachment; filename="radar.opml"'
    return response
