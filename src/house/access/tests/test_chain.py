import io
import json
import random

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from house.access import chain
from house.access.journal import record
from house.access.models import JournalRow
from house.access.viewer import Viewer
from tests.tampering import tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def five():
    for number in range(5):
        record(
            "test.act",
            None,
            by=Viewer(person_id=number),
            reason=f"why {number}",
            facts={"n": number},
        )
    return list(JournalRow.objects.order_by("number"))


def test_a_journal_that_nobody_touched_is_whole(five):
    verdict = chain.verify(noted=chain.Head(3, five[2].digest))
    assert verdict.is_whole
    assert verdict.head == chain.Head(5, five[4].digest) == chain.head()


@pytest.mark.parametrize(
    "change",
    ["reason = 'else'", "act = 'test.other'", "person_id = 99", "person_id = NULL", "object_id = '7'", "kind = 'x'",
     "facts = '{\"n\": 4}'", "at = '2020-01-01 00:00:00+00:00'", "digest = 'f'"],
)  # fmt: skip
def test_an_altered_row_is_found(five, change):
    tamper(f"UPDATE access_journalrow SET {change} WHERE number = 3")
    assert chain.verify().broken == 3


def test_a_deleted_row_is_found(five):
    tamper("DELETE FROM access_journalrow WHERE number = 2")
    assert chain.verify().broken == 2


def test_an_inserted_row_is_found_also_when_later_ones_make_room(five):
    for number in (5, 4, 3):
        tamper("UPDATE access_journalrow SET number = number + 1 WHERE number = %s", number)
    forged = JournalRow(number=3, act="test.forged", facts={})
    forged.digest = chain.digest_of(five[1].digest, forged)
    forged.save(force_insert=True)
    assert chain.verify().broken == 4


def test_reordered_rows_are_found(five):
    for old, new in ((2, 99), (3, 2), (99, 3)):
        tamper("UPDATE access_journalrow SET number = %s WHERE number = %s", new, old)
    assert chain.verify().broken == 2


def test_a_cut_tail_is_found_by_a_head_that_was_noted(five):
    noted = chain.head()
    tamper("DELETE FROM access_journalrow WHERE number > 3")
    assert chain.verify().is_whole  # which is why the head is noted outside
    assert chain.verify(noted=noted).broken == 4


def test_a_chain_that_was_rewritten_whole_is_found_by_a_head_that_was_noted(five):
    noted = chain.head()
    previous = ""
    for row in five:
        row.reason = "rewritten"
        previous = chain.digest_of(previous, row)
        tamper(
            "UPDATE access_journalrow SET reason = 'rewritten', digest = %s WHERE number = %s",
            previous,
            row.number,
        )
    assert chain.verify().is_whole
    assert chain.verify(noted=noted).broken == 5


def test_the_database_itself_refuses_to_change_or_delete_a_row(five):
    for sql in (
        "UPDATE access_journalrow SET reason = 'x' WHERE number = 2",
        "DELETE FROM access_journalrow",
    ):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    record("test.act", None, by=Viewer())
    assert chain.verify().head.number == 6


facts = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**50), 2**50) | st.floats(allow_nan=False, allow_infinity=False, width=32)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(
    told=st.dictionaries(st.sampled_from(["a", "b", "ä"]), facts, max_size=3),
    reason=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
)
def test_whatever_is_written_is_read_back_to_the_same_digest(told, reason):
    with transaction.atomic():
        record("test.act", None, by=Viewer(), reason=reason, facts=told)
        verdict = chain.verify()
        transaction.set_rollback(True)
    assert verdict.is_whole


@given(seed=st.integers(0, 10_000))
def test_any_order_but_the_written_one_is_found(seed):
    with transaction.atomic():
        for number in range(5):
            record("test.act", None, by=Viewer(), facts={"n": number})
        order = list(range(1, 6))
        random.Random(seed).shuffle(order)
        tamper("UPDATE access_journalrow SET number = number + 100")
        for old, new in enumerate(order, start=1):
            tamper("UPDATE access_journalrow SET number = %s WHERE number = %s", new, old + 100)
        verdict = chain.verify()
        transaction.set_rollback(True)
    assert verdict.is_whole == (order == [1, 2, 3, 4, 5])


def test_the_command_prints_the_head_and_fails_with_the_first_broken_row(five):
    out = io.StringIO()
    call_command("journal", "verify", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {
        "whole": True, "rows": 5, "head": str(chain.head()), "broken": None, "why": "",
    }  # fmt: skip
    head = io.StringIO()
    call_command("journal", "head", stdout=head)
    tamper("UPDATE access_journalrow SET reason = 'x' WHERE number = 4")
    with pytest.raises(CommandError, match="Broken at row 4") as failed:
        call_command("journal", "verify", "--head", head.getvalue().strip())
    assert failed.value.returncode == 1


@pytest.mark.parametrize("noted", ["nonsense", "4", "4:zz", "x:" + "0" * 64])
def test_a_head_that_is_none_is_told_as_called_wrongly(noted):
    with pytest.raises(CommandError) as failed:
        call_command("journal", "verify", "--head", noted)
    assert failed.value.returncode == 2
