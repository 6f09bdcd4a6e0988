"""Twenty at once for one seat, on whichever database the suite runs on."""

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
            [sys.executable, "-m", "house.partners.tests.race_for_seats"],
            env=environment, capture_output=True, text=True, timeout=900, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_one_invitation_accepted_by_twenty_gives_one_seat(told):
    race = told["one_invitation_accepted_many_times"]
    assert race["said"] == {"granted": 20}, "the same person, told the same twenty times"
    assert (race["taken"], race["terms"], race["persons"]) == (1, 1, 1)


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_of_twenty_invitations_for_the_last_place_one_is_taken(told):
    race = told["last_place_by_many_invitations"]
    assert race["said"] == {"granted": 1, "All seats of this partnership are taken.": 19}
    assert (race["taken"], race["terms"]) == (1, 1)


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_of_twenty_who_make_the_last_seat_one_does(told):
    race = told["last_seat_made_by_many"]
    assert race["said"] == {"granted": 1, "All seats of this partnership are taken.": 19}
    assert race["seats"] == 1
