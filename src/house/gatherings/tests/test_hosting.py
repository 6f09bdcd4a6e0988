import datetime

import pytest
from django.utils import timezone

from house.gatherings.actions import hosting as actions
from house.gatherings.actions import hosting_tasks as task_actions
from house.gatherings.hosting import checklist, duties
from house.gatherings.hosting.access import OfferPolicy
from house.gatherings.models import Event, HostingMessage, HostingOffer, HostingTask, Organiser
from house.gatherings.tests.making import DAY, make_member
from house.ground.errors import Forbidden, Refused
from house.notices.models import Letter
from house.partners import ledger
from house.partners.ledger.holds import NoneLeft
from house.partners.viewing import viewer_for

pytestmark = pytest.mark.django_db


def offer(member, **facts):
    told = {
        "kind": "seminar",
        "title": "Bicycles without owners",
        "about": "What to do with what is left at stations.",
        "languages": ["en", "nl"],
        "starts_on": datetime.date.today() + 90 * DAY,
        "ends_on": datetime.date.today() + 100 * DAY,
        "mode": "both",
        "capacity": 40,
        **facts,
    }
    return actions.offer_to_host(member.city, by=viewer_for(member.person), **told)


def accept(made, office, reason="Gladly"):
    begins = timezone.now() + 95 * DAY
    return actions.accept_offer_to_host(
        made, reason, by=viewer_for(office), starts_at=begins,
        ends_at=begins + datetime.timedelta(hours=3),
    )  # fmt: skip


def slots(member):
    found = {each.benefit.pk: each for each in ledger.balances(member.city)}["hosting-slot"]
    return found.held, found.used, found.left


