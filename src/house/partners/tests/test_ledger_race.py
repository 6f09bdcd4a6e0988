"""Two hundred at once for one unit, through the public door, on whichever database the suite runs on."""

import json
import os
import subprocess
import sys

import pytest


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_of_200_requests_for_one_unit_exactly_one_wins(tmp_path):
    """In a house of its own: fifty threads, each with its own connection, in each of four processes."""
    done = subprocess.run(
        [sys.executable, "-m", "house.cli", "bench", "ledger", "--json", "--holds", "0",
         "--requests", "200", "--processes", "4"],
        env={**os.environ, "HOUSE_DATA": str(tmp_path)},
        capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    race = json.loads(done.stdout)["race"]
    assert race["answers"] == {"201": 1, "409": 199}
    assert (race["holds"], race["rows"], race["left"]) == (1, 1, 0)
