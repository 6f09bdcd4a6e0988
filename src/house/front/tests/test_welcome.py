"""A person's first weeks: short steps, none of them a must."""

import pytest
from django.urls import reverse

from house.front.first_steps import first_reading, way_of
from house.partners.models import Guide
from house.partners.viewing import viewer_for
from tests.factories import EntryFactory, PersonFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hers(client, member):
    client.force_login(member.person)
    return client


def states(person):
    person.refresh_from_db()
    return {step.kind.name: step.state for step in way_of(person, viewer_for(person)).steps}


def test_a_visitor_is_led_to_sign_in(client):
    for address in ("/welcome/", "/welcome/topics/"):
        assert client.get(address).headers["Location"].startswith("/accounts/sign-in/")
    assert client.post("/welcome/act/", {"act": "away"}).status_code == 302
    assert not Guide.objects.exists()


def test_a_step_changes_only_its_own_fields(hers, member):
    person = member.person
    person.looks_for, person.languages = "Peers.", ["nl"]
    person.save()

    response = hers.post(
        "/welcome/profile/",
        {"name": "Ada", "job_title": "Planner", "looks_for": "", "is_office": "1"},
    )

    person.refresh_from_db()
    assert response.headers["Location"] == "/welcome/topics/"
    assert (person.name, person.job_title, person.looks_for, person.languages, person.is_office) == (
        "Ada", "Planner", "Peers.", ["nl"], False,
    )  # fmt: skip


def test_a_refused_step_keeps_what_was_typed(hers, member):
    response = hers.post("/welcome/profile/", {"name": "", "job_title": "Planner of harbours"})

    member.person.refresh_from_db()
    assert response.status_code == 422
    assert "Planner of harbours" in response.content.decode()
    assert member.person.job_title == ""


def test_topics_are_chosen_by_group_and_kept(hers, member):
    broad = TopicFactory(slug="mobility")
    TopicFactory(slug="bike-sharing", broader=broad)

    assert hers.post("/welcome/topics/", {"topics": ["nonsense"]}).status_code == 422
    hers.post("/welcome/topics/", {"topics": ["bike-sharing"]})

    assert [topic.pk for topic in member.person.topics.all()] == ["bike-sharing"]
    assert 'value="bike-sharing" checked' in hers.get("/welcome/topics/").content.decode()


def test_a_step_is_left_for_later_taken_up_and_done(hers, member):
    hers.post("/welcome/act/", {"act": "later:read"})
    assert states(member.person)["read"] == "later"
    hers.post("/welcome/act/", {"act": "open:read"})
    assert states(member.person)["read"] == "open"
    hers.post("/welcome/act/", {"act": "done:read"})
    assert states(member.person)["read"] == "done"


@pytest.mark.parametrize("act", ["", "done:nonsense", "explode:read", "later"])
def test_an_unknown_act_is_refused(hers, act):
    assert hers.post("/welcome/act/", {"act": act}).status_code == 409
    assert hers.get("/welcome/nonsense/").status_code == 404


def test_the_line_on_the_desk_goes_when_the_guide_is_put_away(hers):
    line = f'<a href="{reverse("front:welcome")}">Your first weeks</a>'
    assert line in hers.get("/").content.decode()

    hers.post("/welcome/act/", {"act": "away"})
    assert line not in hers.get("/").content.decode()

    hers.post("/welcome/act/", {"act": "back"})
    assert line in hers.get("/").content.decode()


def test_the_guide_of_one_person_does_not_move_anothers(hers, member, neighbour):
    Guide.objects.create(person=neighbour.person, done=["read"])

    hers.post("/welcome/act/", {"act": "later:ask"})

    assert Guide.objects.get(person=neighbour.person).done == ["read"]
    assert states(member.person)["read"] == "open"


def test_the_first_reading_is_hers_to_read_and_of_her_topics(member, neighbour):
    topic = TopicFactory(slug="bike-sharing")
    member.person.topics.add(topic)
    EntryFactory(title="Old of her topic", topics=[topic], audience="alliance")
    EntryFactory(title="Of another topic")
    EntryFactory(title="Hidden", topics=[topic], audience="city", city=neighbour.city)

    titles = [entry.title for entry in first_reading(member.person, viewer_for(member.person))]

    assert titles == ["Old of her topic", "Of another topic"]


def test_who_may_not_read_alex_is_not_sent_to_read(client):
    guest = PersonFactory()
    client.force_login(guest)

    assert "read" not in states(guest)
    assert client.get("/welcome/read/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_reading_step_asks_a_constant_number_of_queries(
    hers, django_assert_num_queries, number
):
    for _each in range(number):
        EntryFactory()
    hers.get("/welcome/read/")

    with django_assert_num_queries(12):
        hers.get("/welcome/read/")
