"""The brief of a visit: one version of its programme with names as they are now."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from house.meetings import programme
from house.meetings.models import Programme, ProgrammeRow, Visit
from house.meetings.programme import Row
from house.people.models import Person

# every row in this file: the caller has fetched the visit, or the version, through its door


@dataclass(frozen=True, slots=True)
class Hour:
    row: Row
    team: str
    people: str
    notes: str
    members: tuple[str, ...]
    arrives: datetime.time | None

    @property
    def who(self) -> str:
        return ", ".join([*self.members, *([self.people] if self.people else [])])


@dataclass(frozen=True, slots=True)
class Brief:
    """`number` is 0 for the programme as it is being planned."""

    visit: Visit
    day: datetime.date | None
    number: int
    note: str
    hours: tuple[Hour, ...]

    @property
    def people(self) -> list[str]:
        return sorted({name for hour in self.hours for name in hour.members})


def of_version(visit: Visit, version: Programme) -> Brief:
    names = _names({pk for row in version.rows for pk in row["members"]})
    hours = tuple(_hour(row, names) for row in version.rows)
    return Brief(visit, version.day, version.number, version.note, hours)


def of_plan(visit: Visit, rows: Sequence[ProgrammeRow]) -> Brief:
    """As planned now; for who plans."""
    hours = tuple(
        Hour(
            Row(row.begins, row.ends, row.format, row.title, row.place, row.travel), row.team, row.people,
            row.notes, tuple(person.name for person in row.members.all()),
            _later(row.ends, row.travel) if row.travel else None,
        )
        for row in rows
    )  # fmt: skip
    return Brief(visit, visit.day, 0, "", hours)


def _names(keys: set[int]) -> dict[int, str]:
    """Who was erased is named no more."""
    found = Person.objects.filter(pk__in=keys, erased_at=None)
    return dict(found.values_list("pk", "name"))


def _hour(kept: dict[str, Any], names: dict[int, str]) -> Hour:
    begins, ends = (datetime.time.fromisoformat(kept[name]) for name in ("begins", "ends"))
    row = Row(begins, ends, kept["format"], kept["title"], kept["place"], kept["travel"])
    members = tuple(names[pk] for pk in kept["members"] if pk in names)
    arrives = _later(ends, row.travel) if row.travel else None
    return Hour(row, kept["team"], kept["people"], kept["notes"], members, arrives)


def _later(time: datetime.time, minutes: int) -> datetime.time:
    hours, rest = divmod(min(programme.minutes(time) + minutes, 24 * 60 - 1), 60)
    return datetime.time(hours, rest)
