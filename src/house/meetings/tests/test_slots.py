"""Free slots against a slow reckoner in plain words: minute by minute, by what the clocks show."""

import datetime
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from house.meetings.slots import (
    MIDNIGHT,
    Change,
    Diary,
    Span,
    Terms,
    Weekly,
    free_slots,
    open_hours,
    spans_of,
    united,
    why_not,
)

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# Both ways, whole hours and half ones, both hemispheres, and a zone that never changes.
ZONES = [
    "Europe/Amsterdam",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Cairo",
]
# Around days on which a clock is put forward or back somewhere.
STARTS = [
    datetime.datetime(2026, 3, 27, 5, 7, tzinfo=UTC), datetime.datetime(2026, 10, 23, 21, 0, tzinfo=UTC),
    datetime.datetime(2026, 3, 6, 11, 31, tzinfo=UTC), datetime.datetime(2026, 10, 30, 0, 0, tzinfo=UTC),
    datetime.datetime(2026, 4, 3, 12, 0, tzinfo=UTC), datetime.datetime(2026, 6, 1, 23, 59, tzinfo=UTC),
]  # fmt: skip


def shows(moment, zone):
    """(date, minute of the day) that a clock there shows."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.date(), local.hour * 60 + local.minute


def is_open(diary, moment):
    """The rule in plain words, for one minute."""

    def inside(change):
        day, minute = shows(moment, change.zone)
        return day == change.day and change.begins <= minute < change.ends

    if any(inside(change) for change in diary.changes if not change.is_off):
        return True
    if any(inside(change) for change in diary.changes if change.is_off):
        return False
    for rule in diary.weekly:
        day, minute = shows(moment, rule.zone)
        if day.weekday() == rule.weekday and rule.begins <= minute < rule.ends:
            return True
    return False


def minutes_of(span):
    for number in range(int((span.ends_at - span.starts_at) / MINUTE)):
        yield span.starts_at + number * MINUTE


minute_pairs = st.tuples(st.integers(0, 95), st.integers(1, 96)).filter(lambda p: p[0] < p[1])
zones = st.sampled_from(ZONES)


@st.composite
def diaries(draw):
    now = draw(st.sampled_from(STARTS))
    weekly = [
        Weekly(weekday, pair[0] * 15, pair[1] * 15, zone)
        for weekday, pair, zone in draw(
            st.lists(st.tuples(st.integers(0, 6), minute_pairs, zones), min_size=1, max_size=5)
        )
    ]
    changes = [
        Change(now.date() + days * DAY, pair[0] * 15, pair[1] * 15, zone, is_off)
        for days, pair, zone, is_off in draw(
            st.lists(st.tuples(st.integers(0, 5), minute_pairs, zones, st.booleans()), max_size=3)
        )
    ]

    def spans(most):
        found = draw(st.lists(st.tuples(st.integers(0, 7000), st.integers(1, 300)), max_size=most))
        return [Span(now + a * MINUTE, now + (a + b) * MINUTE) for a, b in found]

    terms = Terms(
        zone=draw(zones),
        before=draw(st.sampled_from([0, 10, 45])) * MINUTE,
        after=draw(st.sampled_from([0, 15])) * MINUTE,
        notice=draw(st.sampled_from([0, 3, 30])) * HOUR,
        horizon=draw(st.sampled_from([2, 5])) * DAY,
        most_per_day=draw(st.sampled_from([0, 1, 2])),
        most_per_week=draw(st.sampled_from([0, 2])),
    )
    return Diary(terms, weekly, changes, spans(4), spans(2)), now


@settings(max_examples=120, deadline=None)
@given(drawn=diaries(), length=st.sampled_from([15, 30, 60, 90]))
def test_no_slot_lies_where_somebody_would_be_wronged(drawn, length):
    diary, now = drawn
    terms = diary.terms
    for slot in free_slots(diary, length * MINUTE, now):
        assert slot.ends_at - slot.starts_at == length * MINUTE
        assert now + terms.notice <= slot.starts_at <= now + terms.horizon
        assert all(is_open(diary, moment) for moment in minutes_of(slot))
        padded = Span(slot.starts_at - terms.before, slot.ends_at + terms.after)
        assert not any(padded.touches(busy) for busy in diary.busy)
        for other in diary.booked:
            gap = max(slot.starts_at - other.ends_at, other.starts_at - slot.ends_at)
            assert gap >= max(terms.before, terms.after)
        assert why_not(diary, slot, now) == ""


@settings(max_examples=60, deadline=None)
@given(drawn=diaries())
def test_open_hours_are_the_rule_in_plain_words_to_the_minute(drawn):
    diary, now = drawn
    since = now.replace(second=0)
    until = since + 2 * DAY
    told = {moment for span in open_hours(diary, since, until) for moment in minutes_of(span)}
    assert told == {
        since + n * MINUTE for n in range(2 * MIDNIGHT) if is_open(diary, since + n * MINUTE)
    }


@settings(max_examples=60, deadline=None)
@given(drawn=diaries(), at=st.integers(0, 1500), length=st.sampled_from([30, 60]))
def test_what_may_be_taken_is_judged_as_the_plain_rule_does(drawn, at, length):
    diary, now = drawn
    starts = now.replace(minute=0) + at * 5 * MINUTE
    slot, terms = Span(starts, starts + length * MINUTE), diary.terms
    padded = Span(slot.starts_at - terms.before, slot.ends_at + terms.after)
    between = max(terms.before, terms.after)
    is_free = (
        now + terms.notice <= starts <= now + terms.horizon
        and all(is_open(diary, moment) for moment in minutes_of(slot))
        and not any(padded.touches(busy) for busy in diary.busy)
        and not any(slot.touches(other.wider(between, between)) for other in diary.booked)
    )
    assert (why_not(diary, slot, now) in {"", "full"}) == is_free


@pytest.mark.parametrize(
    ("day", "begins", "ends", "told"),
    [
        # The clock is put forward at 2:00: an hour is missing, and 2:00 to 3:00 does not exist.
        ("2026-03-29", 60, 300, ["00:00–03:00"]),
        ("2026-03-29", 120, 180, []),
        ("2026-03-29", 150, 240, ["01:00–02:00"]),
        # It is put back at 3:00: what is shown twice is open twice, and a quarter before it is closed.
        ("2026-10-25", 60, 300, ["23:00–04:00"]),
        ("2026-10-25", 135, 300, ["00:15–01:00", "01:15–04:00"]),
        ("2026-10-25", 120, 150, ["00:00–00:30", "01:00–01:30"]),
        ("2026-06-10", 540, 600, ["07:00–08:00"]),
    ],
)
def test_the_days_on_which_a_clock_is_put_forward_or_back(day, begins, ends, told):
    found = united(spans_of(datetime.date.fromisoformat(day), begins, ends, "Europe/Amsterdam"))
    assert [f"{span.starts_at:%H:%M}–{span.ends_at:%H:%M}" for span in found] == told


def test_a_day_is_full_and_a_week_is_full():
    monday = datetime.datetime(2026, 6, 1, tzinfo=UTC)
    terms = Terms(zone="UTC", most_per_day=1, most_per_week=2)
    week = [Weekly(day, 540, 660, "UTC") for day in range(5)]
    booked = [Span(monday + 9 * HOUR, monday + 10 * HOUR)]
    found = free_slots(Diary(terms, week, booked=booked), HOUR, monday)
    assert monday.date() not in {slot.starts_at.date() for slot in found}
    booked += [Span(monday + DAY + 9 * HOUR, monday + DAY + 10 * HOUR)]
    found = free_slots(Diary(terms, week, booked=booked), HOUR, monday)
    assert min(slot.starts_at for slot in found) == monday + 7 * DAY + 9 * HOUR


def test_a_thousand_rules_and_a_year_ahead_are_bounded():
    now = datetime.datetime(2026, 6, 1, tzinfo=UTC)
    rules = [Weekly(day % 7, 0, MIDNIGHT, "UTC") for day in range(40)]
    diary = Diary(Terms(zone="UTC", horizon=365 * DAY), rules)
    assert len(free_slots(diary, 15 * MINUTE, now)) == 2000
