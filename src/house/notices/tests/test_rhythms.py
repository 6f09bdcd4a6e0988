"""Hours, days and zones, drawn by Hypothesis: never in quiet hours, never away, never twice a period, never lost."""

import datetime
import itertools
import zoneinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from house.notices.models import Pace, Rhythm
from house.notices.rhythms import is_quiet, may_mail, moment_of, next_slot, period_of, zone_of

ZONES = (
    "UTC", "Europe/Amsterdam", "America/New_York", "Asia/Seoul", "Australia/Lord_Howe", "America/St_Johns",
    "Pacific/Apia", "Africa/Casablanca", "Asia/Kathmandu",
)  # fmt: skip
hours = st.integers(0, 23)
days = st.dates(datetime.date(2025, 1, 1), datetime.date(2027, 12, 31))
moments = st.datetimes(
    datetime.datetime(2025, 1, 1), datetime.datetime(2027, 12, 31), timezones=st.just(datetime.UTC)
)


@st.composite
def rhythms(draw):
    quiet = draw(st.none() | st.tuples(hours, hours))
    away = draw(st.none() | st.tuples(days, st.integers(0, 40)))
    return Rhythm(
        pace=draw(st.sampled_from(Pace)),
        weekday=draw(st.integers(0, 6)),
        hour=draw(hours),
        quiet_from=quiet and quiet[0],
        quiet_until=quiet and quiet[1],
        away_from=away and away[0],
        away_until=away and away[0] + datetime.timedelta(days=away[1]),
        zone=draw(st.sampled_from(ZONES)),
    )


@given(rhythm=rhythms(), after=moments)
@settings(max_examples=400)
def test_a_slot_is_later_and_never_in_quiet_hours_or_away(rhythm, after):
    slot = next_slot(rhythm, after)
    here = slot.astimezone(zone_of(rhythm.zone))
    assert slot > after
    assert may_mail(rhythm, slot)
    assert not is_quiet(rhythm, here.hour)
    assert not rhythm.is_away(here.date())


@given(rhythm=rhythms(), after=moments)
@settings(max_examples=300)
def test_slots_come_at_most_once_a_period_and_none_is_skipped(rhythm, after):
    step = datetime.timedelta(days=7 if rhythm.pace == Pace.WEEKLY else 1)
    slots = [next_slot(rhythm, after)]
    for _turn in range(4):
        slots.append(next_slot(rhythm, slots[-1]))
    assert len({period_of(rhythm, slot) for slot in slots}) == len(slots)
    slack = datetime.timedelta(
        hours=26
    )  # what quiet hours, clocks and a date that never was move a slot
    for earlier, later in itertools.pairwise(slots):
        away = _days_away_between(rhythm, earlier, later)
        assert later - earlier <= step * (1 + (away + step.days - 1) // step.days) + slack


def _days_away_between(rhythm, earlier, later):
    if rhythm.away_from is None:
        return 0
    first, last = earlier.date(), later.date()
    return sum(
        rhythm.is_away(first + datetime.timedelta(days=n)) for n in range((last - first).days + 2)
    )


@given(hour=hours, day=days, zone=st.sampled_from(ZONES))
def test_an_hour_is_that_hour_wherever_the_clock_has_it(hour, day, zone):
    zone = zoneinfo.ZoneInfo(zone)
    here = moment_of(day, hour, zone).astimezone(zone)
    if here.hour != hour:  # skipped in spring: it is the moment after the gap
        assert not _has(day, hour, zone)
        assert 0 < (here.hour - hour) % 24 <= 1 or here.date() != day


def _has(day, hour, zone):
    local = datetime.datetime.combine(day, datetime.time(hour), zone)
    return local.astimezone(datetime.UTC).astimezone(zone).replace(tzinfo=None) == local.replace(
        tzinfo=None
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-03-28", "2026-03-28T01:00:00+00:00"),  # winter
        ("2026-03-29", "2026-03-29T01:00:00+00:00"),  # 02:00 is skipped: 03:00 of summer
        ("2026-03-30", "2026-03-30T00:00:00+00:00"),
        ("2026-10-25", "2026-10-25T00:00:00+00:00"),  # 02:00 comes twice: the first
        ("2026-10-26", "2026-10-26T01:00:00+00:00"),
    ],
)
def test_summer_time_in_amsterdam(day, expected):
    zone = zoneinfo.ZoneInfo("Europe/Amsterdam")
    assert moment_of(datetime.date.fromisoformat(day), 2, zone).isoformat() == expected


@pytest.mark.parametrize(
    ("start", "end", "quiet"),
    [
        (None, None, []), (7, 7, []), (9, 12, [9, 10, 11]), (22, 2, [0, 1, 22, 23]),
        (0, 23, list(range(23))),
    ],
)  # fmt: skip
def test_quiet_hours_may_run_over_midnight(start, end, quiet):
    rhythm = Rhythm(quiet_from=start, quiet_until=end)
    assert [hour for hour in range(24) if is_quiet(rhythm, hour)] == quiet


def test_who_left_without_saying_when_she_is_back_gets_nothing_for_long():
    today = datetime.date(2026, 5, 1)
    now = datetime.datetime(2026, 5, 2, 12, tzinfo=datetime.UTC)
    rhythm = Rhythm(away_from=today)
    assert not may_mail(rhythm, now)
    assert next_slot(rhythm, now) > now + datetime.timedelta(days=300)


def test_an_unknown_zone_is_utc():
    assert zone_of("Mars/Olympus").key == "UTC"
