"""Who comes in, who goes, and what each may see then."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from house.access.viewer import VISITOR
from house.ground.errors import Forbidden, Refused
from house.groups import actions
from house.groups.models import Admission, Group, Member, Page, PageVersion, Task
from house.groups.parting import leave_without_seat
from house.groups.tests.made import DAY, about, date, make
from house.notices.models import Happening, Letter, Notice
from house.partners.models import Circle
from house.partners.viewing import viewer_for
from tests.factories import PartnershipFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db


def told(person, kind):
    return Notice.objects.filter(person=person, happening__kind=kind).count()


def sees(person, group):
    return Group.objects.visible_to(viewer_for(person)).filter(pk=group.pk).exists()


def reads(person, group):
    return Page.objects.visible_to(viewer_for(person)).filter(pk=group.pk).exists()


def test_who_makes_a_group_leads_it_for_her_city(member):
    group = make(member)
    mine = Member.objects.get(group=group)

    assert (mine.person, mine.city_id, mine.is_lead) == (member.person, "aaa", True)
    assert Happening.objects.filter(kind="groups.formed").count() == 1
    assert group.circle.persons.get() == member.person


def test_a_group_begins_with_people_of_two_cities(member, neighbour):
    group = make(member)
    with pytest.raises(Refused, match="two cities"):
        actions.start_group(group, by=viewer_for(member.person))

    running = make(member, neighbour)
    assert running.state == "running"
    assert actions.start_group(running, by=viewer_for(member.person)).started_at


def test_associates_read_along_and_do_not_join(member, neighbour, associate):
    group = make(member, neighbour)
    by = viewer_for(member.person)
    with pytest.raises(Refused, match="read along"):
        actions.invite_person(group, associate.person, by=by)
    with pytest.raises(Forbidden, match="partnership"):
        actions.ask_to_join(group, by=viewer_for(associate.person))

    assert sees(associate.person, group)
    assert not reads(associate.person, group)
    actions.set_readers(group, [associate.city], by=by)
    assert reads(associate.person, group)
    with pytest.raises(Forbidden):
        actions.save_page(group, "<p>Hello</p>", by=viewer_for(associate.person), based_on=0)


def test_three_rings(member, neighbour, associate):
    hidden = make(member, is_hidden=True)
    circle = make(member)
    open_to_all = make(member, audience="alliance")

    assert [sees(associate.person, each) for each in (hidden, circle, open_to_all)] == [
        False,
        True,
        True,
    ]
    assert [reads(associate.person, each) for each in (hidden, circle, open_to_all)] == [
        False,
        False,
        True,
    ]
    assert not Group.objects.visible_to(VISITOR).exists()
    with pytest.raises(Refused, match="hidden"):
        actions.create_group(
            about(is_hidden=True, audience="alliance"), by=viewer_for(member.person)
        )


def test_the_office_knows_of_every_group_and_reads_none(member, office):
    group = make(member, is_hidden=True)
    assert sees(office, group)
    assert not reads(office, group)


def test_whom_a_hidden_group_invites_sees_that_it_is_there(member, neighbour):
    group = make(member, is_hidden=True)
    assert not sees(neighbour.person, group)
    admission = actions.invite_person(group, neighbour.person, by=viewer_for(member.person))
    assert sees(neighbour.person, group)
    assert not reads(neighbour.person, group)
    actions.withdraw_admission(admission, by=viewer_for(member.person))
    assert not sees(neighbour.person, group)


def test_an_invitation_is_one_and_is_answered_once(member, neighbour):
    group = make(member)
    by = viewer_for(member.person)
    first = actions.invite_person(group, neighbour.person, by=by, text="Join us")
    assert actions.invite_person(group, neighbour.person, by=by) == first
    assert told(neighbour.person, "groups.invited") == 1

    actions.answer_admission(first, yes=True, by=viewer_for(neighbour.person))
    again = actions.answer_admission(first, yes=False, by=viewer_for(neighbour.person))
    assert again.answer == "yes"
    assert Member.objects.get(group=group, person=neighbour.person).city_id == "bbb"
    assert told(member.person, "groups.answered") == 1
    with pytest.raises(Refused, match="already"):
        actions.invite_person(group, neighbour.person, by=by)


def test_nobody_answers_for_another(member, neighbour):
    group = make(member)
    invited = actions.invite_person(group, neighbour.person, by=viewer_for(member.person))
    with pytest.raises(Forbidden):
        actions.answer_admission(invited, yes=True, by=viewer_for(member.person))
    actions.withdraw_admission(invited, by=viewer_for(member.person))
    asked = actions.ask_to_join(group, by=viewer_for(neighbour.person), text="We have the same")
    with pytest.raises(Forbidden):
        actions.answer_admission(asked, yes=True, by=viewer_for(neighbour.person))
    assert told(member.person, "groups.asked") == 1


def test_asking_and_inviting_meet(member, neighbour):
    group = make(member)
    actions.ask_to_join(group, by=viewer_for(neighbour.person))
    answered = actions.invite_person(group, neighbour.person, by=viewer_for(member.person))
    assert (answered.sort, answered.answer) == ("asked", "yes")
    assert Admission.objects.count() == 1


def test_somebody_unlisted_cannot_be_invited_nor_told_apart_from_nobody(member, neighbour):
    neighbour.person.is_listed = False
    neighbour.person.save()
    with pytest.raises(Refused, match="nobody of this name"):
        actions.invite_person(make(member), neighbour.person, by=viewer_for(member.person))


def test_without_a_seat_she_is_out_at_once_and_gone_within_a_minute(member, neighbour):
    group = make(member, neighbour)
    actions.add_task(
        group, by=viewer_for(member.person), title="Ask the owners",
        owner=Member.objects.get(group=group, person=neighbour.person),
    )  # fmt: skip
    seat = neighbour.seat
    elsewhere = SeatFactory(partnership=PartnershipFactory(), person=None)
    seat.person, elsewhere.person = None, neighbour.person  # she works for another city now
    seat.save()
    elsewhere.save()

    assert not reads(neighbour.person, group)
    with pytest.raises(Forbidden):
        actions.save_page(group, "<p>Still here?</p>", by=viewer_for(neighbour.person), based_on=0)
    assert leave_without_seat() == 1
    assert leave_without_seat() == 0

    gone = Member.objects.get(group=group, person=neighbour.person)
    assert (gone.left_why, gone.left_at is not None) == ("seat", True)
    assert neighbour.person not in group.circle.persons.all()
    assert Task.objects.get().owner is None


def test_an_ended_partnership_takes_its_people_out(member, neighbour):
    group = make(member, neighbour)
    partnership = neighbour.seat.partnership
    partnership.ends_on = partnership.last_day = timezone.now().date() - DAY
    partnership.save()

    assert not reads(neighbour.person, group)
    assert leave_without_seat() == 1


def test_whoever_has_been_in_it_longest_leads_after_the_last_lead(member, neighbour):
    group = make(member, neighbour)
    member.seat.person = None
    member.seat.save()
    leave_without_seat()

    heir = Member.objects.get(group=group, left_at=None)
    assert (heir.person, heir.is_lead) == (neighbour.person, True)
    assert told(neighbour.person, "groups.leads") == 1


def test_the_last_one_does_not_just_go(member):
    group = make(member)
    with pytest.raises(Refused, match="last one"):
        actions.leave_group(group, by=viewer_for(member.person))


def test_leaving_keeps_her_words_and_takes_the_rest(member, neighbour):
    group = make(member, neighbour)
    hers = viewer_for(neighbour.person)
    actions.save_page(group, "<p>What we found</p>", by=hers, based_on=0)
    actions.plan_meeting(group, date(), by=hers)
    actions.leave_group(group, by=hers)
    actions.leave_group(group, by=hers)

    assert PageVersion.objects.get().made_by == neighbour.person
    assert not reads(neighbour.person, group)
    kinds = list(Letter.objects.filter(person=neighbour.person).values_list("kind", flat=True))
    assert sorted(kinds) == ["groups.meeting", "groups.meeting_cancelled"]


def test_who_has_just_left_comes_back_also_to_a_hidden_group_that_she_led(
    client_factory, member, neighbour
):
    group = make(member, neighbour, is_hidden=True)
    hers = client_factory(member.person)
    leave = reverse("groups:group_leave", args=[group.code])
    page = hers.post(leave, follow=True).content.decode()
    assert f'action="{leave}"' in page
    assert not reads(member.person, group)
    assert "undo" not in hers.get(reverse("groups:group_list"), {"left": "a/b"}).content.decode()
    hers.post(leave, {"undo": "1"})
    hers.post(leave, {"undo": "1"})
    assert Member.objects.now().filter(group=group, person=member.person, is_lead=True).count() == 1
    assert reads(member.person, group)


@pytest.mark.parametrize("why", ["the hour is over", "somebody else took her out", "never in it"])
def test_who_can_not_take_it_back_asks_to_join(client_factory, member, neighbour, why):
    group = make(member, neighbour)
    if why == "never in it":
        client = client_factory(PersonFactory(is_office=True))
    else:
        actions.leave_group(group, by=viewer_for(neighbour.person))
        facts = {"left_at": timezone.now() - DAY} if "hour" in why else {"left_why": "removed"}
        Member.objects.filter(person=neighbour.person).update(**facts)
        client = client_factory(neighbour.person)
    answer = client.post(reverse("groups:group_leave", args=[group.code]), {"undo": "1"})
    assert answer.status_code == (404 if why == "never in it" else 409)
    assert Member.objects.now().filter(group=group).count() == (2 if why == "never in it" else 1)


def test_who_comes_in_later_is_invited_to_the_meetings_to_come(member, neighbour):
    group = make(member)
    actions.plan_meeting(group, date(), by=viewer_for(member.person))
    asked = actions.ask_to_join(group, by=viewer_for(neighbour.person))
    actions.answer_admission(asked, yes=True, by=viewer_for(member.person))
    assert Letter.objects.filter(person=neighbour.person, kind="groups.meeting").count() == 1


def test_a_lead_removes_a_member_and_not_another_lead(member, neighbour):
    group = make(member, neighbour)
    by = viewer_for(member.person)
    other = Member.objects.get(group=group, person=neighbour.person)
    actions.make_lead(other, by=by)
    with pytest.raises(Refused, match="leads the group too"):
        actions.remove_member(other, by=by)
    with pytest.raises(Forbidden):
        actions.step_down(other, by=by)
    actions.step_down(other, by=viewer_for(neighbour.person))
    actions.remove_member(other, by=by)
    assert told(neighbour.person, "groups.removed") == 1
    with pytest.raises(Refused, match="Nobody would lead"):
        actions.step_down(Member.objects.get(group=group, person=member.person), by=by)


def test_one_of_the_foundation_works_along_for_no_city(member, curator):
    group = make(member)
    invited = actions.invite_person(group, curator, by=viewer_for(member.person))
    actions.answer_admission(invited, yes=True, by=viewer_for(curator))
    assert Member.objects.get(person=curator).city is None
    assert reads(curator, group)
    curator.is_curator = False
    curator.save()
    assert not reads(curator, group)
    assert leave_without_seat() == 1


def test_a_group_is_no_mailing_list(member, monkeypatch):
    group = make(member)
    monkeypatch.setattr("house.groups.actions.joining.MOST_WAITING", 1)
    partnership = PartnershipFactory()
    first, second = (SeatFactory(partnership=partnership).person for _each in range(2))
    actions.invite_person(group, first, by=viewer_for(member.person))
    with pytest.raises(Refused, match="wait for an answer"):
        actions.invite_person(group, second, by=viewer_for(member.person))


def test_a_guest_can_neither_make_nor_see_groups(member):
    group, guest = make(member), PersonFactory()
    assert not sees(guest, group)
    with pytest.raises(Forbidden):
        actions.create_group(about(), by=viewer_for(guest))


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"name": " \n "}, "Name is missing"),
        ({"name": "a" * 121}, "120"),
        ({"problem": "x" * 2_000_000}, "4000"),
        ({"ends_on": datetime.date(2020, 1, 1)}, "before it begins"),
        ({"ends_on": datetime.date(2090, 1, 1)}, "three years"),
    ],
)
def test_what_is_wrong_is_said_and_leaves_nothing(member, facts, word):
    with pytest.raises(Refused, match=word):
        actions.create_group(about(**facts), by=viewer_for(member.person))
    assert not Group.objects.exists()
    assert not Circle.objects.exists()


def test_names_carry_no_tricks(member):
    group = make(member, name="Heat\r\nBcc: all@example.org \u202eevil")
    assert group.name == "Heat Bcc: all@example.org evil"
