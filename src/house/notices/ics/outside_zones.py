"""Which instant a local time of a foreign calendar is: by the zone's name, its other names, its own rules."""

import datetime
from collections.abc import Iterator
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from house.notices.ics import recurrence
from house.notices.ics.parsing import Component
from house.notices.ics.recurrence import Purse

Local = datetime.datetime
UTC = datetime.UTC
_PARTS = 60


@lru_cache(maxsize=1024)
def named(name: str) -> ZoneInfo | None:
    """`Europe/Berlin`, `/mozilla.org/20050126_1/Europe/Berlin`, `W. Europe Standard Time`."""
    name = name.strip().strip("/")
    if name in WINDOWS_TO_OLSON:
        name = WINDOWS_TO_OLSON[name]
    pieces = name.split("/")
    for at in range(min(len(pieces), 6)):
        try:
            return ZoneInfo("/".join(pieces[at:]))
        except (ValueError, OSError, KeyError):
            continue
    return None


class Zones:
    """Those of one calendar. What it says of its zones ends with it."""

    def __init__(self, calendar: Component, floating: ZoneInfo, purse: Purse) -> None:
        self.floating = floating
        self.purse = purse
        self._own = {part.value("TZID"): part for part in calendar.named("VTIMEZONE")}
        self._known: dict[str, ZoneInfo | Described] = {}

    def instant(self, local: Local, name: str) -> Local:
        """In UTC. A zone that is neither known nor described counts as the reader's own."""
        zone = self._zone(name)
        if isinstance(zone, Described):
            return (local - zone.offset(local)).replace(tzinfo=UTC)
        return local.replace(tzinfo=zone).astimezone(UTC)

    def local(self, moment: Local, name: str) -> Local:
        """What a clock there showed at this instant."""
        zone = self._zone(name)
        if isinstance(zone, Described):
            bare = moment.astimezone(UTC).replace(tzinfo=None)
            return bare + zone.offset(bare + zone.offset(bare))
        return moment.astimezone(zone).replace(tzinfo=None)

    def _zone(self, name: str) -> "ZoneInfo | Described":
        if not name:
            return self.floating
        if name not in self._known:
            own = self._own.get(name)
            other = own.value("X-LIC-LOCATION") if own else ""
            self._known[name] = (
                named(name)
                or (named(other) if other else None)
                or (Described(own, self.purse) if own else self.floating)
            )
        return self._known[name]


class Described:
    """A zone by the rules that a calendar gives it: the change that came last holds."""

    def __init__(self, zone: Component, purse: Purse) -> None:
        self._purse = purse
        self._parts = []
        for part in zone.parts[:_PARTS]:
            began, to = _moment(part.value("DTSTART")), _offset(part.value("TZOFFSETTO"))
            if began is not None and to is not None:
                self._parts.append((began, to, part))
        self._parts.sort(key=lambda each: each[0])
        self._years: dict[int, list[tuple[Local, datetime.timedelta]]] = {}

    def offset(self, local: Local) -> datetime.timedelta:
        if local.year not in self._years:
            self._years[local.year] = sorted(self._changes(local.year), key=lambda each: each[0])
        before = [to for at, to in self._years[local.year] if at <= local]
        if before:
            return before[-1]
        if not self._parts:
            return datetime.timedelta()
        _began, to, part = self._parts[0]
        return _offset(part.value("TZOFFSETFROM")) or to

    def _changes(self, year: int) -> Iterator[tuple[Local, datetime.timedelta]]:
        """Those of a year and, for what holds as it begins, of the years before."""
        first, last = Local(max(year - 2, 1), 1, 1), Local(year, 12, 31, 23, 59)
        for began, to, part in self._parts:
            yield began, to
            for rule in part.all("RRULE")[:4]:
                try:
                    made = recurrence.rule_of(rule.value)
                except recurrence.BadRuleError:
                    continue
                if made.freq not in {"YEARLY", "MONTHLY"}:
                    continue  # no clock of the world is set that often
                for at in recurrence.occurrences(began, made, first, last, self._purse):
                    yield at, to
            for dates in part.all("RDATE")[:_PARTS]:
                for each in dates.value.split(",")[:400]:
                    at = _moment(each)
                    if at is not None and first <= at <= last:
                        yield at, to


def _moment(value: str) -> Local | None:
    try:
        return Local.strptime(value.strip()[:15], "%Y%m%dT%H%M%S")
    except ValueError:
        return None


def _offset(value: str) -> datetime.timedelta | None:
    sign, digits = value[:1], value[1:]
    if (
        sign not in {"+", "-"}
        or not digits.isascii()
        or not digits.isdigit()
        or len(digits) not in {4, 6}
    ):
        return None
    seconds = int(digits[:2]) * 3600 + int(digits[2:4]) * 60 + int(digits[4:] or 0)
    return datetime.timedelta(seconds=min(seconds, 86_000) * (-1 if sign == "-" else 1))
