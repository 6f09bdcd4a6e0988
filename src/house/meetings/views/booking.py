"""Choosing an expert and a time, and booking it."""

import datetime
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from house.access.routes import route
from house.ground.codes import short_code
from house.ground.days import YEARS
from house.ground.errors import Refused
from house.ground.text import number_in
from house.meetings import queries, remedies, slots, times
from house.meetings.actions import booking
from house.meetings.forms import PreparationForm
from house.meetings.models import Availability, Session
from house.meetings.people import may_join
from house.meetings.slots import Span
from house.meetings.views.frame import (
    add_refusal,
    cities_of,
    city_of,
    topics_for,
    viewer_of,
    zone_of,
)
from house.partners.ledger.holds import NoneLeft

_WEEKS = 2  # weeks of slots on one page


def expert_of(request: HttpRequest, code: str) -> Availability:
    found = Availability.objects.visible_to(viewer_of(request)).for_cards()
    return get_object_or_404(found, code=code)


def length_asked(request: HttpRequest, availability: Availability) -> datetime.timedelta:
    """The one in the address where it is offered, else the longest up to an hour."""
    asked = number_in(request.GET.get("length", ""))
    lengths = sorted(availability.lengths or [60])
    if asked in lengths:
        return datetime.timedelta(minutes=asked)
    return datetime.timedelta(
        minutes=max((each for each in lengths if each <= 60), default=lengths[0])
    )


def days_of(
    found: Sequence[Span | Session], zone: str
) -> list[tuple[datetime.datetime, list[Span | Session]]]:
    """By the day on which they begin for the reader: (the first of them, all of them)."""
    grouped = groupby(found, lambda slot: times.local(slot.starts_at, zone).date())
    return [(spans[0].starts_at, spans) for _day, each in grouped if (spans := list(each))]


def page_of_slots(
    request: HttpRequest,
    availability: Availability,
    length: datetime.timedelta,
    *,
    moved: Session | None = None,
    begins: datetime.datetime | None = None,
    given: QuerySet[Session] | None = None,
) -> dict[str, Any]:
    """Free slots of some weeks, with the way to the next and to those before.

    `?week=` counts from `begins`, or from now. Sessions that are `given` stand among them.
    """
    now, zone = timezone.now(), zone_of(request)
    first_day = max(begins or now, now)
    week = min(number_in(request.GET.get("week", "")) or 0, 52)
    since = first_day + datetime.timedelta(weeks=week)
    until = since + datetime.timedelta(weeks=_WEEKS)
    diary = queries.diary_of(availability, now, without=moved)
    last = now + datetime.timedelta(days=availability.horizon_days)
    found = slots.free_slots(diary, length, now, since=since, until=until)
    first = [] if found else slots.free_slots(diary, length, now, since=until, most=1)
    booked: list[Session] = []
    if given is not None:  # of the whole first day: also what is over
        midnight = times.local(since, zone).replace(hour=0, minute=0, second=0, microsecond=0)
        booked = list(given.filter(starts_at__gte=midnight, starts_at__lt=until))
    return {
        "days": days_of(sorted([*found, *booked], key=attrgetter("starts_at")), zone),
        "is_any_free": bool(found),
        "week": week,
        "earlier": max(week - _WEEKS, 0) if week else None,
        "later": week + _WEEKS if until < last else None,
        "next_free": first[0] if first else None,
        "next_week": int((first[0].starts_at - first_day).days // 7) if first else 0,
    }


@require_safe
@route("meetings.book", also="meetings.offer")
def expert(request: HttpRequest, code: str) -> HttpResponse:
    availability = expert_of(request, code)
    length, viewer = length_asked(request, availability), viewer_of(request)
    now = timezone.now()
    is_own = availability.person_id == viewer.person_id
    wanting = [remedies.when_none_is_left(viewer, city, now) for city in cities_of(viewer)]
    begins = remedies.first_bookable(wanting, now)
    has_one = begins is not None or not all(each.ways for each in wanting)
    context = {
        "expert": availability,
        "zone": zone_of(request),
        "length": int(length.total_seconds() // 60),
        "lengths": sorted(availability.lengths),
        "is_own": is_own,
        "begins": begins,
        "remedies": [each for each in wanting if each.ways],
        "may_book": viewer.can("meetings.book") and has_one and availability.is_open and not is_own,
        **page_of_slots(
            request,
            availability,
            length,
            begins=begins,
            given=queries.given_by(viewer) if is_own else None,
        ),
    }
    return render(request, "meetings/expert.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route("meetings.book")
def book(request: HttpRequest, code: str) -> HttpResponse:
    """The form before a session. Its address names expert, time and length; opening it takes nothing."""
    viewer, availability, city = viewer_of(request), expert_of(request, code), city_of(request)
    starts_at = _moment(request.GET.get("at", ""))
    if starts_at is None:
        return redirect("meetings:expert", code)
    length = length_asked(request, availability)
    form = PreparationForm(
        request.POST or None, request.FILES or None, people=may_join(viewer, city.pk),
        topics=topics_for(viewer), languages=availability.languages,
        initial={"key": short_code(16), "topic": request.GET.get("topic")},
    )  # fmt: skip
    remedy = None if form.is_bound else remedies.when_none_is_left(viewer, city, starts_at)
    is_none_left = bool(remedy and remedy.ways)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                session = booking.book(
                    availability,
                    city=city,
                    starts_at=starts_at,
                    length=length,
                    asked=form.asked(),
                    by=viewer,
                )
            except NoneLeft as refused:
                remedy = remedies.ways_on(viewer, city, starts_at)
                add_refusal(form, refused)
            except Refused as refused:
                status = refused.status if refused.status == 403 else 422
                add_refusal(form, refused)
            else:
                messages.success(
                    request, _("Booked. An invitation is on its way to your calendar.")
                )
                return redirect(session)
    context = {
        "expert": availability, "form": form, "city": city, "remedy": remedy, "zone": zone_of(request),
        "is_none_left": is_none_left,
        "slot": Span(starts_at, starts_at + length), "length": int(length.total_seconds() // 60),
    }  # fmt: skip
    return render(request, "meetings/book.html", context, status=status)


def _moment(typed: str) -> datetime.datetime | None:
    """What stands in the address, when it is a moment with its zone in years to be reckoned with."""
    try:
        moment = parse_datetime(typed.replace(" ", "+"))
    except ValueError:
        return None
    if moment is None or timezone.is_naive(moment) or moment.year not in YEARS:
        return None
    return moment.astimezone(datetime.UTC)
