"""The programme of an event: as a list, as a table, for other sites, as files, and what changed."""

from itertools import zip_longest
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from house.access.audience import Audience
from house.access.doors import may
from house.access.routes import OPEN, route
from house.gatherings.models import Event, ProgrammeVersion, Registration, Session
from house.gatherings.programme.diffs import differences
from house.gatherings.programme.drawing import drawn
from house.gatherings.programme.snapshot import Content, digest_of, names_of
from house.gatherings.queries import chosen_sessions, registration_of, session_counts, version_of
from house.gatherings.schedule.writing import json_of, xml_of
from house.gatherings.views.reading import event_or_404, zone_of
from house.partners import rights

VIEWS = ("list", "table")
_KEEP = 600  # seconds a drawn version is kept by this process: it never changes


def version_or_404(
    request: HttpRequest, event: Event, number: int | None = None
) -> ProgrammeVersion:
    version = version_of(event, request.viewer, number)
    if version is None:
        raise Http404
    return version


@require_safe
@route(OPEN)
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The version that is out; without one, who prepares it is led to the working copy."""
    event = event_or_404(request, slug)
    version = version_of(event, request.viewer)
    may_edit = may(request.viewer, "edit", event)
    if version is None and not may_edit:
        raise Http404
    form = "table" if request.GET.get("view") == "table" else "list"
    mine = registration_of(event, request.viewer)
    context = {
        "event": event,
        "version": version,
        "form": form,
        "hers": _hers(request, event, version, mine) if version and mine else None,
        "may_edit": may_edit,
        "drawn": part(event, version, form, zone_of(request)) if version else "",
    }
    return render(request, "gatherings/programme.html", context)


def _hers(
    request: HttpRequest, event: Event, version: ProgrammeVersion, mine: Registration
) -> dict[str, Any] | None:
    """The sessions that she chose, as the version says them; None where nothing is to be chosen."""
    sessions = version.content["sessions"]
    if not mine.is_coming or not any(each["takes_places"] for each in sessions):
        return None
    chosen = chosen_sessions(mine)
    content = {**version.content, "sessions": [s for s in sessions if s["code"] in chosen]}
    days = drawn(content, names_of(event), zone_of(request)).days if chosen else []
    return {
        "days": [day for day in days if day.items],
        "waiting": [code for code, is_waiting in chosen.items() if is_waiting],
    }


def part(
    event: Event, version: ProgrammeVersion, form: str, reader: str, *, is_embedded: bool = False
) -> SafeString:
    """The drawn programme. It holds nothing but what everybody who sees the event may read."""
    names = names_of(event)
    key = (
        f"programme:{version.pk}:{form}:{reader}:{get_language()}:{is_embedded}:"
        f"{event.slug}:{digest_of(names)[:16]}"
    )
    cache = caches["local"]
    made = cache.get(key)
    if made is None:
        context = {
            "drawn": drawn(version.content, names, reader),
            "event": event,
            "apart": is_embedded,
        }
        made = render_to_string(f"gatherings/_programme_{form}.html", context)
        cache.set(key, made, _KEEP)
    return mark_safe(made)


@require_safe
@route(OPEN)
def programme_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed from each version to the next, the newest first."""
    event = event_or_404(request, slug)
    rows = list(ProgrammeVersion.objects.visible_to(request.viewer).filter(event=event)[:50])
    told = [
        (row, differences(before.content, row.content) if before else [])
        for row, before in zip_longest(rows, rows[1:])
    ]
    return render(request, "gatherings/programme_versions.html", {"event": event, "versions": told})


@require_safe
@route(OPEN)
def programme_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What readers were told then."""
    event = event_or_404(request, slug)
    version = version_or_404(request, event, number)
    context = {
        "event": event,
        "version": version,
        "form": "list",
        "is_old": version.number != event.programme,
        "drawn": part(event, version, "list", zone_of(request)),
    }
    return render(request, "gatherings/programme.html", context)


@require_safe
@xframe_options_exempt
@csp_replace(
    {
        "frame-ancestors": ["*"],
        "default-src": [NONE],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
    }
)
@route(OPEN)
def programme_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """For the site of the host city: public events only, whoever looks, in the event's own hours."""
    event = event_or_404(request, slug)
    if event.audience != Audience.PUBLIC or not event.is_out:
        raise Http404
    version = version_or_404(request, event)
    form = "table" if request.GET.get("view") == "table" else "list"
    context = {
        "event": event,
        "drawn": part(event, version, form, "", is_embedded=True),
        "form": form,
    }
    return render(request, "gatherings/programme_embed.html", context)


@require_safe
@route(OPEN)
def programme_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Frab's XML and the c3voc's JSON, of the version that is out."""
    event = event_or_404(request, slug)
    version = version_or_404(request, event)
    if form == "xml":
        body, media_type = xml_of(event, version, names_of(event)), "application/xml"
    elif form == "json":
        body, media_type = json_of(event, version, names_of(event)), "application/json"
    else:
        raise Http404
    response = HttpResponse(body, content_type=f"{media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="schedule.{form}"'
    return response


@require_safe
@route(OPEN)
def session(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One session, as the version says it that is out."""
    event = event_or_404(request, slug)
    version = version_or_404(request, event)
    said = next((each for each in version.content["sessions"] if each["code"] == code), None)
    if said is None:
        raise Http404
    content: Content = {**version.content, "sessions": [said]}
    days = drawn(content, names_of(event), zone_of(request)).days
    day = next(day for day in days if day.items)
    registration = registration_of(event, request.viewer)
    rows = Session.objects.visible_to(request.viewer).filter(event=event, is_dropped=False)
    context: dict[str, Any] = {
        "event": event,
        "version": version,
        "day": day,
        "item": day.items[0],
        "registration": registration,
        "attends": rights.decide(request.viewer, "gatherings.attend"),
        "chosen": chosen_sessions(registration).get(code),
        "row": rows.filter(code=code).first(),
        "taken": session_counts(event).get(code, 0),
    }
    return render(request, "gatherings/session.html", context)


def session_or_404(request: HttpRequest, event: Event, code: str) -> Session:
    found: Session = get_object_or_404(
        Session.objects.visible_to(request.viewer).select_related("room", "track"),
        event=event,
        code=code,
        is_dropped=False,
    )
    found.event = event
    return found
