"""One moment in the hours of several cities: who is at work then, who rests, and who is asleep.

The one scale of the house: whoever looks for fair hours reckons with it.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from house.vocabulary.models import City

_QUARTER = datetime.timedelta(minutes=15)
_LONGEST = datetime.timedelta(hours=24)


class Mark(StrEnum):
    """What an hour is to those who live there."""

    OFFICE = "office"  # 9 to 18 on a working day
    EDGE = "edge"  # 7 to 9, 18 to 22
    REST = "rest"  # by day, on a day of rest
    NIGHT = "night"  # 22 to 7


STRAIN = {Mark.OFFICE: 0, Mark.EDGE: 1, Mark.REST: 2, Mark.NIGHT: 4}

# Days of rest by country (Monday is 0): CLDR supplemental data, weekData, weekendStart and weekendEnd.
USUAL = frozenset({5, 6})
_RESTS = {
    **dict.fromkeys(
        ("BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "LY", "OM", "QA", "SA", "SD", "SY", "YE"),
        frozenset({4, 5}),
    ),
    "AF": frozenset({3, 4}),
    "IR": frozenset({4}),
    "IN": frozenset({6}),
    "UG": frozenset({6}),
}


def rests_of(country: str) -> frozenset[int]:
    """The weekdays on which a country rests, by its ISO 3166 code."""
    return _RESTS.get(country.upper(), USUAL)


@dataclass(frozen=True, slots=True)
class Hour:
    """When something begins and ends in one city."""

    city: City
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    mark: Mark

    @property
    def strain(self) -> int:
        return STRAIN[self.mark]


def in_zone(moment: datetime.datetime, zone: str) -> datetime.datetime:
    return moment.astimezone(ZoneInfo(zone))


def mark_at(moment: datetime.datetime, rests: frozenset[int]) -> Mark:
    """What a local moment is: a night belongs to no working day and to no day of rest."""
    if not 7 <= moment.hour < 22:
        return Mark.NIGHT
    if moment.weekday() in rests:
        return Mark.REST
    return Mark.OFFICE if 9 <= moment.hour < 18 else Mark.EDGE


@lru_cache(maxsize=4096)
def there(
    name: str, rests: frozenset[int], starts_at: datetime.datetime, minutes: int
) -> tuple[datetime.datetime, datetime.datetime, Mark]:
    """When it begins and ends there, and what it is: the heaviest of its quarters counts.

    Cities of one zone share their hours, so a slot is reckoned once for all of them.
    """
    begins = starts_at.astimezone(datetime.UTC)
    ends = begins + min(datetime.timedelta(minutes=minutes), _LONGEST)
    zone, moment, heaviest = ZoneInfo(name), begins, Mark.OFFICE
    while moment < ends:
        mark = mark_at(moment.astimezone(zone), rests)
        heaviest = max(heaviest, mark, key=STRAIN.__getitem__)
        moment += _QUARTER
    return begins.astimezone(zone), ends.astimezone(zone), heaviest


def hours_of(
    starts_at: datetime.datetime, ends_at: datetime.datetime, cities: Iterable[City]
) -> list[Hour]:
    """The local hours of each city, in the order given."""
    minutes = round((ends_at - starts_at).total_seconds() / 60)
    return [
        Hour(city, *there(city.time_zone, rests_of(city.country), starts_at, minutes))
        for city in cities
    ]


def burdens(
    dates: Iterable[tuple[datetime.datetime, datetime.datetime]], cities: Sequence[City]
) -> dict[str, int]:
    """What past dates asked of each city together: who bore the nights before."""
    found = {city.pk: 0 for city in cities}
    for starts_at, ends_at in dates:
        for hour in hours_of(starts_at, ends_at, cities):
            found[hour.city.pk] += hour.strain
    return found
