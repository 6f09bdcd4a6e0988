"""Periods of a contract: they begin on its anniversaries, at midnight in the city's own time zone."""

import calendar
import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from house.partners.models import Per

_MONTHS = {Per.YEAR: 12, Per.QUARTER: 3, Per.MONTH: 1}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From its first day up to, not including, `ends_on`."""

    starts_on: datetime.date
    ends_on: datetime.date
    per: str

    def __contains__(self, day: datetime.date) -> bool:
        return self.starts_on <= day < self.ends_on

    def __str__(self) -> str:
        return f"{self.starts_on.isoformat()}/{self.last_day.isoformat()}"

    @property
    def last_day(self) -> datetime.date:
        return self.ends_on - datetime.timedelta(days=1)


def period_of(origin: datetime.date, per: str, day: datetime.date) -> Period:
    """The period with this day in it. Every start is reckoned from the contract's first day.

    A contract from the 31st begins its periods on the last day of shorter months.
    """
    step = _MONTHS[Per(per)]
    months = (day.year - origin.year) * 12 + day.month - origin.month
    number = months // step
    while _later(origin, number * step) > day:
        number -= 1
    return Period(_later(origin, number * step), _later(origin, (number + 1) * step), per)


def _later(origin: datetime.date, months: int) -> datetime.date:
    year, month = divmod(origin.year * 12 + origin.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(origin.day, last))


def today_in(time_zone: str, at: datetime.datetime) -> datetime.date:
    return at.astimezone(ZoneInfo(time_zone)).date()


def midnight(day: datetime.date, time_zone: str) -> datetime.datetime:
    """The moment the day begins there, in UTC. Where the clock skips midnight, the moment it skips."""
    local = datetime.datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(time_zone))
    return local.astimezone(datetime.UTC)
