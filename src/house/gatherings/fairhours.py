"""Fair hours: what a proposed time means in each city, and which times spare who bore the nights before.

Nothing here asks the database. A `Place` is a city that is expected, with what it bore already; a
slot is a moment and a length. Whether an hour is night is asked of the city's own zone on the very
day, so clocks that change between today and the event are right.

The fairest slot is found by leximin: whoever would be worst off, with the burden of the past, is
spared first, then the next, and so on; among equals the smaller sum over all people counts. A slot
that another one beats for every city is never proposed.
"""

import datetime
import zoneinfo
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from house.vocabulary.hours import STRAIN, USUAL, Mark, there

STEP = datetime.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Place:
    """A city whose people are expected.

    `people` is how many; `nights` and `strain` are what it bore in `meetings` gatherings before.
    """

    code: str
    zone: str
    rests: frozenset[int] = USUAL
    people: int = 1
    meetings: int = 0
    nights: int = 0
    strain: int = 0


@dataclass(frozen=True, slots=True)
class Hours:
    """A slot in one city's own time."""

    place: Place
    begins: datetime.datetime
    ends: datetime.datetime
    mark: Mark

    @property
    def strain(self) -> int:
        return STRAIN[self.mark]

    @property
    def days_apart(self) -> int:
        """How many days later (or earlier) than the day in UTC it is there when the slot begins."""
        return (self.begins.date() - self.begins.astimezone(datetime.UTC).date()).days


@dataclass(frozen=True, slots=True)
class Plan:
    """A slot with what it asks of everybody; the first mark of `worst` is the heaviest."""

    starts_at: datetime.datetime
    minutes: int
    hours: tuple[Hours, ...]

    @property
    def ends_at(self) -> datetime.datetime:
        return self.starts_at + datetime.timedelta(minutes=self.minutes)

    @property
    def at_night(self) -> tuple[Hours, ...]:
        return tuple(each for each in self.hours if each.mark == Mark.NIGHT)

    @property
    def total(self) -> int:
        """Strain over all people."""
        return sum(each.strain * each.place.people for each in self.hours)

    def strains(self) -> tuple[int, ...]:
        return tuple(each.strain for each in self.hours)


def hours_in(place: Place, starts_at: datetime.datetime, minutes: int) -> Hours:
    """The heaviest of its quarters of an hour counts: half a night is a night."""
    return Hours(place, *there(place.zone, place.rests, starts_at, minutes))


def plan_of(places: Iterable[Place], starts_at: datetime.datetime, minutes: int) -> Plan:
    hours = tuple(hours_in(place, starts_at, minutes) for place in places)
    return Plan(starts_at.astimezone(datetime.UTC), minutes, hours)


def slots(
    first: datetime.date, last: datetime.date, zone: str, *, step: datetime.timedelta = STEP
) -> Iterator[datetime.datetime]:
    """Every moment of those days, as the zone counts them, that a slot may begin at."""
    tz = zoneinfo.ZoneInfo(zone)
    moment = datetime.datetime.combine(first, datetime.time(), tz).astimezone(datetime.UTC)
    after = last + datetime.timedelta(days=1)
    end = datetime.datetime.combine(after, datetime.time(), tz).astimezone(datetime.UTC)
    while moment < end:
        yield moment
        moment += step


def burdens(places: Sequence[Place]) -> tuple[float, ...]:
    """What each city brings along from before.

    One that came to nothing yet begins where the others stand on average; otherwise every newcomer
    would be given the nights.
    """
    known = [place.strain for place in places if place.meetings]
    average = sum(known) / len(known) if known else 0.0
    return tuple(float(place.strain) if place.meetings else average for place in places)


def key_of(plan: Plan, past: Sequence[float]) -> tuple[tuple[float, ...], int]:
    """The smaller, the fairer: burdens after the slot, the heaviest first, then the strain of all people."""
    after = sorted((b + s for b, s in zip(past, plan.strains(), strict=True)), reverse=True)
    return tuple(after), plan.total


def suggest(
    places: Sequence[Place],
    candidates: Iterable[datetime.datetime],
    minutes: int,
    *,
    wanted: int = 3,
    apart: datetime.timedelta = datetime.timedelta(hours=2),
) -> list[Plan]:
    """The fairest slots, best first, no two within `apart` of each other.

    None of them is beaten for every city by another candidate. As far as there are any, they spread
    the hours differently: the same hour on three days would be one proposal.
    """
    if not places:
        return []
    past = burdens(places)
    plans = sorted(
        (plan_of(places, moment, minutes) for moment in candidates),
        key=lambda plan: (key_of(plan, past), plan.starts_at),
    )
    lightest = _undominated({plan.strains() for plan in plans})
    open_to = [plan for plan in plans if plan.strains() in lightest]
    found: list[Plan] = []
    for is_new in (True, False):
        for plan in open_to:
            near = any(abs(plan.starts_at - other.starts_at) < apart for other in found)
            known = any(plan.strains() == other.strains() for other in found)
            if len(found) < wanted and not near and known is not is_new:
                found.append(plan)
    return sorted(found, key=lambda plan: (key_of(plan, past), plan.starts_at))


def _undominated(strains: set[tuple[int, ...]]) -> set[tuple[int, ...]]:
    """Those that no other is at least as good as for every city, and better for one."""
    return {
        mine
        for mine in strains
        if not any(other != mine and all(map(int.__le__, other, mine)) for other in strains)
    }
