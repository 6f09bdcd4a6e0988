"""Questions to this room that are too long for a queryset. Each begins at the door of its viewer."""

import datetime
from collections.abc import Iterable, Sequence

from django.db.models import Count, Q
from django.utils import timezone

from house.access.viewer import Viewer
from house.gatherings.models import (
    Event,
    ProgrammeVersion,
    Registration,
    RegistrationState,
    Session,
    SessionPlace,
)

_FARTHEST = datetime.timedelta(hours=14)  # of any zone from UTC


def version_of(event: Event, viewer: Viewer, number: int | None = None) -> ProgrammeVersion | None:
    """The version that readers see, or an older one by its number. Its content is loaded where it is read."""
    found: ProgrammeVersion | None = (
        ProgrammeVersion.objects.visible_to(viewer)
        .filter(event=event, number=number or event.programme)
        .defer("content")
        .first()
    )
    return found


def registration_of(event: Event, viewer: Viewer) -> Registration | None:
    """Her own, whatever became of it."""
    if viewer.person_id is None:
        return None
    found: Registration | None = (
        Registration.objects.visible_to(viewer).filter(event=event, person=viewer.person_id).first()
    )
    return found


def place_in_line(registration: Registration) -> int:
    """1 for who is next. What she may know of the others is how many they are."""
    # every row: a count of those before her, which names nobody
    before = Registration.objects.filter(
        event=registration.event_id, seat=registration.seat, state=RegistrationState.WAITING
    ).filter(
        Q(queued_at__lt=registration.queued_at)
        | Q(queued_at=registration.queued_at, pk__lt=registration.pk)
    )
    return before.count() + 1


def taken(event: Event) -> dict[str, dict[str, int]]:
    """Kind of seat → state → how many: what a page says of free places, in one query."""
    # every row: numbers that name nobody, of an event that came through its door
    rows = (
        Registration.objects.filter(event=event)
        .order_by()
        .values_list("seat", "state")
        .annotate(count=Count("pk"))
    )
    found: dict[str, dict[str, int]] = {}
    for seat, state, count in rows:
        found.setdefault(seat, {})[state] = count
    return found


def chosen_sessions(registration: Registration | None) -> dict[str, bool]:
    """Code of each session that she chose → is she still waiting for it?"""
    if registration is None:
        return {}
    # every row: of a registration that is her own
    places = SessionPlace.objects.filter(registration=registration)
    return dict(places.order_by().values_list("session__code", "is_waiting"))


def session_counts(event: Event) -> dict[str, int]:
    """Code of each session → how many places are taken."""
    # every row: numbers that name nobody
    places = SessionPlace.objects.filter(session__event=event, is_waiting=False)
    return dict(places.order_by().values_list("session__code").annotate(count=Count("pk")))


def choosable(event: Event, viewer: Viewer) -> Sequence[Session]:
    """The sessions of the programme that people choose."""
    return list(
        Session.objects.visible_to(viewer)
        .filter(event=event, takes_places=True, is_public=True, is_dropped=False)
        .select_related("room")
        .order_by("starts_at", "pk")
    )


def next_about(topics: Iterable[str], viewer: Viewer, *, limit: int = 3) -> Sequence[Event]:
    """What to attend next on these topics: the soonest that she may see."""
    wanted = list(topics)
    coming = Event.objects.visible_to(viewer).coming().for_cards()
    return list(coming.filter(topics__in=wanted).distinct()[:limit]) if wanted else []


def month_of(
    viewer: Viewer, year: int, month: int, zone: datetime.tzinfo | None
) -> Sequence[Event]:
    """What lies in the month by the clock of who looks; without one, by any clock of the world."""
    tz, around = (zone, datetime.timedelta()) if zone else (datetime.UTC, _FARTHEST)
    first = datetime.datetime(year, month, 1, tzinfo=tz) - around
    ends = datetime.datetime(year + month // 12, month % 12 + 1, 1, tzinfo=tz) + around
    return list(
        Event.objects.visible_to(viewer)
        .out()
        .between(first, ends)
        .select_related("host_city")
        .only("slug", "title", "starts_at", "ends_at", "zone", "state", "host_city__name")
        .order_by("starts_at", "pk")
    )


def overlapping(chosen: Sequence[Session]) -> list[tuple[Session, Session]]:
    """Pairs that take place at the same time."""
    ordered = sorted(chosen, key=lambda session: session.starts_at)
    return [
        (one, other)
        for number, one in enumerate(ordered)
        for other in ordered[number + 1 :]
        if other.starts_at < one.ends_at
    ]


def is_soon(event: Event, *, minutes: int) -> bool:
    """Has the time begun in which one may enter?"""
    now = timezone.now()
    return event.starts_at - datetime.timedelta(minutes=minutes) <= now < event.ends_at
