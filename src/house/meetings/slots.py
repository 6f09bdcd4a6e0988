"""When an expert is free: reckoned from her hours, days off, extra hours, what keeps her busy, and her terms.

Plain values in, plain values out: no database, no clock of its own. Everything is exact to the minute in the
zone in which an hour was promised, also on the days on which a clock is put forward or back.

A slot may be taken when the whole of it lies in open hours, nothing busy comes nearer than the buffers, it is
neither too soon nor too far, and neither its day nor its week has as many sessions as she wants.
"""

import datetime
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)
MIDNIGHT = 24 * 60
# Sessions begin at multiples of this: what the database's own bar against double booking is made of.
GRID = 5
_MOST = 2000  # slots that one question is answered with


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From a moment up to, not including, another; both aware and in UTC."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime

    def touches(self, other: "Span") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def wider(self, before: datetime.timedelta, after: datetime.timedelta) -> "Span":
        return Span(self.starts_at - before, self.ends_at + after)


@dataclass(frozen=True, slots=True)
class Weekly:
    """Open each week on this day (Monday is 0) between two minutes of the day there."""

    weekday: int
    begins: int
    ends: int
    zone: str


@dataclass(frozen=True, slots=True)
class Change:
    """One day that is unlike the others: hours off, or hours in addition."""

    day: datetime.date
    begins: int
    ends: int
    zone: str
    is_off: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """`zone` is the expert's own: her days and weeks are counted there. Zero sessions mean no limit."""

    zone: str
    before: datetime.timedelta = datetime.timedelta()
    after: datetime.timedelta = datetime.timedelta()
    notice: datetime.timedelta = datetime.timedelta()
    horizon: datetime.timedelta = datetime.timedelta(days=60)
    most_per_day: int = 0
    most_per_week: int = 0


@dataclass(frozen=True, slots=True)
class Diary:
    """Everything that is known of an expert's time. `busy` is hers elsewhere, `booked` are sessions."""

    terms: Terms
    weekly: Sequence[Weekly] = ()
    changes: Sequence[Change] = ()
    busy: Sequence[Span] = ()
    booked: Sequence[Span] = ()


@lru_cache(maxsize=4096)
def pieces_of(day: datetime.date, zone: str) -> tuple[tuple[datetime.datetime, int, int], ...]:
    """The day there as pieces of one offset each: (moment in UTC, first minute of the day, last one).

    Usually one piece. Where the clock is put forward or back there are two: minutes that it skips stand in
    neither, minutes that it shows twice stand in both.
    """
    tz = ZoneInfo(zone)
    first, last = _midnight(day, tz), _midnight(day + DAY, tz)
    if _offset(first, tz) == _offset(last - MINUTE, tz):
        return (_piece(first, last, tz),)
    low, high = 0, int((last - first) / MINUTE)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(first + middle * MINUTE, tz) == _offset(first, tz):
            low = middle
        else:
            high = middle
    turn = first + high * MINUTE
    return (_piece(first, turn, tz), _piece(turn, last, tz))


def _midnight(day: datetime.date, tz: ZoneInfo) -> datetime.datetime:
    local = datetime.datetime(day.year, day.month, day.day, tzinfo=tz)
    return local.astimezone(datetime.UTC)


def _offset(moment: datetime.datetime, tz: ZoneInfo) -> datetime.timedelta | None:
    return moment.astimezone(tz).utcoffset()


def _piece(
    begins: datetime.datetime, ends: datetime.datetime, tz: ZoneInfo
) -> tuple[datetime.datetime, int, int]:
    local = begins.astimezone(tz)
    minute = local.hour * 60 + local.minute
    return begins, minute, minute + int((ends - begins) / MINUTE)


def spans_of(day: datetime.date, begins: int, ends: int, zone: str) -> Iterator[Span]:
    """The moments at which a clock there shows this day between these minutes."""
    for moment, first, last in pieces_of(day, zone):
        low, high = max(begins, first), min(ends, last)
        if low < high:
            yield Span(moment + (low - first) * MINUTE, moment + (high - first) * MINUTE)


def united(spans: Iterable[Span]) -> list[Span]:
    """In order, what touches or overlaps made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.starts_at <= found[-1].ends_at:
            found[-1] = Span(found[-1].starts_at, max(found[-1].ends_at, span.ends_at))
        else:
            found.append(span)
    return found


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of the first when the second is cut out."""
    cuts, found = united(taken), []
    for span in united(spans):
        begins = span.starts_at
        for cut in cuts[max(bisect_left(cuts, span) - 1, 0) :]:
            if cut.starts_at >= span.ends_at:
                break
            if cut.starts_at > begins:
                found.append(Span(begins, cut.starts_at))
            begins = max(begins, cut.ends_at)
        if begins < span.ends_at:
            found.append(Span(begins, span.ends_at))
    return found


