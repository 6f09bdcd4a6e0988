"""The pages that show an event."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from house.access.audience import Audience
from house.access.doors import may
from house.access.routes import OPEN, route
from house.gatherings import ics, jsonld, times
from house.gatherings.models import Event, Registration, RegistrationState, SeatKind, Suggestion
from house.gatherings.queries import (
    is_soon,
    place_in_line,
    registration_of,
    taken,
)
from house.ground.jsonld import in_script
from house.partners import rights


def event_or_404(request: HttpRequest, slug: str) -> Event:
    """Through the door, with what the page reads."""
    found: Event = get_object_or_404(Event.objects.visible_to(request.viewer).for_page(), slug=slug)
    return found


def zone_of(request: HttpRequest) -> str:
    """The zone of who looks; empty for a visitor, who sees the event's own hours."""
    return str(getattr(request.user, "time_zone", ""))


@require_safe
@route(OPEN)
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, when it is here and there, whether there is a place, and how she stands."""
    found = event_or_404(request, slug)
    viewer = request.viewer
    registration = registration_of(found, viewer)
    is_public = found.audience == Audience.PUBLIC and found.is_out
    context: dict[str, Any] = {
        "event": found,
        "when": times.told(
            found.starts_at, found.ends_at, found.zone, zone_of(request) or found.zone
        ),
        "seats": seats(found),
        "registration": registration,
        "place": place_of(registration),
        "may_edit": may(viewer, "edit", found),
        "wanted": Suggestion.objects.visible_to(viewer).filter(event=found).for_list(),
        "attends": rights.decide(viewer, "gatherings.attend"),
        "may_attend": may(viewer, "attend", found),
        "enters": may_enter(found, registration),
        "jsonld": in_script(jsonld.schema_org(found)) if is_public else "",
    }
    return render(request, "gatherings/event.html", context)


def seats(found: Event) -> list[dict[str, Any]]:
    """For each way to come: how many places there are, are free, and how many wait."""
    counts = taken(found)
    rows = []
    for kind in found.seat_kinds:
        of = counts.get(kind.value, {})
        held = of.get(RegistrationState.CONFIRMED, 0) + of.get(RegistrationState.OFFERED, 0)
        waiting = of.get(RegistrationState.WAITING, 0)
        places = found.seats(kind)
        free = None if places is None else max(places - held, 0)
        rows.append(
            {
                "kind": kind,
                "places": places,
                "free": 0 if waiting else free,
                "held": held,
                "waiting": waiting,
            }
        )
    return rows


def place_of(registration: Registration | None) -> int:
    if registration is None or registration.state != RegistrationState.WAITING:
        return 0
    return place_in_line(registration)


def may_enter(found: Event, registration: Registration | None) -> bool:
    """Is it time to go in online? Says nothing of where."""
    is_online = SeatKind.ONLINE in found.seat_kinds
    return bool(
        registration and registration.is_coming and is_online and is_soon(found, minutes=15)
    )


@require_safe
@route(OPEN)
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """For a calendar that imports files. Never where to enter."""
    found = event_or_404(request, slug)
    response = HttpResponse(ics.ics_of(found), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.code}.ics"'
    return response
