import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from house.access.models import JournalRow
from house.notices.models import Mail, Suppression
from house.office import work
from house.office.tests.test_today import failed_task
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_failed_work_is_told_in_words_and_without_its_arguments(client_factory, office):
    failed_task()
    page = client_factory(office).get(reverse("office:work")).content.decode()
    assert "Ask about freshness" in page
    assert "The database did not answer in time." in page
    assert "zzsecret" not in page


def test_one_or_all_failed_is_tried_again_and_the_journal_says_so(client_factory, office):
    first, *_rest = [failed_task() for _each in range(3)]
    client = client_factory(office)
    client.post(reverse("office:work_retry"), {"code": str(first.pk)})
    assert list(DBTaskResult.objects.filter(status="READY")) == [first]
    assert DBTaskResult.objects.get(pk=first.pk).traceback == ""
    client.post(reverse("office:work_retry"), {"code": "all"})
    assert DBTaskResult.objects.filter(status="READY").count() == 3
    rows = JournalRow.objects.filter(act="work.retry")
    assert [(row.person_id, row.facts["count"]) for row in rows] == [(office.pk, 1), (office.pk, 2)]
    assert "zzsecret" not in str([row.facts for row in rows])


@pytest.mark.parametrize("code", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_failed_work_is_not_tried(client_factory, office, code):
    failed_task()
    client_factory(office).post(reverse("office:work_retry"), {"code": code})
    assert DBTaskResult.objects.filter(status="FAILED").count() == 1
    assert not JournalRow.objects.exists()


def test_work_that_the_program_no_longer_knows_is_left_alone(client_factory, office):
    failed_task(path="house.gone.tasks.nothing")
    client_factory(office).post(reverse("office:work_retry"), {"code": "all"})
    assert DBTaskResult.objects.get().status == "FAILED"


def test_work_that_succeeded_or_runs_is_never_started_again(client_factory, office):
    failed_task()
    DBTaskResult.objects.update(status="RUNNING")
    client_factory(office).post(
        reverse("office:work_retry"), {"code": str(DBTaskResult.objects.get().pk)}
    )
    assert DBTaskResult.objects.get().status == "RUNNING"


def test_the_page_tells_whether_a_worker_is_alive(client_factory, office):
    client = client_factory(office)
    assert "No worker was heard of yet" in client.get(reverse("office:work")).content.decode()
    caches["default"].set(work.SEEN, timezone.now())
    assert "A worker is at work." in client.get(reverse("office:work")).content.decode()
    caches["default"].set(work.SEEN, timezone.now() - work.SILENT)
    assert "No worker is at work" in client.get(reverse("office:work")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_work_and_mail_cost_the_same_for_three_as_for_one(
    client_factory, office, count, django_assert_num_queries
):
    for number in range(count):
        failed_task()
        Mail.objects.create(
            message_id=str(number), to="a@example.org", person=PersonFactory(), kind="x"
        )
        Suppression.objects.create(address=f"{number}@example.org", person=PersonFactory())
    client = client_factory(office)
    client.get(reverse("office:mail"))
    # session, person, seats, the table, circles; counts, jobs, duties and how they went
    with django_assert_num_queries(9):
        client.get(reverse("office:work"))
    # … letters that wait, suppressions, count, mails
    with django_assert_num_queries(9):
        client.get(reverse("office:mail"))


def test_mail_shows_what_became_of_it_and_hides_what_is_private(client_factory, office):
    Mail.objects.create(
        message_id="1", to="a@example.org", kind="alex.freshness", subject="Is it still true?"
    )
    Mail.objects.create(
        message_id="2", to="b@example.org", state="bounced", error="5.1.1 nobody here"
    )
    client = client_factory(office)
    page = client.get(reverse("office:mail")).content.decode()
    assert "Is it still true?" in page
    assert "Private: a code" in page
    assert [
        each.to for each in client.get(reverse("office:mail"), {"state": "bounced"}).context["page"]
    ] == ["b@example.org"]
    assert [
        each.to for each in client.get(reverse("office:mail"), {"q": "A@EX"}).context["page"]
    ] == ["a@example.org"]


def test_a_stopped_address_is_cleared_with_a_row_that_keeps_no_address(client_factory, office):
    person = PersonFactory(email="her@example.org")
    stopped = Suppression.objects.create(address=person.email, person=person)
    client_factory(office).post(reverse("office:mail_clear", args=[stopped.code]))
    assert not Suppression.objects.exists()
    row = JournalRow.objects.get(act="mail.clear")
    assert (row.person_id, row.object_id) == (office.pk, str(person.pk))
    assert "her@example.org" not in f"{row.reason}{row.facts}"


def test_health_tells_each_part_and_no_secret(client_factory, office, settings):
    settings.CHAT_URL, settings.CHAT_KEY = "", "zzkey"
    page = client_factory(office).get(reverse("office:health"))
    parts = {finding.part for finding in page.context["findings"]}
    assert {"records", "index", "model", "mail", "worker", "journal", "files"} <= parts
    for secret in ("zzkey", settings.SECRET_KEY):
        assert secret not in page.content.decode()


def test_letters_that_wait_are_shown_counted_and_told_when_they_are_late(client_factory, office):
    from house.notices.models import Letter
    from house.notices.waiting import LATE
    from house.office import troubles
    from house.office.management.commands.doctor import letters
    from house.partners.viewing import viewer_for

    assert letters().state == "good"
    person = PersonFactory(name="Waiting Person")
    letter = Letter.objects.create(
        key="secret-subject", kind="toy.letter", thing=1, person=person, tries=2, error="451 later"
    )
    page = client_factory(office).get(reverse("office:mail")).content.decode()
    assert "Waiting Person" in page
    assert "451 later" in page
    assert "secret-subject" not in page
    assert troubles.mail_waits(viewer_for(office)) == []
    Letter.objects.update(posted_at=timezone.now() - 2 * LATE)
    (line,) = troubles.mail_waits(viewer_for(office))
    assert line.text == "1 letter waits"
    assert letters().state == "warn"
    assert "120 minutes" in letters().text
    assert not Letter.objects.visible_to(viewer_for(person)).exists()
    letter.delete()
