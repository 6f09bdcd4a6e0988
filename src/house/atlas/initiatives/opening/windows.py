"""When a place is open: from its hours or rules to moments, in the hours of its own city."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from house.atlas.initiatives.opening import osm_hours, rules

# How far we look for the next opening: a place that opens once a year is still found.
HORIZON = 400  # days
# INTERVAL counts from here unless a rule says otherwise: a Monday that began a month.
_ANCHOR = datetime.date(2024, 1, 1)
_TIME = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_YEARLY = re.compile(r"(\d{2})(?:-(\d{2}))?")
_ONCE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")

Window = tuple[datetime.datetime, datetime.datetime]


def can_tell(facts: Mapping[str, Any]) -> bool:
    """Do we understand its hours well enough to say that it is open?"""
    return bool(facts["rules"]) or osm_hours.parse(facts["hours"]) is not None


def windows(
    facts: Mapping[str, Any], zone: str, start: datetime.datetime, *, days: int = HORIZON
) -> Iterator[Window]:
    """Openings that end after `start`, in order, overlapping ones joined; at most those of `days` days."""
    tz = ZoneInfo(zone)
    first = start.astimezone(tz).date() - datetime.timedelta(days=1)  # what began yesterday evening
    last: Window | None = None
    for opens, closes in _by_day(facts, first, days + 1):
        window = (_moment(opens, tz), _moment(closes, tz))
        if window[1] <= start or window[1] <= window[0]:
            continue
        if last is not None and window[0] <= last[1]:
            last = (last[0], max(last[1], window[1]))
            if last[1] - last[0] > datetime.timedelta(days=8):  # always open: no need to look on
                yield last
                return
            continue
        if last is not None:
            yield last
        last = window
    if last is not None:
        yield last


Local = tuple[datetime.date, int]  # a day, and minutes from its midnight


def _by_day(
    facts: Mapping[str, Any], first: datetime.date, days: int
) -> Iterator[tuple[Local, Local]]:
    parts = osm_hours.parse(facts["hours"]) if not facts["rules"] else None
    of_rules = _rule_days(facts["rules"], first, days) if facts["rules"] else {}
    closed = [span for text in facts["closed"] if (span := closed_span(str(text)))]
    for number in range(days):
        day = first + datetime.timedelta(days=number)
        times = of_rules.get(day, []) if facts["rules"] else osm_hours.times_on(parts or (), day)
        if times and not any(_is_closed(day, span) for span in closed):
            for opens, closes in sorted(times):
                yield (day, opens), (day, closes)


def _rule_days(
    given: Sequence[Mapping[str, str]], first: datetime.date, days: int
) -> dict[datetime.date, list[tuple[int, int]]]:
    found: dict[datetime.date, list[tuple[int, int]]] = {}
    last = first + datetime.timedelta(days=days)
    for each in given:
        try:
            rule = rules.parse(each["rule"])
        except rules.NotARule:
            continue
        opens, closes = minutes(each.get("starts", "")), minutes(each.get("ends", ""))
        if opens is None or closes is None:
            opens, closes = 0, 1440
        if closes <= opens:
            closes += 1440
        for day in rules.days_of(rule, first, last, anchor=_ANCHOR):
            found.setdefault(day, []).append((opens, closes))
    return found


def minutes(text: str) -> int | None:
    match = _TIME.fullmatch(text.strip())
    return int(match[1]) * 60 + int(match[2]) if match else None


def _moment(local: Local, tz: ZoneInfo) -> datetime.datetime:
    day, minute = local
    day += datetime.timedelta(days=minute // 1440)
    hour = datetime.time(minute % 1440 // 60, minute % 60)
    return datetime.datetime.combine(day, hour, tzinfo=tz).astimezone(datetime.UTC)


# -- Days without ------------------------------------------------------------------------------------

Closed = tuple[tuple[int, ...], tuple[int, ...]]  # (month, day) each year, or (year, month, day)


def closed_span(text: str) -> Closed | None:
    """A day, a month, or from one to another: "08", "12-24:12-31", "2025-04-09", "2026-02:2026-03"."""
    first, _colon, last = text.partition(":")
    span = _edge(first.strip(), 1), _edge((last or first).strip(), 31)
    if span[0] is None or span[1] is None or len(span[0]) != len(span[1]):
        return None
    return span[0], span[1]


def _edge(text: str, else_day: int) -> tuple[int, ...] | None:
    if match := _ONCE.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3] or else_day)
    if match := _YEARLY.fullmatch(text):
        return int(match[1]), int(match[2] or else_day)
    return None


def _is_closed(day: datetime.date, span: Closed) -> bool:
    first, last = span
    here = (day.year, day.month, day.day)[-len(first) :]
    if first <= last:
        return first <= here <= last
    return len(first) == 2 and (here >= first or here <= last)
