"""What stays of an event: its page, minutes in versions, slides and files."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow, may
from house.access.routes import route
from house.gatherings.actions import minutes as acts
from house.gatherings.after.access import attended, takes_part
from house.gatherings.after.asking import is_open
from house.gatherings.forms.after import AskForm, MaterialForm, MinutesForm, RecordingForm
from house.gatherings.models import Event, Material, Minutes, Session
from house.gatherings.queries_after import asked_for, recordings_for
from house.ground import files
from house.ground.errors import Forbidden, Overtaken, Refused
from house.ground.text import number_in

READ = "gatherings.read"


def event_or_404(request: HttpRequest, slug: str) -> Event:
    found: Event = get_object_or_404(Event.objects.visible_to(request.viewer).for_page(), slug=slug)
    return found


def own_event_or_404(request: HttpRequest, slug: str) -> Event:
    """One that she looks after."""
    event = event_or_404(request, slug)
    allow(request.viewer, "edit", event)
    return event


def trail_to(event: Event, *, after: bool = True) -> list[tuple[str, str]]:
    way = [
        (reverse("gatherings:event_list"), _("Gatherings")),
        (event.get_absolute_url(), event.title),
    ]
    return (
        [*way, (reverse("gatherings:after", args=[event.slug]), _("Afterwards"))] if after else way
    )


@require_safe
@route(READ)
def after(request: HttpRequest, slug: str) -> HttpResponse:
    return page_of(request, event_or_404(request, slug))


def page_of(request: HttpRequest, event: Event, **bound: Any) -> HttpResponse:
    """Everything that stays of it; `bound` are forms that were refused, by name."""
    viewer = request.viewer
    is_host = may(viewer, "edit", event)
    sessions = list(Session.objects.visible_to(viewer).filter(event=event)) if is_host else []
    asked = AskForm(auto_id="ask_%s")
    context: dict[str, Any] = {
        "event": event,
        "trail": trail_to(event, after=False),
        "is_host": is_host,
        "minutes": _shown_minutes(event, request),
        "materials": Material.objects.visible_to(viewer).filter(event=event),
        "recordings": recordings_for(event, viewer),
        "asked": asked_for(event, viewer),
        "may_ask": takes_part(viewer, event),
        "ask_form": asked,
        "may_give": is_open(event) and attended(viewer, event),
        "material_form": MaterialForm(auto_id="material_%s") if is_host else None,
        "recording_form": _recording_form(event, sessions) if is_host else None,
        "may_moderate": is_host,
        **bound,
    }
    return render(request, "gatherings/after/after.html", context, status=422 if bound else 200)


def _recording_form(event: Event, sessions: list[Session]) -> RecordingForm:
    language = event.languages[0] if event.languages else "en"
    return RecordingForm(
        sessions=sessions,
        initial={"title": event.title, "language": language},
        auto_id="recording_%s",
    )


def _shown_minutes(event: Event, request: HttpRequest) -> Minutes | None:
    found: Minutes | None = Minutes.objects.visible_to(request.viewer).filter(event=event).first()
    return found


# -- Minutes --------------------------------------------------------------------------------------


@require_safe
@route(READ)
def minutes(request: HttpRequest, slug: str) -> HttpResponse:
    """The last version that she may see, or an older one by `version`, with the list of them."""
    event = event_or_404(request, slug)
    versions = Minutes.objects.visible_to(request.viewer).filter(event=event)
    number = number_in(request.GET.get("version", ""))
    shown = versions.first() if number is None else versions.filter(number=number).first()
    if shown is None:
        raise Http404
    context = {
        "event": event,
        "trail": trail_to(event),
        "minutes": shown,
        "html": mark_safe(shown.html),  # `write_minutes` keeps only what `sanitise` made
        "versions": versions.select_related("made_by"),
        "is_host": may(request.viewer, "edit", event),
    }
    return render(request, "gatherings/after/minutes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route(READ)
def minutes_edit(request: HttpRequest, slug: str) -> HttpResponse:
    event = own_event_or_404(request, slug)
    last = Minutes.objects.visible_to(request.viewer).filter(event=event).first()
    initial = (
        {"html": last.html, "language": last.language, "share": last.is_shared, "seen": last.number}
        if last
        else {"language": event.languages[0] if event.languages else "en", "seen": 0}
    )
    form = MinutesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        try:
            acts.write_minutes(event, told.pop("html"), by=request.viewer, **told)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error("html", f"{refused.message} {refused.remedy}".strip())
            if isinstance(refused, Overtaken):
                newest = Minutes.objects.visible_to(request.viewer).filter(event=event).first()
                form.data = request.POST.copy()
                form.data["seen"] = str(newest.number if newest else 0)
        else:
            messages.success(request, _("The minutes are saved as a version of their own."))
            return redirect("gatherings:minutes", event.slug)
    context = {"event": event, "form": form, "trail": trail_to(event), "last": last}
    status = 422 if form.is_bound else 200
    return render(request, "gatherings/after/minutes_edit.html", context, status=status)


# -- Slides and files -----------------------------------------------------------------------------


@require_POST
@route(READ)
def material_new(request: HttpRequest, slug: str) -> HttpResponse:
    event = own_event_or_404(request, slug)
    form = MaterialForm(request.POST, request.FILES, auto_id="material_%s")
    if form.is_valid():
        told = dict(form.cleaned_data)
        file = told.pop("file")
        try:
            acts.add_material(event, file.read(), by=request.viewer, name=str(file.name), **told)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error("file", f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("The file is there, without what it told about its maker."))
            return redirect("gatherings:after", event.slug)
    return page_of(request, event, material_form=form)


@require_safe
@route(READ)
def material(request: HttpRequest, slug: str, code: str) -> HttpResponseBase:
    found = get_object_or_404(
        Material.objects.visible_to(request.viewer).filter(event__slug=slug), code=code
    )
    return files.attachment(found.file, name=found.name, media_type=found.media_type, inline=True)


@require_POST
@route(READ)
def material_remove(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    found = get_object_or_404(
        Material.objects.visible_to(request.viewer)
        .select_related("event")
        .filter(event__slug=slug),
        code=code,
    )
    acts.remove_material(found, by=request.viewer)
    messages.success(request, _("The file is gone."))
    return redirect("gatherings:after", slug)
