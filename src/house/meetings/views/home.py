"""The first page of the room: what is on one's plate, what the city has left, and who can be asked."""

import datetime
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from house.access.routes import route
from house.access.viewer import Viewer
from house.meetings import queries, remedies, units
from house.meetings.models import Availability, Promise, Session, Visit
from house.meetings.slots import Span
from house.meetings.views.frame import cities_of, viewer_of, zone_of
from house.partners import ledger

_SHOWN, _PAST = 3, 10


@dataclass(frozen=True, slots=True)
class Card:
    """An expert and her next free slots, which are as long as her shortest sessions."""

    availability: Availability
    slots: list[Span]
    minutes: int


def cards_of(
    viewer: Viewer, now: datetime.datetime, since: datetime.datetime | None = None
) -> list[Card]:
    found = queries.experts(viewer)
    free = queries.next_slots(found, now, most=_SHOWN, since=since)
    minute = datetime.timedelta(minutes=1)
    return [Card(each, free[each.pk], queries.shortest(each) // minute) for each in found]


@require_safe
@route("meetings.book", also="meetings.offer")
def home(request: HttpRequest) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    mine = Session.objects.visible_to(viewer).for_lists()
    visits = Visit.objects.visible_to(viewer).for_lists()
    promises = Promise.objects.visible_to(viewer).standing().filter(owner=viewer.person_id)
    cities = list(cities_of(viewer))
    balances = ledger.balances_of([city.pk for city in cities])
    wanting = [remedies.when_none_is_left(viewer, city, now) for city in cities]
    since = remedies.first_bookable(wanting, now)
    context = {
        "zone": zone_of(request),
        "coming": mine.coming(now).order_by("starts_at", "pk"),
        "unmarked": mine.over(now).filter(expert=viewer.person_id).order_by("starts_at"),
        "past": mine.exclude(state=Session.State.BOOKED).order_by("-starts_at")[:_PAST],
        "visits": visits.open()[:_PAST],
        "held_visits": visits.filter(state=Visit.State.HELD).order_by("-day")[:3],
        "promises": promises.for_lists(),
        "standings": [
            (city, [row for row in balances[city.pk] if row.benefit.pk in {units.SESSION, units.VISIT}])
            for city in cities
        ],
        "ahead": remedies.ahead_of([city.pk for city in cities], now),
        "cards": cards_of(viewer, now, since) if viewer.can("meetings.book") else [],
        "since": since,
        "may_book": viewer.can("meetings.book") and bool(cities),
        "may_offer": viewer.can("meetings.offer"),
        "may_ask": viewer.can("visits.request") and bool(cities),
        "may_plan": viewer.can("visits.plan"),
        "remedies": wanting,
    }  # fmt: skip
    return render(request, "meetings/home.html", context)
