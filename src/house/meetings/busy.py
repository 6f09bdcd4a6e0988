"""Reads a calendar that somebody else wrote: only when its owner is busy, nothing of what she does.

Run as a program (`python -m house.meetings.busy SINCE UNTIL ZONE`, the calendar on its input), it limits its
own time and memory: a rule that repeats for ever without ever falling on a day can be written in a line,
and no library reckons it. It knows neither Django nor the house's records.

The text is hostile until read: it may be broken, huge, or repeat for ever. Every count has a bound, and
what can't be read is left out where the rest can.
"""

import datetime
import json
import re
import resource
import sys
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event
from icalendar.error import InvalidCalendar

from house.meetings.slots import Span, united

LARGEST = 5 * 1024 * 1024
MOST_EVENTS, MOST_SPANS = 5000, 5000
# One that repeats every second or minute would fill any list; an hour is the shortest that is honest.
_TOO_OFTEN = re.compile(r"FREQ=(?:SECONDLY|MINUTELY)", re.IGNORECASE)
_BEGIN = re.compile(rb"^BEGIN:VEVENT", re.MULTILINE)
_DAY = datetime.timedelta(days=1)


class Unreadable(ValueError):  # noqa: N818 -- reads as what is wrong
    """Says in a sentence what is wrong with it."""


def spans_in(
    raw: bytes, since: datetime.datetime, until: datetime.datetime, *, zone: str
) -> list[Span]:
    """When its owner is busy between two moments, united. `zone` reads times that name none.

    Raises `Unreadable` when the whole can't be read.
    """
    if len(raw) > LARGEST:
        raise Unreadable("The calendar is larger than 5 MB.")
    if len(_BEGIN.findall(raw)) > MOST_EVENTS:
        raise Unreadable("The calendar holds more than 5,000 events.")
    calendars = _parsed(raw)
    found: list[Span] = []
    for calendar in calendars:
        found += _free_busy(calendar, ZoneInfo(zone))
        found += _events(calendar, since, until, ZoneInfo(zone))
        if len(found) > MOST_SPANS:
            break
    inside = [
        Span(max(span.starts_at, since), min(span.ends_at, until))
        for span in found[:MOST_SPANS]
        if span.starts_at < until and span.ends_at > since
    ]
    return united(span for span in inside if span.starts_at < span.ends_at)


def _parsed(raw: bytes) -> list[Calendar]:
    try:
        found = Calendar.from_ical(raw.decode("utf-8", "replace"), multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as problem:
        raise Unreadable("This is not a calendar that can be read.") from problem
    calendars = [each for each in found if isinstance(each, Calendar)]
    if not calendars:
        raise Unreadable("There is no calendar at this address.")
    return calendars


def _events(
    calendar: Calendar, since: datetime.datetime, until: datetime.datetime, tz: ZoneInfo
) -> Iterator[Span]:
    kept = [part for part in calendar.subcomponents if not _is_left_out(part)]
    calendar.subcomponents = kept
    query = recurring_ical_events.of(calendar, skip_bad_series=True)
    try:
        # Taken one by one: what repeats for ever ends at the bound.
        for count, event in enumerate(query.between(since, until)):
            if count >= MOST_SPANS:
                return
            if (span := _span_of(event, tz)) is not None:
                yield span
    except (ValueError, KeyError, TypeError, OverflowError, InvalidCalendar) as problem:
        raise Unreadable("Its repeating events can't be reckoned.") from problem


def _is_left_out(part: Event) -> bool:
    """Neither cancelled nor free, and not repeating faster than anybody could live it."""
    if part.name != "VEVENT":
        return part.name != "VTIMEZONE"
    if str(part.get("STATUS", "")).upper() == "CANCELLED":
        # A cancelled instance of a series must stay: it takes that day out.
        return "RECURRENCE-ID" not in part
    if str(part.get("TRANSP", "")).upper() == "TRANSPARENT":
        return "RECURRENCE-ID" not in part
    rules = part.get("RRULE") or []
    rules = rules if isinstance(rules, list) else [rules]
    return any(_TOO_OFTEN.search(rule.to_ical().decode()) for rule in rules)


def _span_of(event: Event, tz: ZoneInfo) -> Span | None:
    status = str(event.get("STATUS", "")).upper()
    if status == "CANCELLED" or str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        return None
    begins, ends = event.get("DTSTART"), event.get("DTEND")
    if begins is None:
        return None
    first = _moment(begins.dt, tz)
    last = _moment(ends.dt, tz) if ends is not None else first
    if last <= first and not isinstance(begins.dt, datetime.datetime):
        last = first + _DAY
    return Span(first, last) if first < last else None


def _moment(value: datetime.date, tz: ZoneInfo) -> datetime.datetime:
    """A whole day begins at midnight there; a time without zone is meant there too."""
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime.combine(value, datetime.time(), tz)
    elif value.tzinfo is None:
        value = value.replace(tzinfo=tz)
    return value.astimezone(datetime.UTC)


def _free_busy(calendar: Calendar, tz: ZoneInfo) -> Iterator[Span]:
    """VFREEBUSY, as CalDAV servers answer: periods with their type."""
    for part in calendar.walk("VFREEBUSY"):
        for period in _each(part.get("FREEBUSY")):
            kind = str(getattr(period, "params", {}).get("FBTYPE", "BUSY")).upper()
            if kind == "FREE":
                continue
            for one in _each(getattr(period, "dt", period)):
                if isinstance(one, tuple) and len(one) == 2:
                    begins, ends = one
                    first = _moment(begins, tz)
                    last = (
                        first + ends if isinstance(ends, datetime.timedelta) else _moment(ends, tz)
                    )
                    if first < last:
                        yield Span(first, last)


def _each(value: object) -> Iterable[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


SECONDS, BYTES = 10, 1024 * 1024 * 1024


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    since, until, zone = sys.argv[1:]
    moments = datetime.datetime.fromisoformat(since), datetime.datetime.fromisoformat(until)
    try:
        found = spans_in(sys.stdin.buffer.read(LARGEST + 1), *moments, zone=zone)
    except Unreadable as problem:
        answer: dict[str, object] = {"problem": str(problem)}
    except (MemoryError, RecursionError):
        answer = {"problem": "The calendar is too large to be reckoned."}
    else:
        answer = {"busy": [[s.starts_at.isoformat(), s.ends_at.isoformat()] for s in found]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
