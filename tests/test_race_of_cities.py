"""Many at once for one topic, one page and one invitation, on whichever database the suite runs on."""

import json
import subprocess
import sys

import pytest

from tests.own_house import HOUSE, own_house


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    with own_house(tmp_path_factory.mktemp("race"), HOUSE_EMBEDDINGS_URL="none") as environment:
        done = subprocess.run(
            [sys.executable, "-m", "tests.race_of_cities"],
            env=environment, cwd=HOUSE, capture_output=True, text=True, timeout=900, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_of_200_tries_of_one_city_to_support_one_row_is_left(told):
    race = told["one_city_supports"]
    assert race == {"said": {"stands": 200}, "rows": 1}


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_of_twenty_who_save_the_same_version_one_does_and_nobody_loses_her_text(told):
    race = told["one_version_follows_another"]
    assert race == {"said": {"saved": 1, "met": 19}, "versions": 1, "number": 1}


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_an_invitation_accepted_twenty_times_makes_one_member(told):
    race = told["one_invitation_makes_one_member"]
    assert race == {"said": {"yes": 20}, "members": 1}
