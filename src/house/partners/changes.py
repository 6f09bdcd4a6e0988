"""Before a partnership changes: who gains and loses what. Asks the same judge that rules afterwards."""

import datetime
import hashlib
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from house.access.capabilities import CAPABILITIES
from house.partners import rights, seating
from house.partners.models import (
    Allowance,
    Level,
    Partnership,
    PartnershipChange,
    RightException,
    Seat,
    Table,
    level_on,
)
from house.partners.planned import Planned, planned_after
from house.partners.viewing import allowed, highest, standings_of
from house.people.models import ApiToken, Person

# every row in this file: the office asks, and is judged by the page that shows the answer


@dataclass(frozen=True, slots=True)
class Benefit:
    """So many units of a benefit in each period; an empty rhythm says that there is none."""

    name: str
    units: int = 0
    per: str = ""
    units_then: int = 0
    per_then: str = ""


@dataclass(frozen=True, slots=True)
class Somebody:
    """One who sits there, and what she gains and loses. Another seat may keep a right for her."""

    person: Person
    seat: Seat
    gains: tuple[str, ...]
    loses: tuple[str, ...]
    keeps: int
    # The label of each program's key that can do less, and how many things less.
    keys: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """`level` is empty where there is none: before the beginning, or after the end."""

    on: datetime.date
    level: str
    level_then: str
    gains: tuple[str, ...]
    loses: tuple[str, ...]
    benefits: tuple[Benefit, ...]
    seats: int
    seats_then: int
    seats_used: int
    people: tuple[Somebody, ...]
    planned: tuple[Planned, ...] = field(default=())

    @property
    def seats_over(self) -> int:
        """How many seats stand beyond the number. They stay; no new one can be made."""
        return max(0, self.seats_used - self.seats_then)

    @property
    def keys(self) -> int:
        return sum(len(somebody.keys) for somebody in self.people)

    @property
    def stamp(self) -> str:
        """Another one when anything that was shown is no longer so: then it must be shown again."""
        shown = (
            self.on, self.level, self.level_then, self.gains, self.loses, self.benefits, self.seats,
            self.seats_then, self.seats_used, self.planned,
            [(each.seat.pk, each.person.pk, each.gains, each.loses, each.keys) for each in self.people],
        )  # fmt: skip
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def preview(partnership: Partnership, *, level: str, on: datetime.date) -> Preview:
    """What changes on that day if the partnership has this level from then on; no level: it is over."""
    # Both sides by the table of that day: what another version of it brings is no effect of this change.
    table = _table_on(on)
    before = partnership.find_level(on) if _runs(partnership, on) else ""
    cells = rights.cells(table)
    now, then = _cells_of(cells, before), _cells_of(cells, level)
    numbers = seating.seats_by_level(_moment(on))
    return Preview(
        on=on,
        level=before,
        level_then=level,
        gains=_told(then - now),
        loses=_told(now - then),
        benefits=_benefits(table, before, level),
        seats=_seats(partnership, numbers, before),
        seats_then=_seats(partnership, numbers, level),
        seats_used=Seat.objects.filter(partnership=partnership).count(),
        people=_people(partnership, table, before, level, on),
        planned=tuple(
            thing
            for thing in planned_after(partnership, on)
            if not level or thing.capability in now - then
        ),
    )


def _cells_of(cells: rights.Cells, level: str) -> frozenset[str]:
    return cells[level] if level else frozenset()


def _seats(partnership: Partnership, numbers: dict[str, int], level: str) -> int:
    if not level:
        return 0
    return numbers.get(level, 0) if partnership.seats is None else partnership.seats


def _benefits(table: int, level: str, level_then: str) -> tuple[Benefit, ...]:
    """Those that differ, by name."""
    rows = Allowance.objects.filter(table=table, level__in=[level, level_then], units__gt=0)
    units: dict[tuple[str, str], tuple[int, str]] = {
        (row.benefit.name, row.level): (row.units, row.get_per_display())
        for row in rows.select_related("benefit").order_by("benefit__name")
    }
    found = [
        Benefit(name, *units.get((name, level), (0, "")), *units.get((name, level_then), (0, "")))
        for name in dict.fromkeys(name for name, _level in units)
    ]
    return tuple(
        each for each in found if (each.units, each.per) != (each.units_then, each.per_then)
    )


