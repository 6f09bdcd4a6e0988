"""The demonstration's rules: from the words of our own entries, and only from them."""

import html
import re
import tomllib

import pytest

from house.alex.demo.reading import entries
from house.atlas.clauses.kinds import Form, type_of
from house.atlas.clauses.models import Clause, Version
from house.office.demo import seed_people
from house.office.demo_clauses import TOLD, seed
from house.vocabulary.loading import load_vocabulary

ROWS = tomllib.loads(TOLD.read_text(encoding="utf-8"))["clause"]


def test_each_quote_stands_in_its_entry_of_the_same_city():
    told = {each.name: each for each in entries()}
    for row in ROWS:
        entry = told[row["entry"]]
        text = html.unescape(re.sub(r"<[^>]+>", "", str(entry)))
        assert row["quote"] in text or row["quote"] in text.replace("\\'", "'"), row
        assert type_of(row["field"], row["type"]) is not None, row


def test_a_number_has_its_unit_and_words_where_the_question_asks_for_them():
    for row in ROWS:
        form = type_of(row["field"], row["type"]).form
        assert ("value" in row) == ("unit" in row)
        if row["answer"] == "yes" and form == Form.WORDS:
            assert row["words"], row
        if row["answer"] == "yes" and form == Form.NUMBER:
            assert "value" in row or "words" in row, row


@pytest.mark.django_db
def test_seeding_twice_changes_nothing(settings, tmp_path):
    settings.PAGES_FILE = tmp_path / "pages"
    load_vocabulary()
    seed_people()
    seed()
    before = (Clause.objects.count(), Version.objects.count())
    assert before[0] == len(ROWS) >= 20
    assert Clause.objects.values("city").distinct().count() >= 4
    assert not Clause.objects.filter(is_demonstration=False).exists()
    seed()
    assert (Clause.objects.count(), Version.objects.count()) == before
