"""Fair hours: slots with the local hour of every city that is expected, and who bore the nights before."""

import datetime
import zoneinfo
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from house.access.doors import allow
from house.access.routes import route
from house.gatherings import fairhours, times
from house.gatherings.fairhours import Plan
from house.gatherings.forms.hosting import HoursForm
from house.gatherings.hosting import hours
from house.gatherings.models import Event
from house.gatherings.views.hosting import HOST, RUN, trail_to
from house.vocabulary.hours import Mark
from house.vocabulary.models import Topic

_MARKS = {
    Mark.OFFICE: gettext_lazy("office hours"),
    Mark.EDGE: gettext_lazy("early or late"),
    Mark.REST: gettext_lazy("day of rest"),
    Mark.NIGHT: gettext_lazy("night"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One slot: what it is called, and the plan."""

    label: str
    plan: Plan
    is_best: bool = False

    @property
    def nights(self) -> int:
        return len(self.plan.at_night)

    def told(self, zone: str) -> str:
        """Its day and hours on the clock of the zone that was asked for."""
        return times.span(self.plan.starts_at, self.plan.ends_at, zoneinfo.ZoneInfo(zone))


@require_safe
@route(HOST, also=RUN)
def hours_plan(request: HttpRequest) -> HttpResponse:
    """For a gathering that is only thought of."""
    today = timezone.localdate()
    zone = timezone.get_current_timezone_name()
    initial = {
        "first": today + datetime.timedelta(days=21), "last": today + datetime.timedelta(days=25),
        "minutes": 90, "zone": zone if "/" in zone else "UTC",
    }  # fmt: skip
    return _page(request, None, initial)


@require_safe
@route(HOST, also=RUN)
def hours_of_event(request: HttpRequest, slug: str) -> HttpResponse:
    """For an event that is there: its own time first, then what would be fairer nearby."""
    event: Event = get_object_or_404(Event.objects.visible_to(request.viewer).for_page(), slug=slug)
    allow(request.viewer, "edit", event)
    day = event.starts_at.astimezone(event.tz).date()
    initial = {
        "first": day - datetime.timedelta(days=2), "last": day + datetime.timedelta(days=2),
        "minutes": max(15, int((event.ends_at - event.starts_at).total_seconds() // 60)),
        "zone": event.zone,
    }  # fmt: skip
    initial["minutes"] = min(initial["minutes"], 12 * 60)
    return _page(request, event, initial)


def _page(request: HttpRequest, event: Event | None, initial: dict[str, Any]) -> HttpResponse:
    topics = list(Topic.objects.visible_to(request.viewer))
    form = HoursForm(
        initial | request.GET.dict() | _topics(request) if request.GET.get("first") else initial,
        topics=topics,
    )
    trail = [*trail_to()[:1], (event.get_absolute_url(), event.title)] if event else trail_to()
    context: dict[str, Any] = {"form": form, "event": event, "trail": trail}
    if form.is_valid():
        context |= _found(request, event, form.cleaned_data)
    status = 200 if form.is_valid() else 422
    return render(request, "gatherings/hosting/hours.html", context, status=status)


def _topics(request: HttpRequest) -> dict[str, list[str]]:
    return {"topics": request.GET.getlist("topics")}


def _found(request: HttpRequest, event: Event | None, told: dict[str, Any]) -> dict[str, Any]:
    asked = hours.Asked.about(event) if event else hours.Asked(topics=told["topics"])
    everybody = hours.expected(asked, request.viewer)
    chosen = set(request.GET.getlist("city"))
    who = [each for each in everybody if not chosen or each.city.pk in chosen]
    before = datetime.datetime.combine(told["first"], datetime.time(), datetime.UTC)
    ledger = hours.borne([each.city for each in who], request.viewer, before=before)
    places = hours.places_of(who, ledger)
    found = fairhours.suggest(
        places, fairhours.slots(told["first"], told["last"], told["zone"]), told["minutes"]
    )
    columns = [
        Column(_("Proposal %(number)s") % {"number": number}, plan, number == 1)
        for number, plan in enumerate(found, start=1)
    ]
    for label, moment in _own(event, told):
        columns.insert(0, Column(label, fairhours.plan_of(places, moment, told["minutes"])))
    return {
        "everybody": [(each, not chosen or each.city.pk in chosen) for each in everybody],
        "columns": [(column, column.told(told["zone"])) for column in columns],
        "rows": [
            (
                each,
                ledger.get(each.city.pk),
                [_cell(column, index) for column in columns],
            )
            for index, each in enumerate(who)
        ],
        "zone": told["zone"],
    }


def _own(event: Event | None, told: dict[str, Any]) -> list[tuple[str, datetime.datetime]]:
    moments = []
    if told.get("proposed"):
        moments.append((_("Your own time"), told["proposed"]))
    if event is not None:
        moments.append((_("As planned"), event.starts_at))
    return moments


def _cell(column: Column, index: int) -> dict[str, Any]:
    hour = column.plan.hours[index]
    # Told on the city's own clock: a template would turn it into the reader's.
    day = date_format(hour.begins.replace(tzinfo=None), "D")
    return {
        "label": column.label,
        "mark": hour.mark.value,
        "said": _MARKS[hour.mark],
        "told": f"{day} {hour.begins:%H:%M}–{hour.ends:%H:%M}",
    }
