import csv
import datetime
import io
import json

import pytest
from django.core import mail
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from house.access import chain
from house.access.journal import record
from house.access.models import JournalRow
from house.access.viewer import Viewer
from house.office import tasks
from house.office.acts import ACTS
from house.office.journal import SIZE
from tests.factories import PersonFactory
from tests.tampering import tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(office):
    other = PersonFactory(name="Teodor Second")
    record("alex.withdraw", other, by=Viewer(person_id=office.pk), reason="Asked by the city")
    record("people.suspend", office, by=Viewer(person_id=other.pk), reason="Left the alliance")
    record("alex.fall_due", None, by=Viewer())
    return other


def found(client, **query):
    return [row.number for row in client.get(reverse("office:journal"), query).context["rows"]]


def test_it_is_searched_by_act_person_thing_date_and_words(client_factory, office, rows):
    client = client_factory(office)
    today = timezone.now().date()
    assert found(client) == [3, 2, 1]
    assert found(client, act="people.suspend") == [2]
    assert found(client, person="teodor") == [2]
    assert found(client, person=office.email) == [1]
    assert found(client, thing=f"person {office.pk}") == [2]
    assert found(client, thing="person") == [2, 1]
    assert found(client, q="ALLIANCE") == [2]
    assert found(client, since=today.isoformat()) == [3, 2, 1]
    assert found(client, until=(today - datetime.timedelta(days=1)).isoformat()) == []
    assert found(client, q="city", act="people.suspend") == []


def test_nonsense_is_told_and_nothing_typed_is_lost(client_factory, office, rows):
    for nonsense in ({"since": "never"}, {"until": "9999-12-31"}, {"since": "0001-01-01"}):
        page = client_factory(office).get(reverse("office:journal"), {**nonsense, "q": "city"})
        assert page.status_code == 422, nonsense
        assert "Write the day as year-month-day, such as 2027-01-31." in page.content.decode()
        assert 'value="city"' in page.content.decode()
    for before in ("x", "-1", "9" * 40, "²", "٣", ""):
        assert (
            client_factory(office).get(reverse("office:journal"), {"before": before}).status_code
            == 200
        )


def test_pages_go_on_where_the_last_one_ended_though_rows_are_added(client_factory, office):
    for number in range(SIZE + 2):
        record("x", None, by=Viewer(), reason=str(number))
    client = client_factory(office)
    first = client.get(reverse("office:journal"))
    record("x", None, by=Viewer(), reason="newer")
    second = found(client, before=first.context["older"])
    assert [row.number for row in first.context["rows"]] + second == list(range(SIZE + 2, 0, -1))


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_the_same_for_three_rows_as_for_one(
    client_factory, office, count, django_assert_num_queries
):
    for _row in range(count):
        record("x", None, by=Viewer(person_id=PersonFactory().pk), reason="city")
    client = client_factory(office)
    query = {"q": "city", "since": "2020-01-01"}
    client.get(reverse("office:journal"), query)
    # session, person, seats, the table, circles; rows, names, the head
    with django_assert_num_queries(8):
        client.get(reverse("office:journal"), query)


def test_hole_13_no_reason_in_the_journal_becomes_a_formula(client_factory, office):
    for reason in ('=HYPERLINK("http://evil")', "+1", "-1", "@SUM(A1)", "\t=1"):
        record("x", None, by=Viewer(person_id=office.pk), reason=reason)
    answer = client_factory(office).get(reverse("office:journal_export", args=["csv"]))
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(table) == 5
    for row in table:
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@")), cell


def test_the_export_is_what_was_searched_holds_no_names_and_proves_itself(
    client_factory, office, rows
):
    answer = client_factory(office).get(
        reverse("office:journal_export", args=["json"]), {"act": "people.suspend"}
    )
    told = json.loads(answer.content)
    assert told["head"] == str(chain.head())
    assert [(row["number"], row["person"], row["digest"]) for row in told["rows"]] == [
        (2, rows.pk, JournalRow.objects.get(number=2).digest)
    ]
    assert rows.name not in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert (
        client_factory(office).get(reverse("office:journal_export", args=["xlsx"])).status_code
        == 200
    )


def test_the_button_checks_the_journal_and_says_what_it_found(client_factory, office, rows):
    client = client_factory(office)
    page = client.post(reverse("office:journal_verify"), follow=True).content.decode()
    assert "every row is what was written" in page
    tamper("UPDATE access_journalrow SET reason = 'else' WHERE number = 2")
    page = client.post(reverse("office:journal_verify"), follow=True).content.decode()
    assert "Somebody changed the journal" in page
    assert "At row 2" in page


def test_the_duty_finds_a_cut_tail_by_the_head_of_the_day_before(office, rows):
    tasks.verify_journal.func()
    tamper("DELETE FROM access_journalrow WHERE number = 3")
    mail.outbox.clear()
    tasks.verify_journal.func()
    assert caches["default"].get(tasks.VERIFIED)["broken"] == 3
    (sent,) = mail.outbox
    assert sent.to == [office.email]
    for body in (sent.body, sent.alternatives[0][0]):
        assert "does not hold together" in body
        assert "You get this because" in body


def test_every_act_of_this_desk_has_plain_words(client_factory, office):
    from house.office.models import PeopleAct

    assert {f"people.{act}" for act in PeopleAct.Act.values} <= ACTS.keys()
    record("people.give_curator", office, by=Viewer(person_id=office.pk))
    page = client_factory(office).get(reverse("office:journal"))
    assert [row.act for row in page.context["rows"]] == ["Made a person a curator"]


def test_who_was_erased_keeps_a_number_and_no_name(client_factory, office, rows):
    rows.delete()
    page = client_factory(office).get(reverse("office:journal"))
    assert f"Person {JournalRow.objects.get(number=2).person_id}" in [
        row.who for row in page.context["rows"]
    ]


def test_every_act_that_the_house_writes_down_has_plain_words():
    """Acts whose name is put together at the moment of writing are not found by this."""
    import re
    from pathlib import Path

    import house

    written = {
        act
        for file in Path(house.__file__).parent.rglob("*.py")
        if not {"tests", "migrations"} & set(file.parts)
        for act in re.findall(r'\brecord\(\s*"([^"]+)"', file.read_text(encoding="utf-8"))
    }
    assert written - ACTS.keys() == set()
