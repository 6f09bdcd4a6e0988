"""No column that points to a person is forgotten by her export or by her erasure."""

import pytest

from house.people import erasure, export
from tests import personal

# Columns that give no account of a person, each with its reason.
NOBODY = {
    "partners.Movement.actor_seat": "the number of a seat",
}


@pytest.mark.parametrize("registry", [export, erasure], ids=lambda module: module.__name__)
def test_every_column_that_points_to_a_person_is_covered(registry):
    assert personal.columns() - NOBODY.keys() - registry.covered() == set()


@pytest.mark.parametrize("registry", [export, erasure], ids=lambda module: module.__name__)
def test_nothing_is_covered_that_does_not_exist(registry):
    assert registry.covered() - personal.columns() == set()


def test_each_part_of_erasure_tells_what_goes_or_stays():
    assert [part.name for part in erasure.parts() if not (part.goes or part.stays)] == []
