"""When places are open: rules against dateutil, hours as OSM writes them, days without, clocks that change."""

import datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from house.atlas.initiatives.opening import osm_hours, rules
from house.atlas.initiatives.opening.windows import can_tell, closed_span, windows

MONDAY = datetime.date(2024, 1, 1)
DAYS = st.lists(
    st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=3, unique=True
)
RULES = st.one_of(
    st.builds(
        lambda n, days: f"FREQ=WEEKLY;INTERVAL={n};BYDAY={','.join(days)}",
        st.integers(1, 4),
        DAYS,
    ),
    st.builds(
        lambda n, nth, days: (
            f"FREQ=MONTHLY;INTERVAL={n};BYDAY={','.join(f'{nth}{d}' for d in days)}"
        ),
        st.integers(1, 3),
        st.sampled_from([1, 2, 3, 4, -1, -2]),
        DAYS,
    ),
    st.builds(
        lambda place, days: f"FREQ=MONTHLY;BYSETPOS={place};BYDAY={','.join(days)}",
        st.sampled_from([1, 2, -1]),
        DAYS,
    ),
    st.builds(lambda n: f"FREQ=DAILY;INTERVAL={n}", st.integers(1, 10)),
    st.builds(
        lambda day, month: f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}",
        st.integers(1, 31),
        st.integers(1, 12),
    ),
)


@given(text=RULES, start=st.dates(datetime.date(2024, 1, 1), datetime.date(2026, 12, 31)))
def test_days_of_a_rule_are_those_that_dateutil_finds(text, start):
    end = start + datetime.timedelta(days=120)
    of_theirs = rrulestr(text, dtstart=datetime.datetime(2024, 1, 1)).between(
        datetime.datetime.combine(start, datetime.time()),
        datetime.datetime.combine(end, datetime.time()),
        inc=True,
    )

    assert rules.days_of(rules.parse(text), start, end, anchor=MONDAY) == [
        moment.date() for moment in of_theirs
    ]


def test_a_day_that_never_comes_costs_no_more_than_the_span():
    rule = rules.parse("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
    assert rules.days_of(rule, MONDAY, MONDAY + datetime.timedelta(days=400), anchor=MONDAY) == []


@pytest.mark.parametrize(
    "text",
    ["FREQ=SECONDLY", "FREQ=WEEKLY;COUNT=5", "BYDAY=MO", "FREQ=WEEKLY;BYDAY=9XX", "FREQ=DAILY;INTERVAL=0", "x" * 300],
)  # fmt: skip
def test_what_is_no_rule_of_days_is_refused(text):
    with pytest.raises(rules.NotARule):
        rules.parse(text)


@pytest.mark.parametrize(
    ("hours", "day", "times"),
    [
        ("24/7", "2026-03-04", ((0, 1440),)),
        ("Mo-Fr 10:00-18:00; Sa 11:00-16:00", "2026-03-07", ((660, 960),)),
        ("Mo-Fr 10:00-18:00; Sa 11:00-16:00", "2026-03-08", ()),
        ("Tu 16:00-19:00, We 10:00-12:00", "2026-03-04", ((600, 720),)),
        ("Fr 20:00-04:00", "2026-03-06", ((1200, 1680),)),
        ("May-Aug 07:00-20:00; Sep-Oct 07:00-19:00", "2026-09-01", ((420, 1140),)),
        ("Apr 01-Sep 15 09:00-20:00; Sep 16-Mar 31 9:00-18:00", "2026-01-10", ((540, 1080),)),
        ("Mo-Su,PH 00:00-24:00", "2026-03-04", ((0, 1440),)),
        ("Mo-Su 08:00-18:00; PH off", "2026-03-04", ((480, 1080),)),
        ("Mon-Fri 08:30-18:00, Sat 09:00-17:00", "2026-03-07", ((540, 1020),)),
        ("Mo-Fr 09:00-12:00,13:00-17:00; Aug off", "2026-08-03", ()),
    ],
)
def test_hours_as_people_write_them(hours, day, times):
    parts = osm_hours.parse(hours)
    assert osm_hours.times_on(parts, datetime.date.fromisoformat(day)) == times


@pytest.mark.parametrize(
    "hours",
    [
        "sunrise-sunset",
        "same",
        "Mo 25:00-26:00",
        "check hours",
        "",
        "Jun 31 x",
        "Mo-PH 10:00-12:00",
    ],
)
def test_what_we_do_not_understand_opens_nothing(hours):
    facts = {"hours": hours, "rules": [], "closed": []}
    assert not can_tell(facts)
    assert (
        list(islice(windows(facts, "UTC", datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)), 3))
        == []
    )


def openings(zone, start, **facts):
    facts = {"hours": "", "rules": [], "closed": [], **facts}
    found = windows(
        facts, zone, datetime.datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone))
    )
    return [
        tuple(moment.astimezone(ZoneInfo(zone)).strftime("%m-%d %H:%M") for moment in each)
        for each in islice(found, 3)
    ]


def test_a_rule_keeps_the_hour_of_its_city_when_clocks_change():
    rules_of = [{"rule": "FREQ=WEEKLY;BYDAY=SU", "starts": "13:00", "ends": "15:00"}]
    assert openings("Europe/Amsterdam", "2026-03-20", rules=rules_of) == [
        ("03-22 13:00", "03-22 15:00"), ("03-29 13:00", "03-29 15:00"), ("04-05 13:00", "04-05 15:00"),
    ]  # fmt: skip


def test_days_without_and_months_without_are_left_out():
    rules_of = [{"rule": "FREQ=MONTHLY;BYDAY=1TU", "starts": "13:00", "ends": "17:00"}]
    closed = ["08", "2026-09-01", "12-24:12-31"]
    assert [opens for opens, _closes in openings("Europe/Amsterdam", "2026-07-10", rules=rules_of, closed=closed)] == [
        "10-06 13:00", "11-03 13:00", "12-01 13:00",
    ]  # fmt: skip


def test_an_evening_that_lasts_past_midnight_is_still_going_on():
    assert openings("Europe/Berlin", "2026-03-07 01:30", hours="Fr 20:00-04:00")[0] == (
        "03-06 20:00", "03-07 04:00",
    )  # fmt: skip


def test_always_open_is_one_opening():
    found = windows(
        {"hours": "24/7", "rules": [], "closed": []},
        "UTC",
        datetime.datetime(2026, 1, 5, tzinfo=datetime.UTC),
    )
    assert len(list(found)) == 1


@pytest.mark.parametrize("text", ["", "x", "2026", "08:2026-01", "13-41x"])
def test_what_is_no_span_is_none(text):
    assert closed_span(text) is None