def _people(
    partnership: Partnership, table: int, level: str, level_then: str, on: datetime.date
) -> tuple[Somebody, ...]:
    """Everybody who sits there, in five queries whatever their number."""
    seats = list(
        Seat.objects.filter(partnership=partnership, person__is_active=True)
        .select_related("person")
        .order_by("person__name", "pk")
    )
    persons = [seat.person_id for seat in seats]
    elsewhere = defaultdict(list)
    others = Seat.objects.filter(
        person__in=persons, partnership__in=Partnership.objects.running(on)
    ).exclude(partnership=partnership)
    for row in others.annotate(
        level_now=level_on("partnership", "partnership__level", on)
    ).values_list("person_id", "level_now", "kind", "partnership__city_id"):
        elsewhere[row[0]].append(row[1:])
    cities = {city for rows in elsewhere.values() for *_rest, city in rows} | {partnership.city_id}
    exceptions = list(
        RightException.objects.in_force(on).filter(Q(person__in=persons) | Q(city__in=cities))
    )
    tokens = defaultdict(list)
    for token in ApiToken.objects.in_force().filter(person__in=persons).order_by("pk"):
        tokens[token.person_id].append(token)
    found = []
    for seat in seats:
        can, will = (
            _can(
                seat,
                here,
                table=table,
                elsewhere=elsewhere[seat.person_id],
                exceptions=exceptions,
                city=partnership.city_id,
            )
            for here in (level, level_then)
        )
        lost = can - will
        keys = [(str(token), _uses(token, lost)) for token in tokens[seat.person_id]]
        found.append(
            Somebody(
                seat.person, seat, _told(will - can), _told(lost), len(can & will),
                tuple((label, count) for label, count in keys if count),
            )
        )  # fmt: skip
    return tuple(found)


def _can(
    seat: Seat,
    level: str,
    *,
    table: int,
    elsewhere: list[tuple[str, str, str]],
    exceptions: list[RightException],
    city: str,
) -> frozenset[str]:
    """What she could do, if her seat here were at this level; without one, if it were over."""
    held = list(elsewhere)
    if level:
        held.append((level, seat.kind, city))
    cities = {where for *_rest, where in held}
    hers = [
        each for each in exceptions if each.person_id == seat.person_id or each.city_id in cities
    ]
    standings = standings_of(
        seat.person, highest(at for at, *_rest in held), {kind for _at, kind, _where in held}
    )
    return allowed(
        standings,
        table,
        {each.capability for each in hers if each.is_granted},
        {each.capability for each in hers if not each.is_granted},
    )


def _uses(token: ApiToken, lost: frozenset[str]) -> int:
    return len(lost if token.scopes is None else lost & frozenset(token.scopes))


def _told(capabilities: frozenset[str]) -> tuple[str, ...]:
    """In words, in the order in which capabilities are declared."""
    return tuple(str(each.told) for name, each in CAPABILITIES.items() if name in capabilities)


def _runs(partnership: Partnership, on: datetime.date) -> bool:
    return Partnership.objects.running(on).filter(pk=partnership.pk).exists()


def _table_on(on: datetime.date) -> int:
    return Table.objects.in_force(_moment(on)).values_list("pk", flat=True).first() or 0


def _moment(on: datetime.date) -> datetime.datetime:
    """Now for today; for a later day its beginning."""
    begins = datetime.datetime.combine(on, datetime.time(), datetime.UTC)
    return max(begins, timezone.now())


def plans_of(partnership: Partnership, day: datetime.date) -> list[Planned]:
    """The partnership's own planned changes of level after a day: an end undoes them."""
    return [
        Planned(str(Level(change.level).label), change.effective_on)
        for change in PartnershipChange.objects.planned(day).filter(partnership=partnership)
    ]
