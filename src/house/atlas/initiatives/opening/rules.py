"""Days of an RFC 5545 rule within a span. Only rules of whole days, and never more than the span asks for.

dateutil would look for the 30th of February until the year 9999; here a rule is asked day by day, so that
what strangers write costs no more than the days of the span.
"""

import calendar
import datetime
import re
from dataclasses import dataclass

DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_KEYS = {"FREQ", "INTERVAL", "BYDAY", "BYSETPOS", "BYMONTH", "BYMONTHDAY", "UNTIL", "WKST"}
_DAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
LONGEST = 200  # letters


class NotARule(ValueError):  # noqa: N818 -- says what it is
    """What was wrong, in words for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Rule:
    freq: str
    interval: int = 1
    days: tuple[tuple[int, int], ...] = ()  # (which of the month or 0, weekday)
    places: tuple[int, ...] = ()
    months: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    until: datetime.date | None = None


def parse(text: str) -> Rule:
    """Raises `NotARule`."""
    if len(text) > LONGEST:
        raise NotARule("too long")
    parts = dict(
        part.split("=", 1)
        for part in text.strip().upper().removeprefix("RRULE:").split(";")
        if "=" in part
    )
    if unknown := parts.keys() - _KEYS:
        raise NotARule(f"{', '.join(sorted(unknown))} is not used here")
    freq = parts.get("FREQ", "")
    if freq not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        raise NotARule("FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY")
    return Rule(
        freq,
        _whole(parts.get("INTERVAL", "1"), 1, 100),
        _days(parts.get("BYDAY", "")),
        tuple(_whole(each, -31, 31) for each in _list(parts, "BYSETPOS")),
        frozenset(_whole(each, 1, 12) for each in _list(parts, "BYMONTH")),
        frozenset(_whole(each, -31, 31) for each in _list(parts, "BYMONTHDAY")),
        _date(parts.get("UNTIL", "")),
    )


def _list(parts: dict[str, str], name: str) -> list[str]:
    return [each for each in parts.get(name, "").split(",") if each]


def _whole(text: str, least: int, most: int) -> int:
    try:
        number = int(text)
    except ValueError:
        raise NotARule(f"{text} is not a number") from None
    if not least <= number <= most or (number == 0 and least < 1):
        raise NotARule(f"{text} is out of range")
    return number


def _days(text: str) -> tuple[tuple[int, int], ...]:
    found = []
    for each in filter(None, text.split(",")):
        match = _DAY.fullmatch(each)
        if match is None:
            raise NotARule(f"{each} is not a day")
        found.append((int(match[1] or 0), DAYS[match[2]]))
    return tuple(found)


def _date(text: str) -> datetime.date | None:
    if not text:
        return None
    try:
        return datetime.datetime.strptime(text[:8], "%Y%m%d").date()  # noqa: DTZ007 -- a day
    except ValueError:
        raise NotARule(f"{text} is not a date") from None


def days_of(
    rule: Rule, first: datetime.date, last: datetime.date, *, anchor: datetime.date
) -> list[datetime.date]:
    """The rule's days from `first` to `last`, both included. `anchor` begins the count of INTERVAL."""
    if rule.until:
        last = min(last, rule.until)
    found: list[datetime.date] = []
    period = _begin(rule.freq, first)
    while period <= last:
        after = _next(rule.freq, period)
        if _steps(rule.freq, anchor, period) % rule.interval == 0:
            found += [
                day for day in _of_period(rule, period, after, anchor) if first <= day <= last
            ]
        period = after
    return found


def _begin(freq: str, day: datetime.date) -> datetime.date:
    match freq:
        case "WEEKLY":
            return day - datetime.timedelta(days=day.weekday())
        case "MONTHLY":
            return day.replace(day=1)
        case "YEARLY":
            return day.replace(month=1, day=1)
    return day


def _next(freq: str, begin: datetime.date) -> datetime.date:
    match freq:
        case "WEEKLY":
            return begin + datetime.timedelta(days=7)
        case "MONTHLY":
            return (begin + datetime.timedelta(days=31)).replace(day=1)
        case "YEARLY":
            return begin.replace(year=begin.year + 1)
    return begin + datetime.timedelta(days=1)


def _steps(freq: str, anchor: datetime.date, begin: datetime.date) -> int:
    start = _begin(freq, anchor)
    match freq:
        case "WEEKLY":
            return (begin - start).days // 7
        case "MONTHLY":
            return (begin.year - start.year) * 12 + begin.month - start.month
        case "YEARLY":
            return begin.year - start.year
    return (begin - start).days


def _of_period(
    rule: Rule, begin: datetime.date, end: datetime.date, anchor: datetime.date
) -> list[datetime.date]:
    days = [begin + datetime.timedelta(days=n) for n in range((end - begin).days)]
    found = [day for day in days if _fits(rule, day, anchor)]
    if not rule.places:
        return found
    picked = {
        found[place - 1 if place > 0 else place]
        for place in rule.places
        if -len(found) <= place <= len(found)
    }
    return sorted(picked)


def _fits(rule: Rule, day: datetime.date, anchor: datetime.date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    length = calendar.monthrange(day.year, day.month)[1]
    if rule.month_days and not {day.day, day.day - length - 1} & rule.month_days:
        return False
    if rule.days:
        return any(
            day.weekday() == weekday and _is_nth(day, nth, length) for nth, weekday in rule.days
        )
    return bool(rule.month_days) or _as_anchor(rule, day, anchor)


def _is_nth(day: datetime.date, nth: int, length: int) -> bool:
    """Counted within its month, from the front or, below zero, from the back."""
    if nth == 0:
        return True
    return (day.day - 1) // 7 + 1 == nth if nth > 0 else (length - day.day) // 7 + 1 == -nth


def _as_anchor(rule: Rule, day: datetime.date, anchor: datetime.date) -> bool:
    """A rule that names no day means the day that it began on."""
    match rule.freq:
        case "WEEKLY":
            return day.weekday() == anchor.weekday()
        case "MONTHLY":
            return day.day == anchor.day
        case "YEARLY":
            return day.day == anchor.day and (bool(rule.months) or day.month == anchor.month)
    return True
