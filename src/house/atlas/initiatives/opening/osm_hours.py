"""The part of OSM's `opening_hours` that people really write: months, days of the week, times, "off".

Anything else ("sunrise-sunset", "same", a sentence) is `None`: it is shown as it stands, and nobody is told
that the place is open.
"""

import datetime
import re
from dataclasses import dataclass

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG = {
    "mon": "Mo",
    "tue": "Tu",
    "wed": "We",
    "thu": "Th",
    "fri": "Fr",
    "sat": "Sa",
    "sun": "Su",
    "so": "Su",
}
_MONTH = "|".join(_MONTHS)
_DAY = "|".join((*_DAYS, "PH", "SH"))
_DATE = rf"(?:{_MONTH})(?:\s+\d{{1,2}}(?![:\d]))?"
_DATES = re.compile(rf"({_DATE})(?:\s*-\s*({_DATE}|\d{{1,2}}(?![:\d])))?(?:\s*,\s*)?")
_WEEK = re.compile(
    rf"(?:(?:{_DAY})(?:\s*-\s*(?:{_DAY}))?)(?:\s*,\s*(?:{_DAY})(?:\s*-\s*(?:{_DAY}))?)*"
)
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")
# A comma before a day begins a rule of its own: "Tu 16:00-19:00, We 10:00-12:00".
_APART = re.compile(rf"(?<=\d\d),\s*(?=(?:{_DAY}|{_MONTH})\b)")
LONGEST = 300

Minutes = tuple[int, int]  # from the day's midnight; the second may lie on the next day


@dataclass(frozen=True, slots=True)
class Part:
    """When it counts, and how long it is open then; no times: closed."""

    spans: tuple[
        tuple[tuple[int, int], tuple[int, int]], ...
    ]  # ((month, day), (month, day)), none: all year
    days: frozenset[int]  # none: every day
    times: tuple[Minutes, ...]
    is_holiday: bool = False

    def counts_on(self, day: datetime.date) -> bool:
        if self.is_holiday and not self.days:
            return False  # whose holidays these are is not told
        if self.days and day.weekday() not in self.days:
            return False
        return not self.spans or any(_lies(day, first, last) for first, last in self.spans)


def _lies(day: datetime.date, first: tuple[int, int], last: tuple[int, int]) -> bool:
    here = (day.month, day.day)
    return first <= here <= last if first <= last else here >= first or here <= last


def parse(text: str) -> tuple[Part, ...] | None:
    """The rules in their order: of those that count on a day the last one holds."""
    text = _usual(text)
    if not text or len(text) > LONGEST:
        return None
    parts = []
    for rule in _APART.sub(";", text).split(";"):
        if rule.strip():
            part = _part(rule.strip())
            if part is None:
                return None
            parts.append(part)
    return tuple(parts) or None


def _usual(text: str) -> str:
    """As OSM would write it: "Mon-Fri 8:30" is "Mo-Fr 8:30"."""
    text = re.sub(r"[\u2013\u2014]", "-", text.strip())
    return re.sub(
        r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun|So)(?:day|sday|nesday|rsday|urday)?\b",
        lambda word: _LONG[word[1].lower()],
        text,
    )


def _part(rule: str) -> Part | None:
    if rule in {"24/7", "open"}:
        return Part((), frozenset(), ((0, 1440),))
    spans, rest = _spans(rule)
    days, is_holiday, rest = _week(rest)
    if rest in {"off", "closed"}:
        return Part(spans, days, (), is_holiday)
    if not rest and spans and not days:
        return Part(spans, days, ((0, 1440),), is_holiday)
    times = _times(rest)
    return None if times is None else Part(spans, days, times, is_holiday)


def _spans(rule: str) -> tuple[tuple[tuple[tuple[int, int], tuple[int, int]], ...], str]:
    found = []
    while match := _DATES.match(rule):
        first, last = match[1], match[2] or match[1]
        if last.isdigit():  # "Apr 01-15"
            last = f"{first[:3]} {last}"
        found.append((_date(first, 1), _date(last, 31)))
        rule = rule[match.end() :].lstrip(" :")
    return tuple(found), rule


def _date(text: str, else_day: int) -> tuple[int, int]:
    month, _space, day = text.partition(" ")
    return _MONTHS.index(month) + 1, int(day) if day.strip() else else_day


def _week(rule: str) -> tuple[frozenset[int], bool, str]:
    match = _WEEK.match(rule)
    if match is None:
        return frozenset(), False, rule
    days: set[int] = set()
    names = [each.strip() for each in match[0].split(",")]
    for name in names:
        if name in {"PH", "SH"}:
            continue
        first, _dash, last = (each.strip() for each in name.partition("-"))
        if first not in _DAYS or (last and last not in _DAYS):
            return frozenset(), False, rule  # from a day to a holiday: not understood
        start, end = _DAYS.index(first), _DAYS.index(last or first)
        days |= {(start + n) % 7 for n in range((end - start) % 7 + 1)}
    is_holiday = bool({"PH", "SH"} & set(names))
    return frozenset(days), is_holiday, rule[match.end() :].lstrip(" :")


def _times(text: str) -> tuple[Minutes, ...] | None:
    found = []
    for each in text.split(","):
        match = _SPAN.fullmatch(each.strip())
        if match is None:
            return None
        start = int(match[1]) * 60 + int(match[2])
        end = int(match[3]) * 60 + int(match[4])
        if start >= 1440 or end > 2880 or int(match[2]) > 59 or int(match[4]) > 59:
            return None
        found.append((start, end if end > start else end + 1440))
    return tuple(found) or None


def times_on(parts: tuple[Part, ...], day: datetime.date) -> tuple[Minutes, ...]:
    """How long it is open on the day: the last rule that counts, with those that add to it before."""
    held: tuple[Minutes, ...] = ()
    for part in parts:
        if part.counts_on(day):
            held = part.times
    return held
