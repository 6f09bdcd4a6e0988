"""VTIMEZONE made from the zone's true transitions, for the years in which something takes place."""

import datetime
from collections.abc import Iterator
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from house.notices.ics.lines import UTC, line, text

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STEP = datetime.timedelta(days=5)  # no zone changes twice within
Offsets = tuple[datetime.timedelta, datetime.timedelta, str]


def zone_called(name: str) -> ZoneInfo:
    """The zone; UTC for a name that the world does not know, so that no invitation is lost by it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


@lru_cache(maxsize=256)
def vtimezone(name: str, first: int, last: int) -> str:
    """The component for the years `first` to `last`. A change that comes by rule is written as a rule.

    Outlook reads one rule for each half of the year and little else; where the years follow none
    (Ramadan in Morocco, a law that was changed), each change stands by itself.
    """
    zone = zone_called(name)
    begin = datetime.datetime(first, 1, 1, tzinfo=UTC) - datetime.timedelta(days=1)
    changes = list(_changes(zone, begin, datetime.datetime(last + 1, 1, 2, tzinfo=UTC)))
    parts = list(_rules(changes, range(first, last + 1)))
    if not parts:
        start = datetime.datetime(first, 1, 1)  # noqa: DTZ001 -- local time, as the format wants it
        before = _offsets(zone, begin)
        parts = [_part(start, before, before)]
        parts += [_part(at, was, now) for at, was, now in changes]
    return f"BEGIN:VTIMEZONE\r\n{line('TZID', text(name))}{''.join(parts)}END:VTIMEZONE\r\n"


def _offsets(zone: ZoneInfo, moment: datetime.datetime) -> Offsets:
    local = moment.astimezone(zone)
    return (
        local.utcoffset() or datetime.timedelta(),
        local.dst() or datetime.timedelta(),
        str(local.tzname()),
    )


def _changes(
    zone: ZoneInfo, begin: datetime.datetime, end: datetime.datetime
) -> Iterator[tuple[datetime.datetime, Offsets, Offsets]]:
    """(local time on the old clock, what held before, what holds from then on)"""
    at = begin
    while at < end:
        then = at + _STEP
        was, now = _offsets(zone, at), _offsets(zone, then)
        if was != now:
            low, high = at, then
            while high - low > datetime.timedelta(seconds=1):
                middle = low + (high - low) / 2
                low, high = (middle, high) if _offsets(zone, middle) == was else (low, middle)
            moment = high.replace(microsecond=0)
            yield (moment + was[0]).replace(tzinfo=None), was, now
        at = then


def _rules(
    changes: list[tuple[datetime.datetime, Offsets, Offsets]], years: range
) -> Iterator[str]:
    """Two parts with a rule each, where all of these years have the same two; else nothing."""
    by_kind: dict[tuple[Offsets, Offsets], list[datetime.datetime]] = {}
    for at, was, now in changes:
        by_kind.setdefault((was, now), []).append(at)
    if len(by_kind) != 2 or any([at.year for at in ats] != list(years) for ats in by_kind.values()):
        return
    found = [(ats[0], kind, _rule_of(ats)) for kind, ats in by_kind.items()]
    if all(rule for _at, _kind, rule in found):
        for at, (was, now), rule in found:
            yield _part(at, was, now, rule)


def _rule_of(ats: list[datetime.datetime]) -> str:
    """By which weekday of which month it comes each year, or nothing."""
    if len({(at.month, at.weekday(), at.time()) for at in ats}) > 1:
        return ""
    head = f"FREQ=YEARLY;BYMONTH={ats[0].month};BYDAY="
    day = _DAYS[ats[0].weekday()]
    weeks = {(at.day - 1) // 7 + 1 for at in ats}
    if all((at + datetime.timedelta(days=7)).month != at.month for at in ats):
        return f"{head}-1{day}"
    return f"{head}{weeks.pop()}{day}" if len(weeks) == 1 else ""


def _part(at: datetime.datetime, was: Offsets, now: Offsets, rule: str = "") -> str:
    kind = "DAYLIGHT" if now[1] else "STANDARD"
    return "".join(
        (
            f"BEGIN:{kind}\r\n",
            line("DTSTART", at.strftime("%Y%m%dT%H%M%S")),
            line("TZOFFSETFROM", _offset(was[0])),
            line("TZOFFSETTO", _offset(now[0])),
            line("TZNAME", text(now[2])),
            line("RRULE", rule) if rule else "",
            f"END:{kind}\r\n",
        )
    )


def _offset(value: datetime.timedelta) -> str:
    total = int(value.total_seconds())
    sign, total = ("-", -total) if total < 0 else ("+", total)
    hours, rest = divmod(total, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{sign}{hours:02}{minutes:02}" + (f"{seconds:02}" if seconds else "")
