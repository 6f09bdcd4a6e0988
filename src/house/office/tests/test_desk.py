import datetime

import pytest
from django.urls import reverse

from house.access.journal import record
from house.access.viewer import Viewer
from house.alex.models.entry import State
from house.office import desk
from house.partners.viewing import viewer_for
from tests.factories import EntryFactory, PersonFactory

pytestmark = pytest.mark.django_db
DESK = ("office:today", "office:journal", "office:import")


@pytest.mark.parametrize("name", DESK)
def test_nobody_else_learns_that_there_is_a_desk(
    client_factory, member, associate, office, curator, name
):
    address = reverse(name)
    for person in (
        None,
        PersonFactory(),
        member.person,
        associate.person,
        PersonFactory(is_expert=True),
    ):
        assert client_factory(person).get(address).status_code in {302, 404}
    assert client_factory(office).get(address).status_code == 200
    theirs = 404 if name == "office:journal" else 200  # the journal is the office's alone
    assert client_factory(curator).get(address).status_code == theirs


def test_the_journal_tells_who_did_what_and_why(client_factory, office):
    entry = EntryFactory()
    record("alex.withdraw", entry, by=Viewer(person_id=office.pk), reason="Asked by the city")

    page = client_factory(office).get(reverse("office:journal")).content.decode()
    assert "alex.withdraw" in page
    assert "Asked by the city" in page
    assert office.name in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_journal_costs_the_same_for_three_rows_as_for_one(
    client_factory, office, count, django_assert_num_queries
):
    for _row in range(count):
        record("x", None, by=Viewer(person_id=office.pk))
    client = client_factory(office)
    client.get(reverse("office:journal"))
    # session, person, seats, the table, circles; count, rows, names
    with django_assert_num_queries(8):
        client.get(reverse("office:journal"))


def test_today_tells_what_is_past_its_review_date(client_factory, office, curator):
    EntryFactory(title="Old rules", review_by=datetime.date(2020, 1, 1), state=State.PUBLISHED)
    page = client_factory(curator).get(reverse("office:today"))
    assert [[line.text for line in pile.lines] for pile in page.context["piles"]] == [["Old rules"]]


def test_today_says_when_nothing_waits(client_factory, curator):
    assert "Nothing waits" in client_factory(curator).get(reverse("office:today")).content.decode()


def test_a_new_house_says_where_the_office_begins(client_factory, office, curator):
    page = client_factory(office).get(reverse("office:today")).content.decode()
    assert "The house is new" in page
    assert f'href="{reverse("office:partnership_open")}"' in page
    page = client_factory(curator).get(reverse("office:today")).content.decode()
    assert "The house is new" not in page  # she opens none


def test_everybody_at_the_desk_is_led_only_to_parts_that_open(client_factory, office, curator):
    for person in (office, curator):
        client = client_factory(person)
        page = client.get(reverse("office:today"))
        led = [address for address, _label, _current in desk.parts_for(viewer_for(person))]
        assert led
        for address in led:
            assert client.get(address).status_code == 200
            assert f'href="{address}"' in page.content.decode()
    assert len(list(desk.parts_for(viewer_for(curator)))) < len(
        list(desk.parts_for(viewer_for(office)))
    )


ROOMS = {
    "office": ("gatherings:topic_market_desk", "gatherings:hosting_list", "meetings:desk"),
    "curator": (
        "alex:reviews", "agora:moderation", "initiatives:desk", "clauses:curate", "clauses:find",
        "mobility:correction_list", "mobility:readings", "radar:desk", "radar:source_list", "magazine:plan",
        "showcase:voice_list",
    ),
}  # fmt: skip


@pytest.mark.parametrize("who", ROOMS)
def test_the_desk_of_every_room_is_a_part_of_the_desk(client_factory, request, who):
    person = request.getfixturevalue(who)
    viewer, client = viewer_for(person), client_factory(person)
    for name in ROOMS[who]:
        [current] = [href for href, _label, is_here in desk.parts_for(viewer, name) if is_here]
        assert f'href="{current}"' in client.get(reverse("office:today")).text
        page = client.get(reverse(name))
        assert page.status_code == 200, name
        if name != "gatherings:hosting_list":  # cities that host come here too
            assert f'<a href="{current}" aria-current="page">' in page.text, name


def test_the_part_one_is_in_is_marked_also_on_its_further_pages(client_factory, office):
    page = client_factory(office).get(reverse("office:journal")).content.decode()
    assert f'<a href="{reverse("office:journal")}" aria-current="page">' in page
    assert desk.Part("Import", "office:import", "office.import").holds("office:import_run")
    assert not desk.Part("Import", "office:import", "office.import").holds("office:imports")
