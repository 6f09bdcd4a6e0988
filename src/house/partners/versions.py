"""What a version of the table says, how two differ, and whom the difference touches."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from house.access.capabilities import CAPABILITIES, Standing
from house.partners.models import (
    Allowance,
    Level,
    Partnership,
    Right,
    RightException,
    Seat,
    Table,
    level_on,
)
from house.partners.viewing import highest, standings_of
from house.people.models import Person

# every row in this file: a version is laid by who may, and everybody may know what rules

Cell = tuple[str, str]


@dataclass(frozen=True)
class Contents:
    """Everything that a version says. Units of nought are left out: they say nothing."""

    cells: frozenset[Cell] = frozenset()  # (standing, capability)
    allowances: Mapping[Cell, tuple[int, str]] = field(default_factory=dict)  # (level, benefit)
    seats: Mapping[str, int] = field(default_factory=dict)

    def of(self, standing: str) -> frozenset[str]:
        return frozenset(name for each, name in self.cells if each == standing)


def contents_of(table: Table | None) -> Contents:
    """Two queries, whatever stands in it."""
    if table is None:
        return Contents()
    return Contents(
        frozenset(Right.objects.filter(table=table).values_list("standing", "capability")),
        {
            (level, benefit): (units, per)
            for level, benefit, units, per in Allowance.objects.filter(
                table=table, units__gt=0
            ).values_list("level", "benefit", "units", "per")
        },
        {level: int(table.seats.get(level, 0)) for level in Level.values},
    )


def numbered() -> list[tuple[int, Table]]:
    """Every version that was ever laid with its number, the oldest first. Numbers never change."""
    return list(enumerate(Table.objects.select_related("made_by").order_by("pk"), start=1))


# -- What differs --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """`rights` holds (standing, capabilities gained, capabilities lost); the others (…, before, after)."""

    rights: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
    allowances: tuple[tuple[str, str, tuple[int, str], tuple[int, str]], ...] = ()
    seats: tuple[tuple[str, int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rights or self.allowances or self.seats)


def difference(old: Contents, new: Contents) -> Difference:
    rights = tuple(
        (standing, _in_order(new.of(standing) - old.of(standing)), _in_order(lost))
        for standing in Standing.values
        if (lost := old.of(standing) - new.of(standing)) or new.of(standing) - old.of(standing)
    )
    none = (0, "")
    allowances = tuple(
        (level, benefit, old.allowances.get(key, none), new.allowances.get(key, none))
        for key in sorted({*old.allowances, *new.allowances})
        if old.allowances.get(key, none) != new.allowances.get(key, none)
        for level, benefit in [key]
    )
    seats = tuple(
        (level, old.seats.get(level, 0), new.seats.get(level, 0))
        for level in Level.values
        if old.seats.get(level, 0) != new.seats.get(level, 0)
    )
    return Difference(rights, allowances, seats)


def _in_order(names: frozenset[str]) -> tuple[str, ...]:
    """As the house lists capabilities; what it no longer knows comes last."""
    place = {name: number for number, name in enumerate(CAPABILITIES)}
    return tuple(sorted(names, key=lambda name: (place.get(name, len(place)), name)))


# -- Whom it touches -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Holder:
    """A person, as what she is here, and what exceptions add for her or take away."""

    person: Person
    cities: frozenset[str]
    standings: frozenset[str]
    granted: frozenset[str]
    denied: frozenset[str]

    def can(self, contents: Contents) -> frozenset[str]:
        """What the judge will find for her under such a version."""
        given = {name for standing, name in contents.cells if standing in self.standings}
        return frozenset((given | self.granted) - self.denied)


def holders(on: datetime.date | None = None) -> list[Holder]:
    """Everybody whom a table gives something on that day, in three queries."""
    seats: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    running = Partnership.objects.running(on)
    for person, city, level, kind in (
        Seat.objects.filter(partnership__in=running, person__is_active=True)
        .annotate(level_then=level_on("partnership", "partnership__level", on))
        .values_list("person_id", "partnership__city_id", "level_then", "kind")
    ):
        seats[person].append((city, level, kind))
    exceptions = list(RightException.objects.in_force(on))
    concerned = {each.person_id for each in exceptions if each.person_id}
    persons = Person.objects.filter(is_active=True).select_related("city").order_by("name", "pk")
    return [
        _holder(person, seats[person.pk], exceptions)
        for person in persons
        if person.pk in seats or person.is_foundation or person.pk in concerned
    ]


def _holder(
    person: Person, seats: list[tuple[str, str, str]], exceptions: list[RightException]
) -> Holder:
    cities = frozenset(city for city, _level, _kind in seats)
    theirs = [each for each in exceptions if each.person_id == person.pk or each.city_id in cities]
    level = highest(level for _city, level, _kind in seats)
    return Holder(
        person,
        cities,
        frozenset(standings_of(person, level, {kind for *_rest, kind in seats})),
        frozenset(each.capability for each in theirs if each.is_granted),
        frozenset(each.capability for each in theirs if not each.is_granted),
    )


@dataclass(frozen=True)
class Effect:
    """Who gains and who loses one capability."""

    capability: str
    gain: tuple[Holder, ...]
    lose: tuple[Holder, ...]

    @property
    def cities_gaining(self) -> int:
        return len({city for each in self.gain for city in each.cities})

    @property
    def cities_losing(self) -> int:
        return len({city for each in self.lose for city in each.cities})


def effects(old: Contents, new: Contents, *, on: datetime.date | None = None) -> list[Effect]:
    """Capability by capability, the persons for whom something changes on that day; others are left out."""
    gain: dict[str, list[Holder]] = defaultdict(list)
    lose: dict[str, list[Holder]] = defaultdict(list)
    for holder in holders(on):
        before, after = holder.can(old), holder.can(new)
        for name in after - before:
            gain[name].append(holder)
        for name in before - after:
            lose[name].append(holder)
    return [
        Effect(name, tuple(gain[name]), tuple(lose[name]))
        for name in _in_order(frozenset({*gain, *lose}))
    ]


def table_at(moment: datetime.datetime | None = None) -> Table | None:
    """The version that rules at that moment, as far as is laid now."""
    return Table.objects.in_force(moment or timezone.now()).first()
