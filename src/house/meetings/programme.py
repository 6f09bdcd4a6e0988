"""Is a day well planned? Plain values in, findings out; and the days that a city may propose."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

# Minutes.
_EMPTY, _WITHOUT_BREAK, _SHORT, _LONG = 45, 300, 4 * 60, 12 * 60
_EARLY, _LATE = datetime.time(7), datetime.time(22)
NOTICE, HORIZON, MOST_DAYS = 21, 550, 6  # days
# Where the days of rest are not Saturday and Sunday. Monday is 0.
_REST = {"IL": (4, 5), "AE": (5, 6), "SA": (4, 5), "EG": (4, 5), "JO": (4, 5), "KW": (4, 5)}


@dataclass(frozen=True, slots=True)
class Row:
    begins: datetime.time
    ends: datetime.time
    format: str
    title: str
    place: str = ""
    travel: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """An error keeps a programme from being shared; a hint does not. `row` counts from 1; 0 is the day."""

    sort: Literal["error", "hint"]
    row: int
    text: str


def minutes(time: datetime.time) -> int:
    return time.hour * 60 + time.minute


def findings(rows: Sequence[Row]) -> list[Finding]:
    """What somebody who lives the day would stumble over. Rows stand in the order of their beginnings."""
    if not rows:
        return [Finding("error", 0, _("The programme is empty."))]
    return [*_between(rows), *_of_the_day(rows)]


def _between(rows: Sequence[Row]) -> Iterator[Finding]:
    """Each row beside everything that began before it: a long one may reach over several."""
    before, last = rows[0], minutes(rows[0].ends)
    for number, row in enumerate(rows[1:], start=2):
        gap = minutes(row.begins) - last
        names = {"row": row.title, "before": before.title}
        if gap < 0:
            yield Finding("error", number, _("“%(row)s” begins before “%(before)s” ends.") % names)
        elif gap < before.travel:
            text = _(
                "From “%(before)s” to “%(row)s” are %(travel)s minutes, but only %(gap)s are left."
            )
            told = {**names, "travel": before.travel, "gap": gap}
            yield Finding("error", number, text % told)
        elif gap - before.travel > _EMPTY:
            text = _("Nothing is planned for %(gap)s minutes before “%(row)s”.")
            yield Finding("hint", number, text % {**names, "gap": gap - before.travel})
        if _moves(before, row) and not before.travel:
            text = _("“%(row)s” is elsewhere than “%(before)s”: is there no way between them?")
            yield Finding("hint", number, text % names)
        if minutes(row.ends) >= last:
            before, last = row, minutes(row.ends)


def _moves(before: Row, row: Row) -> bool:
    here, there = before.place.strip().casefold(), row.place.strip().casefold()
    return bool(here and there and here != there)


def _of_the_day(rows: Sequence[Row]) -> Iterator[Finding]:
    begins, ends = rows[0].begins, max(row.ends for row in rows)
    length = minutes(ends) - minutes(begins)
    if begins < _EARLY or ends > _LATE:
        yield Finding("hint", 0, _("The day begins before 7:00 or ends after 22:00."))
    if length < _SHORT:
        yield Finding("hint", 0, _("This is less than half a day: the visit holds a full one."))
    if length > _LONG:
        yield Finding("hint", 0, _("This is more than twelve hours: nobody listens that long."))
    if _longest_without_break(rows) > _WITHOUT_BREAK:
        yield Finding("hint", 0, _("More than five hours pass without a break or a meal."))


def _longest_without_break(rows: Sequence[Row]) -> int:
    longest, since, last = 0, minutes(rows[0].begins), minutes(rows[0].begins)
    for row in rows:
        if row.format == "break" or minutes(row.begins) - last >= _EMPTY:
            longest, since = max(longest, last - since), minutes(row.begins)
        if row.format == "break":
            since = minutes(row.ends)
        last = max(last, minutes(row.ends))
    return max(longest, last - since)


def is_sound(found: Iterable[Finding]) -> bool:
    return all(each.sort != "error" for each in found)


# -- Days -------------------------------------------------------------------------------------------


def wrong_day(day: datetime.date, today: datetime.date) -> str:
    """Why no visit can be asked for on that day; empty when one can."""
    ahead = (day - today).days
    if ahead < NOTICE:
        return _("%(day)s is too soon: the foundation needs %(notice)s days.") % {
            "day": day.isoformat(),
            "notice": NOTICE,
        }
    if ahead > HORIZON:
        return _("%(day)s is too far ahead.") % {"day": day.isoformat()}
    return ""


def odd_day(day: datetime.date, country: str) -> str:
    """Why the city may not mean that day; empty for a usual working day."""
    if day.weekday() in _REST.get(country, (5, 6)):
        return _("%(day)s is a day of rest there.") % {"day": day.isoformat()}
    easter = easter_of(day.year)
    holidays = {
        datetime.date(day.year, 1, 1): _("New Year's Day"),
        datetime.date(day.year, 5, 1): _("Labour Day"),
        datetime.date(day.year, 12, 25): _("Christmas Day"),
        datetime.date(day.year, 12, 26): _("the day after Christmas"),
        easter - datetime.timedelta(days=2): _("Good Friday"),
        easter + datetime.timedelta(days=1): _("Easter Monday"),
    }
    if day in holidays:
        return _("%(day)s is %(holiday)s.") % {"day": day.isoformat(), "holiday": holidays[day]}
    return ""


def easter_of(year: int) -> datetime.date:
    """By the Gregorian reckoning (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return datetime.date(year, month, day + 1)


# -- Templates --------------------------------------------------------------------------------------


def _at(hour: int, minute: int = 0) -> datetime.time:
    return datetime.time(hour, minute)


def templates() -> dict[str, tuple[str, list[Row]]]:
    """Days to begin with: name → (label, rows)."""
    welcome = Row(_at(9), _at(9, 30), "presentation", _("Welcome by the city"))
    lunch = Row(_at(12, 30), _at(13, 30), "break", _("Lunch"))
    end = Row(_at(16, 30), _at(17), "round_table", _("What we take home, who does what until when"))
    return {
        "teams": (
            _("A day with several teams"),
            [
                welcome,
                Row(_at(9, 30), _at(10, 30), "presentation", _("What other cities found out")),
                Row(_at(10, 45), _at(12, 30), "round_table", _("The first team and its question")),
                lunch,
                Row(_at(13, 30), _at(15), "workshop", _("The second team and its question")),
                Row(_at(15, 15), _at(16, 30), "one_on_one", _("Hours for single questions")),
                end,
            ],
        ),
        "sites": (
            _("A day in the city"),
            [
                welcome,
                Row(
                    _at(9, 30),
                    _at(10, 15),
                    "presentation",
                    _("What we are going to see"),
                    travel=30,
                ),
                Row(_at(10, 45), _at(12), "site_visit", _("The first place"), travel=30),
                lunch,
                Row(_at(13, 45), _at(15), "site_visit", _("The second place"), travel=30),
                Row(_at(15, 30), _at(16, 30), "workshop", _("What it means for the plan")),
                end,
            ],
        ),
        "workshop": (
            _("One question, worked through"),
            [
                welcome,
                Row(_at(9, 30), _at(10, 30), "presentation", _("Where we stand")),
                Row(_at(10, 45), _at(12, 30), "workshop", _("What stands in the way")),
                lunch,
                Row(_at(13, 30), _at(16, 15), "workshop", _("A plan for the next year")),
                end,
            ],
        ),
    }
