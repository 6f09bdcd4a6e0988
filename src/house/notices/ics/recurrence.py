"""Recurrence rules (RFC 5545, 3.3.10), paid for from a purse: no rule and no file keeps the house busy.

Works on local times without a zone. A rule is walked period by period, from near the window where it has no
count; when the purse is empty it raises `TooMuchError`.
"""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

BUDGET = 1_500_000  # days looked at for one file: about two seconds of a slow machine
_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_LONGEST = {"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}
_SECONDS = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
_RANGES = {
    "BYSECOND": (0, 60), "BYMINUTE": (0, 59), "BYHOUR": (0, 23), "BYMONTH": (1, 12), "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366), "BYWEEKNO": (-53, 53), "BYSETPOS": (-366, 366),
}  # fmt: skip
_TIMES = 1500  # times of one day
Local = datetime.datetime


class BadRuleError(ValueError):
    """The rule says nothing that could be followed."""


class TooMuchError(ValueError):
    """Following the rule would cost more than the house gives."""


class Purse:
    """What following all the rules of one file may cost."""

    def __init__(self, left: int = BUDGET) -> None:
        self.left = left

    def pay(self, cost: int) -> None:
        self.left -= cost
        if self.left < 0:
            raise TooMuchError


@dataclass(frozen=True, slots=True)
class Rule:
    freq: str
    interval: int
    count: int | None
    until: Local | None
    until_is_utc: bool
    week_begins: int
    by: dict[str, tuple[int, ...]]
    # (which one of the period, 0 for each; weekday)
    days: tuple[tuple[int, int], ...]


def rule_of(value: str) -> Rule:
    told = {}
    for part in value.upper().replace(" ", "").split(";"):
        name, _equals, said = part.partition("=")
        if said:
            told[name] = said
    freq = told.get("FREQ", "")
    if freq not in _LONGEST and freq not in _SECONDS:
        raise BadRuleError(f"FREQ={freq[:20]}")
    until = told.get("UNTIL", "")
    return Rule(
        freq=freq,
        interval=max(1, _number(told.get("INTERVAL", "1"), 1_000_000)),
        count=_number(told["COUNT"], 10_000_000) if "COUNT" in told else None,
        until=_until(until) if until else None,
        until_is_utc=until.endswith("Z"),
        week_begins=_DAYS.get(told.get("WKST", "MO"), 0),
        by={name: _numbers(told[name], *_RANGES[name]) for name in _RANGES if name in told},
        days=tuple(_day(each) for each in told["BYDAY"].split(",")[:60]) if "BYDAY" in told else (),
    )


def _number(value: str, highest: int) -> int:
    if not value.lstrip("+").isascii() or not value.lstrip("+").isdigit() or len(value) > 12:
        raise BadRuleError(value[:20])
    return min(int(value), highest)


def _numbers(value: str, low: int, high: int) -> tuple[int, ...]:
    found = set()
    for each in value.split(",")[:400]:
        bare = each.lstrip("+-")
        if not bare.isascii() or not bare.isdigit() or len(bare) > 4:
            raise BadRuleError(each[:20])
        number = -int(bare) if each.startswith("-") else int(bare)
        if not low <= number <= high or (number == 0 and low):
            raise BadRuleError(each[:20])
        found.add(number)
    return tuple(sorted(found))


def _day(value: str) -> tuple[int, int]:
    number, day = value[:-2], _DAYS.get(value[-2:])
    if day is None:
        raise BadRuleError(value[:20])
    return (_numbers(number, -53, 53)[0] if number else 0), day


def _until(value: str) -> Local:
    try:
        if len(value) == 8:
            return Local.combine(
                datetime.datetime.strptime(value, "%Y%m%d").date(),  # noqa: DTZ007 -- local
                datetime.time.max,
            )
        return Local.strptime(value.rstrip("Z")[:15], "%Y%m%dT%H%M%S")
    except ValueError as problem:
        raise BadRuleError(value[:20]) from problem


def occurrences(
    start: Local, rule: Rule, since: Local, until: Local, purse: Purse
) -> Iterator[Local]:
    """Those from `since` up to `until` (both local, like `start`), the first one included; in order."""
    if rule.until is not None:
        until = min(until, rule.until)
    walk = _by_seconds if rule.freq in _SECONDS else _by_periods
    # An occurrence of the rule or not, the first one always takes place.
    if since <= start <= until and rule.count != 0:
        yield start
    left = None if rule.count is None else rule.count - 1
    for each in walk(start, rule, since, until, purse):
        if each <= start:
            continue
        if each > until or left == 0:
            return
        if left is not None:
            left -= 1
        if each >= since:
            yield each


# -- Days and longer -----------------------------------------------------------------------------


def _by_periods(
    start: Local, rule: Rule, since: Local, until: Local, purse: Purse
) -> Iterator[Local]:
    times = _times(start, rule)
    for days in _periods(start.date(), rule, since.date(), until.date()):
        purse.pay(1 + len(days))
        matching = [day for day in days if _fits(day, start.date(), rule)]
        purse.pay(len(matching) * len(times))
        yield from _places([Local.combine(day, time) for day in matching for time in times], rule)


def _times(start: Local, rule: Rule) -> list[datetime.time]:
    hours = rule.by.get("BYHOUR") or (start.hour,)
    minutes = rule.by.get("BYMINUTE") or (start.minute,)
    seconds = rule.by.get("BYSECOND") or (start.second,)
    if len(hours) * len(minutes) * len(seconds) > _TIMES:
        raise TooMuchError
    return [datetime.time(h, m, min(s, 59)) for h in hours for m in minutes for s in seconds]


def _places(whole: list[Local], rule: Rule) -> list[Local]:
    places = rule.by.get("BYSETPOS")
    if not places:
        return whole
    found = {whole[at - 1 if at > 0 else at] for at in places if -len(whole) <= at <= len(whole)}
    return sorted(found)


def _periods(
    start: datetime.date, rule: Rule, since: datetime.date, until: datetime.date
) -> Iterator[list[datetime.date]]:
    """The days of each period that the rule looks at, from near `since` on where nothing is counted."""
    step = rule.interval
    if rule.freq in {"YEARLY", "MONTHLY"}:
        months = 12 if rule.freq == "YEARLY" else 1
        first = start.year if months == 12 else start.year * 12 + start.month - 1
        near = since.year if months == 12 else since.year * 12 + since.month - 1
        last = until.year if months == 12 else until.year * 12 + until.month - 1
        for at in range(first + _skipped(first, near, rule), last + 1, step):
            if months == 12:
                yield [day for month in _months(start, rule) for day in _days_of(at, month)]
            else:
                yield list(_days_of(at // 12, at % 12 + 1))
        return
    length = 7 if rule.freq == "WEEKLY" else 1
    first = start.toordinal()
    if length == 7:
        first -= (start.weekday() - rule.week_begins) % 7
    near = since.toordinal() - length
    skipped = _skipped(0, (near - first) // length, rule) if near > first else 0
    for at in range(first + skipped * length, until.toordinal() + 1, step * length):
        yield [
            datetime.date.fromordinal(each) for each in range(max(at, 1), min(at + length, 3652060))
        ]


def _months(start: datetime.date, rule: Rule) -> tuple[int, ...]:
    """In which months of a year the rule can find anything."""
    if "BYMONTH" in rule.by:
        return rule.by["BYMONTH"]
    is_bare = not rule.days and not {"BYMONTHDAY", "BYWEEKNO", "BYYEARDAY"} & rule.by.keys()
    return (start.month,) if is_bare else tuple(range(1, 13))


def _skipped(first: int, near: int, rule: Rule) -> int:
    if rule.count is not None or near <= first:
        return 0
    return (near - first) // rule.interval * rule.interval


@lru_cache(maxsize=2048)
def _days_of(year: int, month: int) -> tuple[datetime.date, ...]:
    if not 1 <= year <= 9999:
        return ()
    days = calendar.monthrange(year, month)[1]
    return tuple(datetime.date(year, month, day) for day in range(1, days + 1))


def _fits(day: datetime.date, start: datetime.date, rule: Rule) -> bool:
    by = rule.by
    months, monthdays = by.get("BYMONTH"), by.get("BYMONTHDAY")
    weeks, yeardays = by.get("BYWEEKNO"), by.get("BYYEARDAY")
    if not (monthdays or weeks or yeardays or rule.days):
        if rule.freq == "YEARLY":
            months, monthdays = months or (start.month,), (start.day,)
        elif rule.freq == "MONTHLY":
            monthdays = (start.day,)
        elif rule.freq == "WEEKLY" and day.weekday() != start.weekday():
            return False
    if months and day.month not in months:
        return False
    if monthdays and not _counts(day.day, calendar.monthrange(day.year, day.month)[1], monthdays):
        return False
    number = day.timetuple().tm_yday
    length = 366 if calendar.isleap(day.year) else 365
    if yeardays and not _counts(number, length, yeardays):
        return False
    if weeks and not _in_weeks(day, weeks, rule.week_begins):
        return False
    return not rule.days or _is_weekday(day, number, length, rule)


def _counts(number: int, length: int, wanted: tuple[int, ...]) -> bool:
    return number in wanted or number - length - 1 in wanted


def _in_weeks(day: datetime.date, weeks: tuple[int, ...], begins: int) -> bool:
    """Is the day in one of these weeks of its own year? A week belongs where four of its days lie."""
    first = datetime.date(day.year, 1, 1)
    to_week = (begins - first.weekday()) % 7
    begin = (
        to_week if to_week <= 3 else to_week - 7
    )  # day of the year (from 0) on which week 1 begins
    at = day.timetuple().tm_yday - 1
    length = 366 if calendar.isleap(day.year) else 365
    end = length + _first_week(day.year + 1, begins)
    count = (end - begin) // 7
    number = (at - begin) // 7 + 1
    if at < begin:
        # The last week of the year before reaches into this one.
        before = 366 if calendar.isleap(day.year - 1) else 365
        last = (before + begin - _first_week(day.year - 1, begins)) // 7
        return -1 in weeks or last in weeks
    if number > count:
        return 1 in weeks
    return number in weeks or number - count - 1 in weeks


def _first_week(year: int, begins: int) -> int:
    to_week = (begins - calendar.weekday(max(1, min(year, 9999)), 1, 1)) % 7
    return to_week if to_week <= 3 else to_week - 7


def _is_weekday(day: datetime.date, number: int, length: int, rule: Rule) -> bool:
    for which, weekday in rule.days:
        if weekday != day.weekday():
            continue
        if not which or rule.freq not in {"YEARLY", "MONTHLY"}:
            return True
        if rule.freq == "YEARLY" and "BYMONTH" not in rule.by:
            if which in {(number - 1) // 7 + 1, -((length - number) // 7 + 1)}:
                return True
            continue
        days = calendar.monthrange(day.year, day.month)[1]
        if which in {(day.day - 1) // 7 + 1, -((days - day.day) // 7 + 1)}:
            return True
    return False


# -- Hours and shorter ---------------------------------------------------------------------------


def _by_seconds(
    start: Local, rule: Rule, since: Local, until: Local, purse: Purse
) -> Iterator[Local]:
    """Steps of a fixed length, from near the window where nothing is counted."""
    if "BYSETPOS" in rule.by:
        raise TooMuchError  # no calendar of a person has this
    step = datetime.timedelta(seconds=_SECONDS[rule.freq] * rule.interval)
    skipped = max(0, (since - start) // step - 1) if rule.count is None else 0
    minutes, seconds = _inside(rule, start)
    at = start + skipped * step
    while at <= until + step:
        purse.pay(1)
        if _fits_short(at, rule):
            purse.pay(len(minutes) * len(seconds))
            yield from (
                at.replace(
                    minute=at.minute if minute < 0 else minute,
                    second=at.second if second < 0 else min(second, 59),
                )
                for minute in minutes
                for second in seconds
            )
        at += step


def _inside(rule: Rule, start: Local) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What each step spreads to: hours to the minutes named, minutes to the seconds named."""
    keep = (-1,)
    minutes = rule.by.get("BYMINUTE", keep) if rule.freq == "HOURLY" else keep
    seconds = rule.by.get("BYSECOND", keep) if rule.freq in {"HOURLY", "MINUTELY"} else keep
    return minutes, seconds


def _fits_short(at: Local, rule: Rule) -> bool:
    by = rule.by
    if by.get("BYHOUR") and at.hour not in by["BYHOUR"]:
        return False
    if rule.freq != "HOURLY" and by.get("BYMINUTE") and at.minute not in by["BYMINUTE"]:
        return False
    if rule.freq == "SECONDLY" and by.get("BYSECOND") and at.second not in by["BYSECOND"]:
        return False
    return _fits(at.date(), at.date(), rule)
