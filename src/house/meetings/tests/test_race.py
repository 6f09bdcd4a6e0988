"""Two hundred at once for one slot and for one unit, on whichever database the suite runs on."""

import json
import subprocess
import sys

import pytest
from django.db import connection

from tests.own_house import own_house


@pytest.fixture
def a_house(tmp_path):
    with own_house(tmp_path, HOUSE_LOG_LEVEL="CRITICAL") as environment:
        yield environment


def raced(environment, what, tries=200):
    done = subprocess.run(
        [sys.executable, "-m", "house.meetings.tests.race_for_slots", what, str(tries)],
        env=environment, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    after = json.loads(done.stdout.splitlines()[-1])
    in_vain = after["told"].pop("waited in vain", 0)
    assert not in_vain or connection.vendor == "sqlite"
    assert sum(after["told"].values()) == tries - in_vain
    return after


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_of_200_tries_for_one_slot_exactly_one_wins(a_house):
    """Of twenty cities; those who lose have their unit still."""
    after = raced(a_house, "slot")
    assert set(after["told"]) == {"booked", "slot-taken"}
    assert after["told"]["booked"] == 1
    assert (after["sessions"], after["ticks"], after["holds"], after["held"]) == (1, 12, 1, 1)


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_of_200_tries_for_one_unit_exactly_one_wins(a_house):
    """Ten colleagues of one city, ten experts, two hundred different hours."""
    after = raced(a_house, "unit")
    assert set(after["told"]) == {"booked", "none-left"}
    assert after["told"]["booked"] == 1
    assert (after["sessions"], after["holds"], after["held"], after["used"]) == (1, 1, 1, 0)
