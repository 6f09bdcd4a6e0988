"""The front of the room: what comes, what was, a month at a glance, and one's own."""

import calendar
import datetime
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, SIGNED_IN, route
from house.access.viewer import Viewer
from house.gatherings import times
from house.gatherings.access import looked_after
from house.gatherings.models import (
    Event,
    EventQuerySet,
    Kind,
    Mode,
    Registration,
    RegistrationState,
    Speaker,
    State,
)
from house.gatherings.queries import month_of, place_in_line
from house.ground.days import YEARS
from house.ground.htmx import render_part
from house.partners import rights
from house.vocabulary.models import Topic

PAGE = 24


def _filtered(events: EventQuerySet, chosen: dict[str, str]) -> EventQuerySet:
    columns = {"kind": "kind", "mode": "mode", "topic": "topics__pk", "city": "host_city__slug"}
    for name, column in columns.items():
        if chosen[name] and name != "mode":
            events = events.filter(**{column: chosen[name]})
    if chosen["mode"]:
        events = events.filter(mode__in=[chosen["mode"], Mode.BOTH])
    return events


def _context(request: HttpRequest, events: EventQuerySet, chosen: dict[str, str]) -> dict[str, Any]:
    viewer = request.viewer
    page = Paginator(_filtered(events, chosen).for_cards(), PAGE).get_page(request.GET.get("page"))
    topics = Topic.objects.visible_to(viewer)
    return {
        "page": page,
        "months": _by_month(page.object_list),
        "chosen": chosen,
        "is_filtered": any(chosen.values()),
        "narrowed_by": sum(bool(chosen[name]) for name in ("kind", "mode")),
        "kinds": [(value, label, value == chosen["kind"]) for value, label in Kind.choices],
        "modes": [(value, label, value == chosen["mode"]) for value, label in Mode.choices[:2]],
        "topic": topics.filter(pk=chosen["topic"]).first() if chosen["topic"] else None,
        "may_host": viewer.can("gatherings.host"),
        "sees_topics": viewer.can("gatherings.read"),
        "may_run": viewer.can("gatherings.run"),
        "attends": rights.decide(viewer, "gatherings.attend"),
    }


def _by_month(events: Any) -> list[tuple[str, list[Event]]]:
    """In the hours of who looks."""

    def month(event: Event) -> str:
        if year := times.whole_year(event.starts_at, event.ends_at, event.tz):
            return str(year)
        return date_format(event.starts_at.astimezone(times.of_page() or event.tz), "F Y")

    return [(name, list(rows)) for name, rows in groupby(events, key=month)]


def _chosen(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "")[:100] for name in ("kind", "mode", "topic", "city")}


@require_safe
@route(OPEN)
def event_list(request: HttpRequest) -> HttpResponse:
    """What comes, the next first, month by month."""
    events = Event.objects.visible_to(request.viewer).coming()
    context = _context(request, events, _chosen(request)) | {"tab": "coming"}
    now = timezone.localtime()
    context["this_month"] = (now.year, now.month)
    return render_part(request, "gatherings/event_list.html", context, part="results")


@require_safe
@route(OPEN)
def event_past(request: HttpRequest) -> HttpResponse:
    """The archive, the last first; the summits also by themselves."""
    events = Event.objects.visible_to(request.viewer).past()
    context = _context(request, events, _chosen(request)) | {"tab": "past"}
    now = timezone.localtime()
    context["this_month"] = (now.year, now.month)
    return render_part(request, "gatherings/event_list.html", context, part="results")


@require_safe
@route(OPEN)
def event_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """A month as a calendar sheet, in the hours of who looks; to a visitor, of each event's own place."""
    if not (year in YEARS and 1 <= month <= 12):
        raise Http404
    zone = times.of_page()
    first = datetime.date(year, month, 1)
    weeks = _sheet(first, month_of(request.viewer, year, month, zone), zone)
    shown = [row for week in weeks for day in week if day["is_in"] for row in day["rows"]]
    context = {
        "first": first,
        "weeks": weeks,
        "is_own": zone is not None,
        "days": [date_format(datetime.date(2024, 1, day), "l") for day in range(1, 8)],
        "count": len({row["event"].pk for row in shown}),
        "before": first - datetime.timedelta(days=1),
        "after": first + datetime.timedelta(days=31),
        "tab": "month",
    }
    return render(request, "gatherings/event_month.html", context)


def _sheet(
    first: datetime.date, events: Any, zone: datetime.tzinfo | None
) -> list[list[dict[str, Any]]]:
    """Weeks of days with what begins on each; an event of several days stands on each of them.

    One of which no more than the year is known stands on none.
    """
    on: dict[datetime.date, list[dict[str, Any]]] = {}
    for event in events:
        tz = zone or event.tz
        if times.whole_year(event.starts_at, event.ends_at, event.tz):
            continue
        begin = event.starts_at.astimezone(tz)
        last = (event.ends_at - datetime.timedelta(microseconds=1)).astimezone(tz).date()
        day = begin.date()
        hour = f"{begin:%H:%M}"
        while day <= last and len(on) < 400:
            on.setdefault(day, []).append({"event": event, "hour": hour})
            day, hour = day + datetime.timedelta(days=1), ""
    today = timezone.localdate()
    return [
        [
            {"day": day, "is_in": day.month == first.month, "is_today": day == today, "rows": on.get(day, [])}
            for day in week
        ]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]  # fmt: skip


@require_safe
@route(SIGNED_IN)
def my_gatherings(request: HttpRequest) -> HttpResponse:
    """Where she goes, waits and speaks, and what she looks after."""
    viewer = request.viewer
    rows = list(_mine(viewer))
    now = timezone.now()
    coming = [row for row in rows if row.event.ends_at > now]
    for row in coming:
        if row.state == RegistrationState.WAITING:
            row.place = place_in_line(row)
    context = {
        "coming": sorted(coming, key=lambda row: row.event.starts_at),
        "past": [row for row in rows if row.event.ends_at <= now and row.is_coming][:50],
        "speaking": Speaker.objects.visible_to(viewer)
        .filter(person=viewer.person_id, session__event__ends_at__gt=now)
        .select_related("session__event")
        .order_by("session__starts_at"),
        "after": _looks_after(viewer),
        "may_host": viewer.can("gatherings.host"),
    }
    return render(request, "gatherings/my_gatherings.html", context)


def _mine(viewer: Viewer) -> Any:
    """Of events that she may still see."""
    return (
        Registration.objects.visible_to(viewer)
        .filter(person=viewer.person_id, event__in=Event.objects.visible_to(viewer))
        .exclude(state=RegistrationState.CANCELLED)
        .select_related("event__host_city")
        .order_by("-event__starts_at")
    )


def _looks_after(viewer: Viewer) -> Any:
    events = Event.objects.visible_to(viewer).filter(
        ends_at__gt=timezone.now(), state__in=[State.DRAFT, State.PUBLISHED]
    )
    if not viewer.can("gatherings.host"):
        return events.none()
    return (
        events.filter(looked_after(viewer)).select_related("host_city").order_by("starts_at")[:60]
    )
