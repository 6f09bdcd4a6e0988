import datetime
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from house.gatherings.fairhours import (
    Place,
    burdens,
    hours_in,
    key_of,
    plan_of,
    slots,
    suggest,
)
from house.vocabulary.hours import STRAIN, Mark, mark_at, rests_of

UTC = datetime.UTC
ZONES = (
    "Europe/Amsterdam", "America/New_York", "America/Los_Angeles", "Asia/Seoul", "Australia/Lord_Howe",
    "Asia/Jerusalem", "Africa/Cape_Town".replace("Cape_Town", "Johannesburg"), "America/Sao_Paulo",
    "Asia/Kathmandu", "Pacific/Auckland",
)  # fmt: skip

places = st.lists(
    st.builds(
        Place,
        code=st.uuids().map(str),
        zone=st.sampled_from(ZONES),
        rests=st.sampled_from([frozenset({5, 6}), frozenset({4, 5}), frozenset({4})]),
        people=st.integers(1, 9),
        meetings=st.integers(0, 9),
        nights=st.just(0),
        strain=st.integers(0, 30),
    ),
    min_size=1,
    max_size=6,
)
days = st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31))


def at(*told):
    return datetime.datetime(*told, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "weekday", "mark"),
    [
        (6, 0, "night"), (7, 0, "edge"), (8, 0, "edge"), (9, 0, "office"), (17, 0, "office"),
        (18, 0, "edge"), (21, 0, "edge"), (22, 0, "night"), (10, 5, "rest"), (23, 5, "night"),
    ],
)  # fmt: skip
def test_an_hour_is_night_edge_office_or_rest(hour, weekday, mark):
    monday = datetime.date(2026, 6, 1)
    moment = datetime.datetime.combine(
        monday + datetime.timedelta(days=weekday), datetime.time(hour)
    )
    assert mark_at(moment, rests_of("NL")) == Mark(mark)


def test_the_local_hour_is_that_of_the_day_itself():
    """New York changes its clocks on 8 March 2026, Amsterdam three weeks later."""
    new_york = Place("nyc", "America/New_York")
    before, after = (
        hours_in(new_york, at(2026, 3, 6, 14), 60),
        hours_in(new_york, at(2026, 3, 10, 14), 60),
    )
    assert (before.begins.hour, before.mark) == (9, Mark.OFFICE)
    assert (after.begins.hour, after.mark) == (10, Mark.OFFICE)
    amsterdam = Place("ams", "Europe/Amsterdam")
    assert hours_in(amsterdam, at(2026, 3, 27, 17), 60).mark == Mark.EDGE
    assert hours_in(amsterdam, at(2026, 3, 27, 16), 60).mark == Mark.OFFICE
    assert hours_in(amsterdam, at(2026, 3, 30, 16), 60).mark == Mark.EDGE  # an hour later now


def test_friday_is_rest_in_tel_aviv_and_sunday_is_work():
    tel_aviv = Place("tlv", "Asia/Jerusalem", rests=rests_of("IL"))
    friday, sunday = at(2026, 6, 5, 9), at(2026, 6, 7, 9)
    assert hours_in(tel_aviv, friday, 60).mark == Mark.REST
    assert hours_in(tel_aviv, sunday, 60).mark == Mark.OFFICE
    ghent = Place("ghe", "Europe/Brussels", rests=rests_of("BE"))
    assert hours_in(ghent, friday, 60).mark == Mark.OFFICE
    assert hours_in(ghent, sunday, 60).mark == Mark.REST


def test_half_a_night_is_a_night_and_the_next_day_is_told():
    seoul = hours_in(Place("sel", "Asia/Seoul"), at(2026, 6, 1, 12, 30), 60)
    assert seoul.mark == Mark.NIGHT  # 21:30 to 22:30
    late = hours_in(Place("sel", "Asia/Seoul"), at(2026, 6, 1, 16), 60)
    assert (late.begins.hour, late.days_apart) == (1, 1)


