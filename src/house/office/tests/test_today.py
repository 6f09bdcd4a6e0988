import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from house.gatherings.market.actions import Wish, suggest_topic
from house.groups.models import Group
from house.groups.tests.made import make as make_group
from house.notices.models import Mail, Suppression
from house.office.actions import reveals as acting
from house.office.tasks import VERIFIED
from house.partners.models import Invitation, JoinRequest, Seat
from house.partners.viewing import viewer_for
from house.radar.tests.making import make_story
from tests.factories import EntryFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db


def failed_task(path="house.alex.tasks.ask_about_freshness", **facts):
    return DBTaskResult.objects.create(
        status="FAILED", task_path=path, args_kwargs={"args": ["zzsecret"], "kwargs": {}}, backend_name="default",
        run_after=get_date_max(), exception_class_path="django.db.utils.OperationalError",
        traceback="OperationalError: zzsecret", **facts,
    )  # fmt: skip


def seen(client):
    piles = client.get(reverse("office:today")).context["piles"]
    return {pile.title: [line.text for line in pile.lines] for pile in piles}


def test_each_kind_of_waiting_stands_there_and_leads_to_where_it_is_done(
    client_factory, office, member
):
    failed_task()
    Suppression.objects.create(address="gone@example.org")
    Mail.objects.create(message_id="1", to="a@example.org", state="refused")
    caches["default"].set(
        VERIFIED, {"at": timezone.now(), "is_whole": False, "broken": 3, "why": "", "head": ""}
    )
    entry = EntryFactory(
        title="A breach", audience="alliance", candour="sealed", author=member.person
    )
    asker = PersonFactory(is_office=True)
    acting.ask_reveal(entry, by=viewer_for(asker), reason="x")
    empty = SeatFactory(partnership=Seat.objects.get(pk=member.seat.pk).partnership, person=None)
    Invitation.objects.create(
        seat=empty, email="x@else.example", name="Ines Outside", needs_approval=True
    )
    asked = JoinRequest.objects.create(
        city=member.city, email="y@aaa.example", name="Joris Asks", title="Planner"
    )
    JoinRequest.objects.filter(pk=asked.pk).update(
        asked_at=timezone.now() - timezone.timedelta(days=8)
    )

    wish = Wish("Shade at stops", "seminar")
    topic = suggest_topic(wish, by=viewer_for(member.person))
    past = timezone.now().date() - timezone.timedelta(days=9)
    ended = make_group(member, name="Heat nights", is_hidden=True)
    Group.objects.filter(pk=ended.pk).update(starts_on=past, ends_on=past)
    make_group(member, name="At work")

    client = client_factory(office)
    piles = seen(client)
    assert piles["The journal"] == ["Somebody changed row 3"]
    assert piles["Background work"] == ["1 piece of work failed"]
    assert piles["Mail that came back"] == ["gone@example.org", "1 mail was refused"]
    assert piles["Sealed authors"] == ["A breach"]
    assert piles["Suggested topics"] == [topic.title]
    assert piles["Working groups left alone"] == ["Heat nights"]
    assert piles["Addresses to look at"] == ["x@else.example"]
    assert piles["Colleagues who ask to join"] == ["Joris Asks"]
    for pile in client.get(reverse("office:today")).context["piles"]:
        for line in pile.lines:
            assert client.get(line.href).status_code == 200, line
    assert "Sealed authors" not in seen(client_factory(asker))  # who asked can't agree


def test_a_curator_is_told_of_her_part_alone(client_factory, curator):
    failed_task()
    Suppression.objects.create(address="gone@example.org")
    assert seen(client_factory(curator)) == {}

    make_story("Scooters return", state="new")
    make_story("Seen before", state="dropped")
    assert seen(client_factory(curator)) == {"On the radar, not looked at": ["Scooters return"]}


@pytest.mark.parametrize("count", [1, 3])
def test_today_costs_the_same_for_three_of_each_as_for_one(
    client_factory, office, count, django_assert_max_num_queries
):
    for number in range(count):
        failed_task()
        Suppression.objects.create(address=f"gone{number}@example.org")
        acting.ask_reveal(
            EntryFactory(audience="alliance", candour="sealed"),
            by=viewer_for(PersonFactory(is_office=True)),
            reason="x",
        )
    client = client_factory(office)
    client.get(reverse("office:today"))
    # session, person, seats, the table, circles; one or two for each kind of waiting
    with django_assert_max_num_queries(33):
        client.get(reverse("office:today"))