def open_hours(diary: Diary, since: datetime.datetime, until: datetime.datetime) -> list[Span]:
    """Her hours between two moments: the week's, less days off, plus what she added."""
    weekly, zones = [], {rule.zone for rule in diary.weekly}
    for zone in zones:
        tz = ZoneInfo(zone)
        day, last = since.astimezone(tz).date(), until.astimezone(tz).date()
        while day <= last:
            for rule in diary.weekly:
                if rule.zone == zone and rule.weekday == day.weekday():
                    weekly += spans_of(day, rule.begins, rule.ends, zone)
            day += DAY
    off = [span for change in diary.changes if change.is_off for span in _spans(change)]
    extra = [span for change in diary.changes if not change.is_off for span in _spans(change)]
    hours = united([*without(weekly, off), *extra])
    return [
        Span(max(each.starts_at, since), min(each.ends_at, until))
        for each in hours
        if each.starts_at < until and each.ends_at > since
    ]


def _spans(change: Change) -> Iterator[Span]:
    return spans_of(change.day, change.begins, change.ends, change.zone)


def _window(diary: Diary, now: datetime.datetime) -> tuple[datetime.datetime, datetime.datetime]:
    return now + diary.terms.notice, now + diary.terms.horizon


def _blocked(diary: Diary) -> list[Span]:
    """Where no session may lie. Between two sessions lies the longer of the two buffers."""
    terms = diary.terms
    between = max(terms.before, terms.after)
    return [
        *(span.wider(terms.after, terms.before) for span in diary.busy),
        *(span.wider(between, between) for span in diary.booked),
    ]


def _counted(diary: Diary) -> tuple[Counter[datetime.date], Counter[tuple[int, int]]]:
    days = [_day_of(span.starts_at, diary.terms.zone) for span in diary.booked]
    return Counter(days), Counter(_week_of(day) for day in days)


def _day_of(moment: datetime.datetime, zone: str) -> datetime.date:
    return moment.astimezone(ZoneInfo(zone)).date()


def _week_of(day: datetime.date) -> tuple[int, int]:
    year, week, _weekday = day.isocalendar()
    return year, week


def _has_room(
    diary: Diary,
    starts_at: datetime.datetime,
    counted: tuple[Counter[datetime.date], Counter[tuple[int, int]]],
) -> bool:
    days, weeks = counted
    day = _day_of(starts_at, diary.terms.zone)
    most_a_day, most_a_week = diary.terms.most_per_day, diary.terms.most_per_week
    return (not most_a_day or days[day] < most_a_day) and (
        not most_a_week or weeks[_week_of(day)] < most_a_week
    )


def free_slots(
    diary: Diary,
    length: datetime.timedelta,
    now: datetime.datetime,
    *,
    since: datetime.datetime | None = None,
    until: datetime.datetime | None = None,
    most: int = _MOST,
) -> list[Span]:
    """What a list offers: from each beginning of free time on, by half hours, short ones by quarters."""
    first, last = _window(diary, now)
    first, last = max(first, since or first), min(last, until or last)
    counted, found = _counted(diary), []
    step = (30 if length >= 45 * MINUTE else 15) * MINUTE
    if first >= last:
        return []
    for free in without(open_hours(diary, first, last + length), _blocked(diary)):
        # Where only the present moment cuts it, the list must not depend on the minute it is asked at.
        begins = _rounded(free.starts_at, step if free.starts_at == first else 15 * MINUTE)
        while begins + length <= free.ends_at and begins <= last and len(found) < most:
            if _has_room(diary, begins, counted):
                found.append(Span(begins, begins + length))
            begins += step
    return found


def _rounded(moment: datetime.datetime, step: datetime.timedelta) -> datetime.datetime:
    """Up to the next quarter or half hour. Every zone of today is whole quarters away from UTC."""
    past = datetime.timedelta(
        minutes=moment.minute % (step // MINUTE),
        seconds=moment.second,
        microseconds=moment.microsecond,
    )
    return moment + (step - past) if past else moment


def why_not(diary: Diary, slot: Span, now: datetime.datetime) -> str:
    """Why the slot can't be taken: "grid", "soon", "far", "closed", "busy", "full"; empty when it can."""
    first, last = _window(diary, now)
    if slot.starts_at.minute % GRID or slot.starts_at.second or slot.starts_at.microsecond:
        return "grid"
    if slot.starts_at < first:
        return "soon"
    if slot.starts_at > last:
        return "far"
    if without([slot], open_hours(diary, slot.starts_at, slot.ends_at)):
        return "closed"
    if any(slot.touches(taken) for taken in _blocked(diary)):
        return "busy"
    return "" if _has_room(diary, slot.starts_at, _counted(diary)) else "full"