def test_a_day_has_as_many_slots_as_its_clocks_give_it():
    amsterdam = "Europe/Amsterdam"
    count = {
        day: len(list(slots(day, day, amsterdam)))
        for day in map(datetime.date.fromisoformat, ("2026-03-28", "2026-03-29", "2026-10-25"))
    }
    assert list(count.values()) == [48, 46, 50]


def test_a_newcomer_begins_where_the_others_stand():
    known = [Place("a", "UTC", meetings=4, strain=8), Place("b", "UTC", meetings=4, strain=4)]
    assert burdens([*known, Place("new", "UTC")]) == (8.0, 4.0, 6.0)
    assert burdens([Place("new", "UTC")]) == (0.0,)


def test_who_bore_the_nights_is_spared_next_time():
    seoul = Place("sel", "Asia/Seoul", meetings=3)
    new_york = Place("nyc", "America/New_York", meetings=3)
    day = datetime.date(2026, 6, 3)

    def bears(*who):
        (best,) = suggest(who, slots(day, day, "UTC"), 90, wanted=1)
        return {hours.place.code: hours.strain for hours in best.hours}

    tired = Place("sel", "Asia/Seoul", meetings=3, strain=12)
    assert bears(tired, new_york)["sel"] == 0
    assert bears(seoul, Place("nyc", "America/New_York", meetings=3, strain=12))["nyc"] == 0


@settings(deadline=None)
@given(who=places, day=days, minutes=st.integers(15, 300))
def test_no_proposed_slot_is_strictly_worse_for_everybody(who, day, minutes):
    candidates = list(slots(day, day, "UTC"))
    plans = [plan_of(who, moment, minutes) for moment in candidates]
    for proposed in suggest(who, candidates, minutes):
        for other in plans:
            beaten = [a < b for a, b in zip(other.strains(), proposed.strains(), strict=True)]
            assert not all(beaten)


@settings(deadline=None)
@given(who=places, day=days, minutes=st.integers(15, 300))
def test_the_first_proposal_leaves_the_worst_off_as_well_as_any_slot_can(who, day, minutes):
    candidates = list(slots(day, day, "UTC"))
    past = burdens(who)
    first = suggest(who, candidates, minutes)[0]
    heaviest = [max(key_of(plan_of(who, moment, minutes), past)[0]) for moment in candidates]
    assert max(key_of(first, past)[0]) == min(heaviest)


def test_proposals_spread_the_hours_differently_where_they_can():
    day = datetime.date(2026, 6, 3)
    who = [
        Place("ams", "Europe/Amsterdam"),
        Place("sel", "Asia/Seoul"),
        Place("nyc", "America/New_York"),
    ]
    found = suggest(who, slots(day, day + datetime.timedelta(days=4), "UTC"), 90)
    assert len({plan.strains() for plan in found}) == 3


def simulated_year(choose, seed=7):
    """26 gatherings; most of fourteen cities come to each; the strain of each is kept."""
    rng = random.Random(seed)
    zones = [*["Europe/Amsterdam"] * 4, "Europe/London", *ZONES[1:]]
    strain, nights, came = [0] * len(zones), [0] * len(zones), [0] * len(zones)
    for week in range(26):
        there = [i for i in range(len(zones)) if rng.random() < 0.8]
        who = [
            Place(str(i), zones[i], meetings=came[i], nights=nights[i], strain=strain[i])
            for i in there
        ]
        day = datetime.date(2026, 1, 7) + datetime.timedelta(weeks=2 * week)
        plan = choose(who, day)
        for i, hours in zip(there, plan.hours, strict=True):
            came[i] += 1
            strain[i] += STRAIN[hours.mark]
            nights[i] += hours.mark == Mark.NIGHT
    return nights


def test_over_a_year_no_city_bears_the_nights_for_the_others():
    """Against the usual habit, 15:00 at the seat of the network, where the same ones sit up each time."""
    fair = simulated_year(lambda who, day: suggest(who, slots(day, day, "UTC"), 90, wanted=1)[0])
    habit = simulated_year(lambda who, day: plan_of(who, at(day.year, day.month, day.day, 14), 90))
    mean = sum(fair) / len(fair)
    assert max(fair) <= 1.6 * mean
    assert max(fair) < max(habit) / 2
