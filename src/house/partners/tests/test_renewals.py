import datetime

import pytest
from django.core import mail
from django.utils import timezone

from house.access.models import JournalRow
from house.ground.errors import Forbidden, Refused
from house.partners import renewals
from house.partners.actions import partnerships as acts
from house.partners.actions.renewals import remind_of_renewal
from house.partners.models import Account, Partnership, PartnershipChange
from house.partners.viewing import operator, viewer_for
from tests.factories import PartnershipFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tasks_run_at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def day(days):
    return timezone.now().date() + datetime.timedelta(days=days)


def ending(days=20):
    return PartnershipFactory(ends_on=day(days), last_day=day(days + 30))


def seat(partnership, kind, **person):
    return SeatFactory(partnership=partnership, kind=kind, person=PersonFactory(**person))


def test_those_who_speak_for_the_city_are_told_once_a_day(django_capture_on_commit_callbacks):
    partnership = ending()
    told = {seat(partnership, kind).person.email for kind in ("contact", "coordinator")}
    seat(partnership, "member")
    seat(partnership, "coordinator", is_active=False)
    seat(ending(), "coordinator")

    with django_capture_on_commit_callbacks(execute=True):
        assert remind_of_renewal(partnership, by=operator()) == 2
        assert remind_of_renewal(partnership, by=operator()) == 0

    assert {to for message in mail.outbox for to in message.to} == told
    assert len(mail.outbox) == 2
    closes = f"{partnership.last_day.day} {partnership.last_day:%B %Y}"
    for message in mail.outbox:
        assert closes in message.body
        assert closes in message.alternatives[0][0]
    assert JournalRow.objects.get().facts == {"ends_on": day(20).isoformat(), "told": 2}
    assert renewals.reminded_on(partnership) == day(0)


def test_a_name_with_markup_is_only_text_in_the_mail():
    partnership = ending()
    somebody = seat(partnership, "coordinator", name="<a href=//evil>Click</a>").person
    html = renewals.renewal_mail(partnership, somebody).alternatives[0][0]
    assert "&lt;a href=//evil&gt;" in html


def test_who_left_her_seat_before_the_mail_went_out_gets_none():
    partnership = ending()
    left = seat(partnership, "coordinator")
    left.person = None
    left.save()
    renewals.send_renewal_mail.call(partnership.pk, left.pk)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"ends_on": None, "last_day": None}, "no end"),
        ({"ends_on": day(-40), "last_day": day(-10)}, "is over"),
        ({"ends_on": day(5), "last_day": day(5)}, "Nobody"),
    ],
)
def test_where_there_is_nothing_to_remind_of_it_says_why(facts, says):
    with pytest.raises(Refused, match=says):
        remind_of_renewal(PartnershipFactory(**facts), by=operator())


def test_only_the_office_reminds(member):
    with pytest.raises(Forbidden):
        remind_of_renewal(ending(), by=viewer_for(member.person))


def test_the_clock_mirrors_the_levels_that_have_begun(django_capture_on_commit_callbacks):
    """And grants what the new level brings; until it runs, whoever asks is told right already."""
    partnership = PartnershipFactory(level="associate")
    later = PartnershipFactory(level="associate")
    for each, on in ((partnership, day(-1)), (later, day(1))):
        PartnershipChange.objects.create(
            partnership=each, act="level", effective_on=on, level="premium"
        )
    assert partnership.find_level() == "premium"

    with django_capture_on_commit_callbacks(execute=True):
        renewals.apply_begun_changes.call()
        renewals.apply_begun_changes.call()

    assert dict(Partnership.objects.values_list("pk", "level")) == {
        partnership.pk: "premium", later.pk: "associate",
    }  # fmt: skip
    assert PartnershipChange.objects.filter(applied_at__isnull=False).count() == 1
    assert set(Account.objects.values_list("city", "benefit")) == {
        (partnership.city_id, "one-on-one"), (partnership.city_id, "full-day-visit"),
        (partnership.city_id, "hosting-slot"),
    }  # fmt: skip


def test_an_end_at_once_runs_the_units_out(django_capture_on_commit_callbacks):
    partnership = PartnershipFactory(level="premium")
    with django_capture_on_commit_callbacks(execute=True):
        acts.plan_level(partnership, level="partner", on=day(0), by=operator())
    assert any(account.left for account in Account.objects.with_left())
    with django_capture_on_commit_callbacks(execute=True):
        acts.end(partnership, ends_on=day(-1), grace_days=0, reason="x", by=operator())
    assert not any(account.left for account in Account.objects.with_left())
