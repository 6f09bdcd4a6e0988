"""What a calendar from outside says: its events, and when its owner is busy. Bounded in every direction."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from house.notices.ics import recurrence
from house.notices.ics.outside_zones import Zones, named
from house.notices.ics.parsing import Component, NotACalendar, Property, components

Moment = datetime.datetime
Span = tuple[Moment, Moment]
UTC = datetime.UTC
MAX_SPANS = 20_000
LONGEST = datetime.timedelta(days=366)
_DAY = datetime.timedelta(days=1)
_DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?\Z"
)


@dataclass(slots=True)
class Event:
    """One VEVENT, perhaps the first of many. Times are local to `zone`, empty for the reader's own."""

    component: Component
    zones: Zones
    start: Moment
    zone: str
    length: datetime.timedelta
    is_whole_day: bool
    uid: str
    replaces: Moment | None = None
    exceptions: set[Moment] = field(default_factory=set)

    @property
    def is_busy(self) -> bool:
        told = self.component
        return (
            told.value("STATUS").upper() != "CANCELLED"
            and told.value("TRANSP").upper() != "TRANSPARENT"
            and told.value("X-MICROSOFT-CDO-BUSYSTATUS").upper() != "FREE"
        )


@dataclass(slots=True)
class Calendar:
    """`unread` counts events that could not be understood: who relies on the rest should know."""

    method: str
    events: list[Event]
    free_busy: list[Component]
    unread: int
    zones: Zones


def read(raw: bytes, *, zone: str | ZoneInfo = "UTC") -> list[Calendar]:
    """The calendars of a file. `zone` is where floating times and whole days lie.

    Raises `NotACalendar`, with a sentence, for what can't be read as one.
    """
    own = zone if isinstance(zone, ZoneInfo) else named(zone) or ZoneInfo("UTC")
    found = []
    purse = recurrence.Purse()
    for root in components(raw):
        zones = Zones(root, own, purse)
        events, unread = [], 0
        for part in root.named("VEVENT"):
            event = _event(part, zones)
            if event is None:
                unread += 1
            else:
                events.append(event)
        _leave_out_replaced(events)
        method = root.value("METHOD").upper()
        found.append(Calendar(method, events, root.named("VFREEBUSY"), unread, zones))
    return found


def busy(raw: bytes, since: Moment, until: Moment, zone: str | ZoneInfo = "UTC") -> list[Span]:
    """When the calendar's owner is busy between two moments: in UTC, in order, joined where they touch.

    Free, cancelled and hidden events don't count; whole days do, unless they are marked as free. Raises
    `NotACalendar`, a sentence for its owner, also where a rule would keep the house busy.
    """
    if until - since > LONGEST * 2:
        raise NotACalendar(_("No more than two years are read at once."))
    try:
        spans = _busy(raw, since, until, zone)
    except recurrence.TooMuchError as problem:
        raise NotACalendar(
            _("The calendar repeats events in a way that the house does not follow.")
        ) from problem
    return _joined(spans)


def _busy(raw: bytes, since: Moment, until: Moment, zone: str | ZoneInfo) -> list[Span]:
    spans: list[Span] = []
    for calendar in read(raw, zone=zone):
        if calendar.method == "CANCEL":
            continue
        for event in calendar.events:
            if event.is_busy:
                spans += _within(times_of(event, since, until), since, until)
        spans += _within(_told_busy(calendar), since, until)
        if len(spans) > MAX_SPANS:
            raise recurrence.TooMuchError
    return spans


def times_of(event: Event, since: Moment, until: Moment) -> Iterator[Span]:
    """Each time that the event takes place, by its rules, as far as it touches the window."""
    near = event.zones.local(since, event.zone) - event.length - _DAY
    far = event.zones.local(until, event.zone) + _DAY
    count = 0
    for local, length in _locals(event, near, far):
        if local in event.exceptions:
            continue
        count += 1
        if count > MAX_SPANS:
            raise recurrence.TooMuchError
        begin = _instant(event, local)
        # A day has 23 hours or 25 at times, an hour never has.
        end = _instant(event, local + length) if event.is_whole_day else begin + length
        yield begin, end


def _instant(event: Event, local: Moment) -> Moment:
    if event.zone == "UTC":
        return local.replace(tzinfo=UTC)
    return event.zones.instant(local, event.zone)


def _locals(event: Event, near: Moment, far: Moment) -> Iterator[tuple[Moment, datetime.timedelta]]:
    told = event.component
    rules = told.all("RRULE")[:4]
    seen = set()
    try:
        for rule in map(recurrence.rule_of, (each.value for each in rules)):
            if rule.until is not None and rule.until_is_utc and event.zone != "UTC":
                rule = _until_local(rule, event)  # noqa: PLW2901 -- the same rule, on the event's clock
            for each in recurrence.occurrences(event.start, rule, near, far, event.zones.purse):
                if each not in seen:
                    seen.add(each)
                    yield each, event.length
    except recurrence.BadRuleError:
        pass  # it takes place once at least
    # Without a rule, or with one that says nothing, it takes place once.
    if event.start not in seen and near <= event.start <= far:
        seen.add(event.start)
        yield event.start, event.length
    yield from _more_dates(event, seen)


def _until_local(rule: recurrence.Rule, event: Event) -> recurrence.Rule:
    moment = rule.until.replace(tzinfo=UTC)
    return replace(rule, until=event.zones.local(moment, event.zone), until_is_utc=False)


