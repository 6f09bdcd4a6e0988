"""Which hours are fair to all cities of a group, also looking at who bore the nights before."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from house.access.viewer import Viewer
from house.groups.models import Group, Meeting, cities_of
from house.vocabulary.hours import Hour, Mark, burdens, hours_of
from house.vocabulary.models import City

_STEP = datetime.timedelta(minutes=30)
_DAYS = 14
_REMEMBERED = 12  # meetings


@dataclass(frozen=True, slots=True)
class Proposal:
    starts_at: datetime.datetime
    hours: list[Hour]


@dataclass(frozen=True, slots=True)
class Compared:
    """The local hours of a moment, with what the meetings before asked of each city."""

    rows: list[tuple[Hour, int]]

    @property
    def is_hard(self) -> bool:
        return any(hour.mark == Mark.NIGHT for hour, _before in self.rows)


def before(group: Group, viewer: Viewer) -> list[tuple[datetime.datetime, datetime.datetime]]:
    """The last meetings, as (begins, ends)."""
    rows = Meeting.objects.visible_to(viewer).filter(group=group).standing()
    return list(rows.order_by("-starts_at").values_list("starts_at", "ends_at")[:_REMEMBERED])


def compared(group: Group, starts_at: datetime.datetime, minutes: int, viewer: Viewer) -> Compared:
    cities = cities_of([group])[group.pk]
    borne = burdens(before(group, viewer), cities)
    hours = hours_of(starts_at, starts_at + datetime.timedelta(minutes=minutes), cities)
    return Compared([(hour, borne[hour.city.pk]) for hour in hours])


def proposals(
    cities: Sequence[City],
    borne: dict[str, int],
    *,
    minutes: int = 60,
    now: datetime.datetime | None = None,
    most: int = 3,
) -> list[Proposal]:
    """The best moment of each of the best days to come: first whoever would be worst off, past included."""
    if not cities:
        return []
    best: dict[datetime.date, tuple[tuple[list[int], int], Proposal]] = {}
    for starts_at in _moments(now or timezone.now()):
        hours = hours_of(starts_at, starts_at + datetime.timedelta(minutes=minutes), cities)
        asked = sorted(
            (hour.strain * 2 + borne[hour.city.pk] * bool(hour.strain) for hour in hours),
            reverse=True,
        )
        rank = (asked, sum(hour.strain for hour in hours))
        day = hours[0].starts_at.date()
        if day not in best or rank < best[day][0]:
            best[day] = (rank, Proposal(starts_at, hours))
    ranked = sorted(best.values(), key=lambda each: (each[0], each[1].starts_at))
    return sorted((each for _rank, each in ranked[:most]), key=lambda each: each.starts_at)


def _moments(now: datetime.datetime) -> Iterator[datetime.datetime]:
    """Each half hour of the two weeks that begin the day after tomorrow."""
    first = now.astimezone(datetime.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    first += datetime.timedelta(days=2)
    for step in range(_DAYS * 48):
        yield first + step * _STEP