def letters_to(person):
    return list(Letter.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_offering_holds_a_slot_and_tells_the_office(member, office):
    made = offer(member, title="  Bicycles\r\nBcc: x@example.org ")

    assert made.title == "Bicycles Bcc: x@example.org"
    assert slots(member) == (1, 0, 0)
    assert letters_to(office) == ["gatherings.hosting_offered"]


def test_without_a_slot_left_nothing_is_offered_and_the_remedy_is_told(member):
    offer(member)

    with pytest.raises(NoneLeft) as why:
        offer(member, title="Another")

    assert "next unit" in why.value.remedy
    assert HostingOffer.objects.count() == 1


def test_an_associate_and_a_stranger_do_not_offer(associate, member, neighbour):
    with pytest.raises(Forbidden):
        offer(associate)
    with pytest.raises(Forbidden, match="own city"):
        actions.offer_to_host(member.city, by=viewer_for(neighbour.person), kind="seminar")


def test_who_sees_an_offer(member, neighbour, associate, office, curator):
    made = offer(member)
    colleague = make_member(member)
    seen = {
        name
        for name, person in {
            "maker": member.person, "colleague": colleague, "neighbour": neighbour.person,
            "associate": associate.person, "office": office, "curator": curator,
        }.items()
        if HostingOffer.objects.visible_to(viewer_for(person)).filter(pk=made.pk).exists()
    }  # fmt: skip
    assert seen == {"maker", "colleague", "office"}


def test_the_talk_tells_the_other_side_and_asking_for_more_lets_the_city_edit(member, office):
    made = offer(member)
    actions.ask_for_more(made, "How many lifts are there?", by=viewer_for(office))
    assert made.state == "asked"
    assert letters_to(member.person) == ["gatherings.hosting_said"]

    actions.say(made, "Two, both wide enough.", by=viewer_for(member.person))
    actions.edit_offer(made, by=viewer_for(member.person), access="Two wide lifts")

    assert made.state == "waiting"
    said = HostingMessage.objects.values_list("side", "text")
    assert list(said) == [
        ("office", "How many lifts are there?"),
        ("city", "Two, both wide enough."),
    ]
    assert letters_to(office) == [
        "gatherings.hosting_offered", "gatherings.hosting_said", "gatherings.hosting_changed",
    ]  # fmt: skip


def test_accepting_uses_the_slot_makes_a_draft_event_and_begins_the_tasks(member, office):
    made = accept(offer(member), office)

    event = made.event
    assert (event.state, event.host_city, event.title) == ("draft", member.city, made.title)
    assert event.zone == member.city.time_zone
    assert Organiser.objects.filter(event=event, person=member.person).exists()
    assert slots(member) == (0, 1, 0)
    tasks = HostingTask.objects.filter(offer=made)
    assert [each.title for each in tasks.order_by("due_on", "pk")] != []
    assert tasks.count() == len(checklist.steps_for("seminar", "both"))
    assert {each.owner for each in tasks if each.side == "city"} == {member.person}
    assert letters_to(member.person) == ["gatherings.hosting_decided"]


def test_accepting_twice_makes_one_event(member, office):
    made = accept(offer(member), office)
    accept(made, office)
    assert Event.objects.count() == 1
    assert slots(member) == (0, 1, 0)


@pytest.mark.parametrize("ending", ["decline", "withdraw"])
def test_a_declined_or_withdrawn_offer_gives_the_slot_back(member, office, ending):
    made = offer(member)
    if ending == "decline":
        actions.decline_offer(made, "Another city was first", by=viewer_for(office))
        actions.decline_offer(made, "Another city was first", by=viewer_for(office))
    else:
        actions.withdraw_offer(made, "", by=viewer_for(member.person))
        actions.withdraw_offer(made, "", by=viewer_for(member.person))
    assert slots(member) == (0, 0, 1)
    assert offer(member, title="Another").state == "waiting"


def test_what_was_accepted_can_be_called_off_by_the_office_and_the_slot_comes_back(member, office):
    made = accept(offer(member), office)
    with pytest.raises(Forbidden):
        actions.withdraw_offer(made, "", by=viewer_for(member.person))
    actions.call_off(made, "The hall burned down", by=viewer_for(office))
    assert (made.state, slots(member)) == ("called_off", (0, 0, 1))


def test_a_decision_needs_a_reason_and_the_office(member, office, neighbour):
    made = offer(member)
    with pytest.raises(Refused, match="Say why"):
        actions.decline_offer(made, " ", by=viewer_for(office))
    with pytest.raises(Forbidden):
        actions.decline_offer(made, "No", by=viewer_for(member.person))
    with pytest.raises(Forbidden):
        actions.say(made, "Hello", by=viewer_for(neighbour.person))


def test_tasks_belong_to_one_of_the_two_sides(member, office, neighbour):
    made = accept(offer(member), office)
    due = datetime.date(2030, 1, 1)
    with pytest.raises(Refused):
        task_actions.add_task(
            made,
            by=viewer_for(office),
            title="Sing",
            side="city",
            due_on=due,
            owner=neighbour.person,
        )
    task = task_actions.add_task(
        made, by=viewer_for(office), title="Sing", side="city", due_on=due, owner=member.person
    )
    assert letters_to(member.person)[-1] == "gatherings.hosting_task"
    task_actions.finish_task(task, by=viewer_for(member.person))
    first = task.done_at
    task_actions.finish_task(task, by=viewer_for(office))
    assert (task.done_at, task.done_by) == (first, member.person)
    task_actions.finish_task(task, by=viewer_for(office), done=False)
    assert task.done_at is None


def test_each_reminder_goes_once_a_stage(member, office):
    made = accept(offer(member), office)
    HostingTask.objects.all().delete()
    today = timezone.now().date()
    task = task_actions.add_task(
        made, by=viewer_for(member.person), title="Sing", side="city", due_on=today + 5 * DAY,
        owner=member.person,
    )  # fmt: skip
    for day in range(8):
        duties.remind(today + day * DAY)
        duties.remind(today + day * DAY)
    stages = [letter.key.rsplit(":", 1)[1] for letter in Letter.objects.filter(thing=task.pk,
              kind="gatherings.hosting_task")]  # fmt: skip
    assert stages == ["week", "eve", "late"]


def test_the_checklist_fits_the_kind_and_the_way_people_come():
    for kind in ("seminar", "workshop", "summit"):
        on_site = {str(step.title) for step in checklist.steps_for(kind, "on_site")}
        online = {str(step.title) for step in checklist.steps_for(kind, "online")}
        assert not any("lift" in title for title in online)
        assert not any("link to enter" in title for title in on_site)
    assert len(checklist.steps_for("summit", "both")) > len(checklist.steps_for("seminar", "both"))


def test_what_is_late_already_is_due_in_a_week():
    step = checklist.Step(56, "city", "Reserve")
    today, first_day = datetime.date(2026, 5, 1), datetime.date(2026, 5, 20)
    assert checklist.due(step, first_day, today) == datetime.date(2026, 5, 8)
    after = checklist.Step(-3, "city", "Minutes")
    assert checklist.due(after, first_day, today) == datetime.date(2026, 5, 23)


def test_why_not_says_what_would_help(member, office):
    made = offer(member)
    actions.withdraw_offer(made, "", by=viewer_for(member.person))
    reason, remedy = OfferPolicy().why_not(viewer_for(member.person), "edit", made)
    assert "decided" in reason
    assert "offer anew" in remedy
