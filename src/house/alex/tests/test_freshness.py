import datetime

import pytest
from django.core import mail
from django.utils import timezone

from house.alex import actions, freshness, tasks
from house.alex.models import Draft, Entry, FreshnessAsk, State
from house.alex.search import prior
from house.alex.tests.texts import case, looking
from house.ground.errors import Forbidden
from tests.factories import EntryFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def today():
    return timezone.now().date()


@pytest.fixture
def due(member):
    return EntryFactory(
        title="Bays <of> 2019",
        slug="bays",
        author=member.person,
        city=member.city,
        review_by=today(),
    )


def daily():
    for task in tasks.DAILY:
        task.enqueue()


def test_one_mail_for_each_date_however_often_the_clock_strikes(due, member):
    daily()
    daily()
    (sent,) = mail.outbox
    assert sent.to == [member.person.email]
    assert FreshnessAsk.objects.get().sent_to == member.person


def test_both_bodies_say_what_why_and_where(due, member, settings):
    daily()
    (sent,) = mail.outbox
    ((html, _kind),) = sent.alternatives
    address = f"{settings.BASE_URL}/alex/bays/freshness/"
    assert sent.subject == "Is it still true? Bays <of> 2019"
    for body in (sent.body, html):
        assert member.person.name in body
        assert address in body
        assert "You get this because you wrote this entry." in body
    assert "“Bays <of> 2019”" in sent.body
    assert "“Bays &lt;of&gt; 2019”" in html


def test_the_holder_of_the_seat_is_asked_before_the_author(due, member):
    due.owner_seat = SeatFactory(partnership=member.seat.partnership)
    due.save()
    daily()
    assert mail.outbox[0].to == [due.owner_seat.person.email]
    assert "you hold the role that owns this entry" in mail.outbox[0].body


@pytest.mark.parametrize("why", ["suspended", "not due", "withdrawn", "ended"])
def test_nobody_is_asked_in_vain(due, member, why):
    match why:
        case "suspended":
            member.person.is_active = False
            member.person.save()
        case "not due":
            due.review_by = today() + datetime.timedelta(days=1)
        case "withdrawn":
            due.state = State.WITHDRAWN
        case "ended":
            due.review_by = None
    due.save()
    daily()
    assert mail.outbox == []


def test_silence_for_thirty_days_tells_readers_and_lowers_the_entry(due):
    daily()
    FreshnessAsk.objects.update(asked_at=timezone.now() - datetime.timedelta(days=31))
    due.reuse_count = 9
    due.save()
    daily()
    due.refresh_from_db()
    assert due.state == State.REVIEW_DUE
    assert prior(due) < 0
    assert Entry.objects.published().get() == due
    assert len(mail.outbox) == 1


def test_twenty_nine_days_are_patience(due):
    daily()
    FreshnessAsk.objects.update(asked_at=timezone.now() - datetime.timedelta(days=29))
    assert freshness.let_unanswered_fall_due() == 0


def test_still_true_begins_a_new_term(due, member):
    daily()
    due.state = State.REVIEW_DUE
    due.save()
    actions.answer_freshness(due, "still_true", by=looking(member))
    assert due.state == State.PUBLISHED
    assert due.review_by > today() + datetime.timedelta(days=360)
    ask = FreshnessAsk.objects.get()
    assert (ask.answer, ask.answered_by) == ("still_true", member.person)


def test_changed_opens_a_draft_and_warns_readers_until_it_is_published(due, member):
    daily()
    actions.answer_freshness(due, "changed", by=looking(member))
    assert due.state == State.REVIEW_DUE
    assert Draft.objects.get().content["title"] == due.title
    assert due.review_by == today() + datetime.timedelta(days=30)


def test_ended_is_told_and_nobody_asks_again(due, member):
    daily()
    actions.answer_freshness(due, "ended", by=looking(member))
    assert (due.state, due.ended_on, due.review_by) == (State.PUBLISHED, today(), None)
    daily()
    assert len(mail.outbox) == 1


def test_the_same_answer_twice_changes_nothing(due, member):
    actions.answer_freshness(due, "still_true", by=looking(member))
    review_by = due.review_by
    actions.answer_freshness(due, "still_true", by=looking(member))
    assert (due.review_by, FreshnessAsk.objects.count()) == (review_by, 1)


def test_who_pressed_the_wrong_button_presses_the_right_one(due, member):
    actions.answer_freshness(due, "ended", by=looking(member))
    actions.answer_freshness(due, "still_true", by=looking(member))
    assert due.ended_on is None
    assert due.review_by > today()


def test_a_new_version_lets_an_old_question_rest(due, member, curator):
    daily()
    FreshnessAsk.objects.update(asked_at=timezone.now() - datetime.timedelta(days=31))
    actions.save_draft(due, case(), by=looking(member), revision=1)
    actions.submit_entry(due, by=looking(member))
    actions.publish_entry(due, by=looking(curator))
    daily()
    due.refresh_from_db()
    assert (due.state, len(mail.outbox)) == (State.PUBLISHED, 1)


def test_a_stranger_answers_nothing(due, neighbour, curator):
    for person in (neighbour, curator, PersonFactory()):
        with pytest.raises(Forbidden):
            actions.answer_freshness(due, "ended", by=looking(person))
