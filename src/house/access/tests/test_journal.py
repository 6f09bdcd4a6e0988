import pytest

from house.access.journal import record, rows_about
from house.access.models import JournalRow
from house.access.viewer import Viewer
from tests.factories import CityFactory

pytestmark = pytest.mark.django_db


def test_a_row_says_who_did_what_to_which_thing_and_why():
    city = CityFactory()
    record(
        "vocabulary.rename",
        city,
        by=Viewer(person_id=7),
        reason="A new name",
        facts={"from": "Old"},
    )

    row = rows_about(city).get()
    assert (row.act, row.person_id, row.reason, row.facts) == (
        "vocabulary.rename",
        7,
        "A new name",
        {"from": "Old"},
    )


@pytest.mark.parametrize(
    "tamper",
    [
        lambda row: row.save(),
        lambda row: row.delete(),
        lambda _row: JournalRow.objects.all().delete(),
        lambda _row: JournalRow.objects.update(reason="x"),
    ],
)
def test_the_journal_is_append_only(tamper):
    row = record("x", None, by=Viewer())
    with pytest.raises(TypeError, match="append-only"):
        tamper(row)
