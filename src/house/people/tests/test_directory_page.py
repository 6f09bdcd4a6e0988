import pytest

from house.partners.viewing import viewer_for
from house.people.directory import Asked, look_up
from house.people.tests.test_directory import LIST, colleague, names
from tests.factories import PartnershipFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_many(
    client, member, rows, django_assert_num_queries
):
    for number in range(rows):
        hers = colleague(f"P{number}", languages=["da"])
        hers.topics.add(TopicFactory())
    client.force_login(member.person)
    client.get(LIST)
    with django_assert_num_queries(10):
        client.get(LIST, {"q": "p", "language": "da"})


def test_pages_hold_the_filters(client, member):
    partnership = PartnershipFactory()
    for number in range(30):
        colleague(f"Name {number:02}", partnership=partnership)
    client.force_login(member.person)
    second = client.get(LIST, {"q": "name", "page": 2}).content.decode()
    assert second.count("Name ") == 6
    assert "?q=name&amp;page=1" in second


def test_nobody_found_says_what_to_do(client, member):
    client.force_login(member.person)
    page = client.get(LIST, {"q": "nobody of this name"}).content.decode()
    assert "Nobody found" in page
    assert "Show everybody" in page


def test_htmx_gets_the_results_alone(client, member, neighbour):
    client.force_login(member.person)
    part = client.get(LIST, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert neighbour.person.name in part


def test_who_copies_the_list_is_slowed_down(client, member, monkeypatch):
    monkeypatch.setattr("house.people.views.directory.A_MINUTE", 2)
    client.force_login(member.person)
    assert [client.get(LIST).status_code for _time in range(3)] == [200, 200, 429]


def test_the_choice_in_the_profile_counts_at_once(client, member, neighbour):
    client.force_login(member.person)
    form = {"name": "Ana Lima", "time_zone": "UTC", "job_title": "Adviser", "withheld": ["job_title"],
            "is_listed": "on"}  # fmt: skip
    assert client.post("/people/me/edit/", form).status_code == 302
    looking = viewer_for(neighbour.person)
    shown = next(card for card in look_up(Asked(q="ana"), looking).cards)
    assert (shown.name, shown.job_title) == ("Ana Lima", "")
    del form["is_listed"]
    client.post("/people/me/edit/", form)
    assert names(looking, q="ana") == []


@pytest.mark.parametrize("name", ["<b>Ana</b>", "Ana http://evil.example", "\r\n<Ana"])
def test_a_name_is_words_and_nothing_else(client, member, name):
    """Hole 8: it goes into mails of the house."""
    client.force_login(member.person)
    answer = client.post("/people/me/edit/", {"name": name, "time_zone": "UTC", "is_listed": "on"})
    assert answer.status_code == 422
    member.person.refresh_from_db()
    assert "Ana" not in member.person.name
