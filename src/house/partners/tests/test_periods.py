"""Periods of a contract: anniversaries, short months, and midnights that clocks skip or repeat."""

import datetime
from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from house.partners.models import Per
from house.partners.periods import midnight, period_of, today_in

DAYS = st.dates(date(2015, 1, 1), date(2045, 12, 31))


@given(origin=DAYS, day=DAYS, per=st.sampled_from(Per.values))
def test_every_day_is_in_exactly_one_period(origin, day, per):
    period = period_of(origin, per, day)
    assert day in period
    assert period_of(origin, per, period.starts_on) == period
    assert period_of(origin, per, period.last_day) == period
    following = period_of(origin, per, period.ends_on)
    assert following.starts_on == period.ends_on
    assert day not in following


@given(day=DAYS)
def test_four_quarters_and_twelve_months_make_the_contract_year(day):
    origin = date(2020, 2, 29)
    year = period_of(origin, Per.YEAR, day)
    for per, count in ((Per.QUARTER, 4), (Per.MONTH, 12)):
        at, seen = year.starts_on, 0
        while at < year.ends_on:
            at, seen = period_of(origin, per, at).ends_on, seen + 1
        assert (at, seen) == (year.ends_on, count)


@pytest.mark.parametrize(
    ("origin", "per", "day", "expected"),
    [
        (date(2024, 2, 29), Per.YEAR, date(2025, 2, 28), (date(2025, 2, 28), date(2026, 2, 28))),
        (date(2024, 2, 29), Per.YEAR, date(2028, 2, 28), (date(2027, 2, 28), date(2028, 2, 29))),
        (date(2026, 1, 31), Per.MONTH, date(2026, 3, 30), (date(2026, 2, 28), date(2026, 3, 31))),
        (date(2026, 5, 15), Per.QUARTER, date(2026, 8, 14), (date(2026, 5, 15), date(2026, 8, 15))),
        (
            date(2026, 5, 15),
            Per.QUARTER,
            date(2026, 8, 15),
            (date(2026, 8, 15), date(2026, 11, 15)),
        ),
        # A day before the contract begins has a period too: the one before its first.
        (date(2026, 5, 15), Per.YEAR, date(2026, 5, 14), (date(2025, 5, 15), date(2026, 5, 15))),
    ],
)
def test_starts_keep_to_the_contracts_day_where_the_month_has_it(origin, per, day, expected):
    period = period_of(origin, per, day)
    assert (period.starts_on, period.ends_on) == expected


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Europe/Amsterdam", date(2026, 3, 29), datetime.datetime(2026, 3, 28, 23, tzinfo=UTC)),
        ("Europe/Amsterdam", date(2026, 3, 30), datetime.datetime(2026, 3, 29, 22, tzinfo=UTC)),
        # Chile skips its midnight on 6 September 2026: the day begins at one.
        ("America/Santiago", date(2026, 9, 6), datetime.datetime(2026, 9, 6, 4, tzinfo=UTC)),
        # Cuba repeats its midnight on 1 November 2026: the day begins at the first.
        ("America/Havana", date(2026, 11, 1), datetime.datetime(2026, 11, 1, 4, tzinfo=UTC)),
        ("Asia/Seoul", date(2026, 1, 1), datetime.datetime(2025, 12, 31, 15, tzinfo=UTC)),
    ],
)
def test_midnight_is_the_citys_own_whatever_its_clocks_do(zone, day, expected):
    assert midnight(day, zone) == expected
    assert today_in(zone, expected) == day
    assert today_in(zone, expected - datetime.timedelta(seconds=1)) < day


@given(day=DAYS, zone=st.sampled_from(["America/Santiago", "Asia/Beirut", "Pacific/Apia", "UTC"]))
def test_a_day_begins_at_its_midnight_everywhere(day, zone):
    begins = midnight(day, zone)
    assert begins.astimezone(ZoneInfo(zone)).date() == day
    assert today_in(zone, begins - datetime.timedelta(seconds=1)) == day - datetime.timedelta(
        days=1
    )
