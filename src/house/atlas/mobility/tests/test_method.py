"""Ranks are ranges, missing is not zero, and the same inputs give the same result."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from house.atlas.mobility.method import Parameters, first, ranking
from house.atlas.mobility.method.gathering import gather
from house.atlas.mobility.models.edition import canonical

FEW = Parameters(draws=40, least_known=1).plain()


def measure(points=None, **facts):
    plain = {"answered": None, "points": points, "stations": points, "vehicles": None, "modes": [],
             "licence": None, "flags": None, "version": "", "source": "audit", "on": "2026-05-28"}  # fmt: skip
    return plain | facts


def system(name, *places, **facts):
    plain = {"id": name, "name": name, "country": "NL", "location": "X", "operator": f"{name}.example",
             "discovery": "", "versions": ["2.3"], "key": False, "modes": [], "places": list(places), "how": "name"}  # fmt: skip
    return plain | facts


def place(name, population=100_000):
    return {"name": name, "country": "NL", "admin": "", "city": None, "population": population, "spread": 0.1,
            "source": "gazetteer", "on": ""}  # fmt: skip


def bundle(*systems, measures=None, places=None, **facts):
    return {
        "systems": list(systems), "measures": measures or {}, "corrections": [], "before": None,
        "places": places or {"a": place("A"), "b": place("B", 300_000), "c": place("C", None)},
        "sources": {key: {"on": "2026-07-21"} for key in ("systems", "audit", "gazetteer", "correction:x")},
        "asked": ["keyless", "version"],
    } | facts  # fmt: skip


def figures(made, code="a"):
    return gather(made, code, [each for each in made["systems"] if code in each["places"]])


def test_what_nobody_counted_is_missing_and_says_why_and_a_real_nought_is_a_nought():
    nobody = figures(bundle(system("s", "a")))
    assert nobody["supply"].value is None
    assert nobody["supply"].why == "not-counted"
    none_there = figures(bundle(system("s", "a"), measures={"s": measure(0)}))
    assert (none_there["supply"].value, none_there["supply"].why) == (0, "")
    unknown_city = figures(bundle(system("s", "c"), measures={"s": measure(50)}), "c")
    assert (unknown_city["points"].value, unknown_city["supply"].why) == (50, "no-population")


def test_a_shared_system_counts_once_for_the_people_of_all_its_cities():
    made = bundle(system("s", "a", "b"), measures={"s": measure(400)})
    assert [figures(made, code)["points"].value for code in "ab"] == [200, 200]
    assert [figures(made, code)["supply"].value for code in "ab"] == [1.0, 1.0]  # 400 for 400,000


def test_of_systems_that_were_not_counted_the_bounds_tell():
    made = bundle(system("s", "a"), system("t", "a"), measures={"s": measure(100)})
    found = figures(made)["supply"]
    assert (found.value, found.parts) == (1.0, {"counted": 1, "systems": 2})
    assert found.low < 1.0
    assert found.high > 2.0


def test_unstated_kinds_leave_the_number_of_kinds_open():
    made = bundle(system("s", "a", modes=["bike"]), system("t", "a"))
    found = figures(made)["modes"]
    assert (found.value, found.low, found.high) == (1, 1, 2)
    assert figures(bundle(system("t", "a")))["modes"].why == "not-stated"


def test_a_correction_counts_and_what_was_said_before_stays():
    right = {"code": "x", "place": "a", "field": "stations", "value": 500.0, "on": "2026-06-01"}
    made = bundle(system("s", "a"), measures={"s": measure(100)}, corrections=[right])
    found = figures(made)
    assert (found["stations"].value, found["stations"].corrected["value"]) == (500, 100)
    assert found["stations"].sources == ["correction:x"]
    assert found["supply"].value == 5.0
    assert figures(made, "b")["stations"].corrected is None


def test_openness_is_the_mean_of_what_is_known():
    made = bundle(
        system("s", "a", versions=["1.1", "3.0"]), system("t", "a", versions=[], key=True)
    )
    assert (
        figures(made)["openness"].value == 75.0
    )  # half without a key, version 3 where one is stated


def world(count=12):
    systems = [
        system(f"s{n}", f"p{n}", modes=["bike"], versions=["2.3" if n % 2 else "3.0"])
        for n in range(count)
    ]
    places = {f"p{n}": place(f"P{n}", 50_000 + 10_000 * n) for n in range(count)}
    measures = {f"s{n}": measure(40 * (n + 1)) for n in range(0, count, 2)}
    return bundle(*systems, places=places, measures=measures)


def test_computed_twice_it_is_the_same_to_the_last_byte():
    assert canonical(first.compute(world(), FEW)) == canonical(first.compute(world(), FEW))
    other = first.compute(world(), FEW | {"seed": 7})
    assert canonical(other) != canonical(first.compute(world(), FEW))


def test_an_indicator_that_few_cities_have_ranks_nobody():
    found = first.compute(world(), FEW | {"least_known": 7})
    assert found["used"] == ["modes", "operators", "openness"]
    assert found["cities"][0]["figures"]["supply"]["value"] is not None


def test_change_is_told_only_where_ranges_lie_apart():
    earlier = {"edition": "e", "on": "2026-04-15", "cities": {
        "p0": {"systems": {"s0": "s0", "gone": "Gone"}, "low": 90, "high": 99},
        "p1": {"systems": {"s1": "s1"}, "low": 1, "high": 12},
    }}  # fmt: skip
    found = {
        c["code"]: c["change"] for c in first.compute(world() | {"before": earlier}, FEW)["cities"]
    }
    assert (found["p0"]["moved"], found["p0"]["went"], found["p0"]["came"]) == ("up", ["Gone"], [])
    assert found["p1"]["moved"] == ""
    assert found["p2"]["was_there"] is False


numbers = st.integers(0, 1000)
rows = st.lists(st.tuples(st.none() | numbers, st.none() | numbers), min_size=1, max_size=15)


def ranks_of(table, weights=(2.0, 1.0), seed=5):
    point = np.array([[np.nan if v is None else v for v in row] for row in table], dtype=float)
    if np.isnan(point).all(axis=0).any():  # an indicator that nobody has is not ranked by
        point[0] = 1.0
    inputs = ranking.Inputs(point, point * 0.9, point * 1.1, (True, False))
    return ranking.rank(inputs, np.array(weights), parameters=FEW | {"seed": seed})


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(rows)
def test_a_range_holds_its_middle_and_lies_among_the_cities(table):
    ranks = ranks_of(table)
    assert (ranks.low >= 1).all()
    assert (ranks.low <= ranks.middle).all()
    assert (ranks.middle <= ranks.high).all()
    assert (ranks.high <= len(table)).all()
    assert (ranks.drawn.min(axis=1) == 1).all()  # somebody is first in every draw


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(rows, st.integers(1, 9))
def test_weights_count_by_their_proportion_alone(table, times):
    assert (ranks_of(table).drawn == ranks_of(table, (2.0 * times, 1.0 * times)).drawn).all()


def test_who_is_far_ahead_in_everything_is_first_for_sure_and_told_apart():
    table = [(1000.0, 1000.0), *((float(n), float(n)) for n in range(1, 9))]
    ranks = ranks_of(table)
    assert (ranks.low[0], ranks.high[0]) == (1, 1)
    ahead, behind = ranking.ahead(ranks, 0)
    assert ahead.max() == 0
    assert behind[1:].min() == 1
    assert ranking.groups(ranks, first.in_order(ranks), sure=0.95)[0] == 1


def test_who_is_not_known_gets_a_wide_range_neither_last_nor_first():
    table = [(None, 5.0), *((float(n), 5.0) for n in range(1, 21))]
    ranks = ranks_of(table)
    assert ranks.high[0] - ranks.low[0] >= 12
    assert 5 < ranks.middle[0] < 17


@pytest.mark.parametrize(
    ("values", "expected"),
    [([1.0, 2.0, 3.0], [0, 50, 100]), ([4.0, 4.0], [50, 50]), ([9.0], [50])],
)
def test_percentiles_give_equals_the_same(values, expected):
    assert ranking.percentiles(np.array(values)).tolist() == expected
