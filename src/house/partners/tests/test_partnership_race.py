"""Twenty at once at one partnership, on whichever database the suite runs on."""

import json
import subprocess
import sys

import pytest

from tests.own_house import own_house


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What became of each race, in a house of its own: threads with connections of their own."""
    with own_house(tmp_path_factory.mktemp("race")) as environment:
        done = subprocess.run(
            [sys.executable, "-m", "house.partners.tests.race_for_a_city"],
            env=environment, capture_output=True, text=True, timeout=900, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_of_twenty_who_open_one_city_one_does(told):
    assert told["many_open_one_city"] == {"granted": 1, "open": 1}


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_two_levels_planned_for_one_day_leave_one_plan(told):
    assert told["many_plan_another_level_for_one_day"] == {"granted": 10, "plans": 1}


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_one_end_moved_by_twenty_is_moved_once(told):
    assert told["many_extend_to_one_day"] == {"granted": 20, "changes": 1}