def _more_dates(event: Event, seen: set[Moment]) -> Iterator[tuple[Moment, datetime.timedelta]]:
    for prop in event.component.all("RDATE")[:200]:
        for value in prop.value.split(",")[:2000]:
            at, _slash, end = value.partition("/")
            local = _on_clock_of(event, prop, at)
            if local is None or local in seen:
                continue
            seen.add(local)
            length = event.length
            if end:
                length = _duration(end) or (_difference(at, end) or length)
            yield local, min(length, LONGEST)


def _difference(begin: str, end: str) -> datetime.timedelta | None:
    one, two = _parsed(begin), _parsed(end)
    return two[0] - one[0] if one and two and two[0] >= one[0] else None


# -- One event -----------------------------------------------------------------------------------


def _event(part: Component, zones: Zones) -> Event | None:
    begin = part.first("DTSTART")
    started = _time(begin) if begin else None
    if started is None:
        return None
    start, zone, is_day = started
    event = Event(
        part,
        zones,
        start,
        zone,
        _length(part, start, zone, zones, is_day=is_day),
        is_day,
        part.value("UID"),
    )
    for prop in part.all("EXDATE")[:500]:
        for value in prop.value.split(",")[:5000]:
            local = _on_clock_of(event, prop, value)
            if local is not None:
                event.exceptions.add(local)
    replaced = part.first("RECURRENCE-ID")
    if replaced is not None:
        event.replaces = _on_clock_of(event, replaced, replaced.value)
    return event


def _length(
    part: Component, start: Moment, zone: str, zones: Zones, *, is_day: bool
) -> datetime.timedelta:
    ended = part.first("DTEND")
    end = _time(ended) if ended else None
    if end is not None:
        if is_day or end[1] == zone:
            length = end[0] - start
        else:
            length = _fixed(end[0], end[1], zones) - _fixed(start, zone, zones)
    else:
        length = _duration(part.value("DURATION")) or (_DAY if is_day else datetime.timedelta())
    return min(max(length, datetime.timedelta()), LONGEST)


def _fixed(local: Moment, zone: str, zones: Zones) -> Moment:
    return local.replace(tzinfo=UTC) if zone == "UTC" else zones.instant(local, zone)


def _time(prop: Property) -> tuple[Moment, str, bool] | None:
    """(local time, zone, is it a whole day)."""
    found = _parsed(prop.value)
    if found is None:
        return None
    local, is_utc, is_day = found
    return local, "UTC" if is_utc else prop.parameters.get("TZID", ""), is_day


def _parsed(value: str) -> tuple[Moment, bool, bool] | None:
    value = value.strip().upper()
    try:
        if len(value) == 8:
            return Moment.strptime(value, "%Y%m%d"), False, True
        local = Moment.strptime(value[:15], "%Y%m%dT%H%M%S")
    except ValueError:
        return None
    # The first and last years have no room for an offset.
    return (local, value.endswith("Z"), False) if 2 <= local.year <= 9997 else None


def _on_clock_of(event: Event, prop: Property, value: str) -> Moment | None:
    """A date of the event in the event's own local time, whatever zone it is written in."""
    found = _parsed(value)
    if found is None:
        return None
    local, is_utc, is_day = found
    if is_day or event.is_whole_day:
        # Written as a date, it means that day's occurrence.
        return local if event.is_whole_day else Moment.combine(local.date(), event.start.time())
    zone = "UTC" if is_utc else prop.parameters.get("TZID", "")
    if zone == event.zone:
        return local
    moment = _fixed(local, zone, event.zones)
    return (
        moment.replace(tzinfo=None)
        if event.zone == "UTC"
        else event.zones.local(moment, event.zone)
    )


def _duration(value: str) -> datetime.timedelta | None:
    found = _DURATION.match(value.strip().upper())
    if not found or not any(found.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in found.groups()[1:])
    try:
        length = datetime.timedelta(
            weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds
        )
    except OverflowError:
        return LONGEST
    return datetime.timedelta() if found[1] == "-" else length


def _leave_out_replaced(events: list[Event]) -> None:
    """An occurrence that was moved or cancelled by itself isn't one of the series any more."""
    by_uid: dict[str, list[Event]] = {}
    for event in events:
        if event.replaces is None and event.uid:
            by_uid.setdefault(event.uid, []).append(event)
    for event in events:
        if event.replaces is None:
            continue
        for whole in by_uid.get(event.uid, []):
            at = event.replaces
            if whole.zone != event.zone and not whole.is_whole_day:
                moment = _fixed(at, event.zone, event.zones)
                at = (
                    moment.replace(tzinfo=None)
                    if whole.zone == "UTC"
                    else whole.zones.local(moment, whole.zone)
                )
            whole.exceptions.add(at)


# -- Spans ---------------------------------------------------------------------------------------


def _told_busy(calendar: Calendar) -> Iterator[Span]:
    for part in calendar.free_busy:
        for prop in part.all("FREEBUSY")[:5000]:
            if prop.parameters.get("FBTYPE", "BUSY").upper() == "FREE":
                continue
            for value in prop.value.split(",")[:5000]:
                at, _slash, end = value.partition("/")
                begin, length = _parsed(at), _duration(end) or _difference(at, end)
                if begin and length:
                    moment = _fixed(begin[0], "UTC", calendar.zones)
                    yield moment, moment + min(length, LONGEST)


def _within(spans: Iterable[Span], since: Moment, until: Moment) -> Iterator[Span]:
    for begin, end in spans:
        if begin < until and end > since and end > begin:
            yield max(begin, since), min(end, until)


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for begin, end in sorted((begin.astimezone(UTC), end.astimezone(UTC)) for begin, end in spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined
