"""One moment in the hours of several cities: who is at work then, and who is asleep."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from house.vocabulary.models import City

Band = Literal["day", "edge", "night", "weekend"]
# What a meeting at such an hour asks of the people of a city.
BURDEN: dict[Band, int] = {"day": 0, "edge": 1, "weekend": 2, "night": 3}
_DAY = (datetime.time(8), datetime.time(18))
_EDGE = (datetime.time(7), datetime.time(21))
# Days of rest by `isoweekday`; everywhere else Saturday and Sunday.
_REST = {"IL": {5, 6}, "AE": {6, 7}, "SA": {5, 6}, "EG": {5, 6}, "JO": {5, 6}, "QA": {5, 6}}


@dataclass(frozen=True, slots=True)
class Hour:
    """When something begins and ends in one city."""

    city: City
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    band: Band

    @property
    def burden(self) -> int:
        return BURDEN[self.band]


def in_zone(moment: datetime.datetime, zone: str) -> datetime.datetime:
    return moment.astimezone(ZoneInfo(zone))


def hours_of(
    starts_at: datetime.datetime, ends_at: datetime.datetime, cities: Iterable[City]
) -> list[Hour]:
    """The local hours of each city, in the order given."""
    return [
        Hour(
            city,
            start := in_zone(starts_at, city.time_zone),
            end := in_zone(ends_at, city.time_zone),
            _band(start, end, city.country),
        )
        for city in cities
    ]


def burdens(
    dates: Iterable[tuple[datetime.datetime, datetime.datetime]], cities: Sequence[City]
) -> dict[str, int]:
    """What past dates asked of each city together: who bore the nights before."""
    found = {city.pk: 0 for city in cities}
    for starts_at, ends_at in dates:
        for hour in hours_of(starts_at, ends_at, cities):
            found[hour.city.pk] += hour.burden
    return found


def _band(start: datetime.datetime, end: datetime.datetime, country: str) -> Band:
    """By its worse end: what ends at eleven at night is a late evening, whenever it began."""
    if not _within(_EDGE, start, end):
        return "night"
    if start.isoweekday() in _REST.get(country, {6, 7}):
        return "weekend"
    return "day" if _within(_DAY, start, end) else "edge"


def _within(
    span: tuple[datetime.time, datetime.time], start: datetime.datetime, end: datetime.datetime
) -> bool:
    first, last = span
    return start.date() == end.date() and first <= start.time() and end.time() <= last
