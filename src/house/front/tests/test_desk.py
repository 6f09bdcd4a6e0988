"""Her own desk: what her peers ask, what comes up, what is new for her, and nothing that is another's."""

import pytest
from django.urls import reverse

from house.agora.actions import write_post
from house.front.answers import attend_next
from house.front.desk import coming_up
from house.gatherings.actions import register
from house.gatherings.tests.making import make_event
from house.partners.viewing import viewer_for
from house.retrieval.answers import Answer
from house.retrieval.answers.shapes import Near
from house.retrieval.facts import Facts
from tests.factories import EntryFactory, TopicFactory

pytestmark = pytest.mark.django_db


def desk(client, person):
    client.force_login(person)
    return client.get(reverse("front:home")).content.decode()


def test_questions_of_others_stand_on_her_desk_her_own_do_not(client, member, neighbour):
    write_post("question", "Who counts cargo bikes?", "We do not.", by=viewer_for(neighbour.person))
    write_post("question", "Who mends lamp posts?", "We try to.", by=viewer_for(member.person))

    page = desk(client, member.person)

    assert "Who counts cargo bikes?" in page
    assert "Who mends lamp posts?" not in page


def test_what_another_city_asks_itself_is_on_nobody_elses_desk(client, member, neighbour):
    write_post(
        "question",
        "Between ourselves?",
        "Only us.",
        by=viewer_for(neighbour.person),
        audience="city",
    )
    assert "Between ourselves?" not in desk(client, member.person)


def test_what_comes_up_is_what_she_registered_for(client, member, neighbour):
    mine, other = make_event(title="Mine to attend"), make_event(title="Not for me")
    register(mine, by=viewer_for(member.person), seat="online")
    register(other, by=viewer_for(neighbour.person), seat="online")

    assert [each.title for each in coming_up(viewer_for(member.person))] == ["Mine to attend"]
    assert "Mine to attend" in desk(client, member.person)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_asks_as_often_for_one_as_for_many(
    client, member, neighbour, django_assert_num_queries, rows
):
    for number in range(rows):
        write_post("question", f"Question {number}?", "Words.", by=viewer_for(neighbour.person))
        register(make_event(title=f"Event {number}"), by=viewer_for(member.person), seat="online")
    client.force_login(member.person)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("front:home"))


QUERIES = 25


def answered_about(entry):
    near = Near(entry, Facts(title="", url="", kind=""), "en", "", "", "")
    return Answer("?", "en", known=False, confidence=0, nearest=(near,))


def test_an_answer_leads_to_the_next_gathering_on_its_topic(member):
    topic = TopicFactory(slug="bike-sharing")
    entry = EntryFactory(topics=[topic])
    make_event(title="On another matter", days=2)
    later, sooner = make_event(topics=[topic], days=9), make_event(topics=[topic], days=3)
    make_event(topics=[topic], days=1, state="draft")

    assert attend_next(answered_about(entry), viewer_for(member.person)) == [sooner, later]


def test_nobody_is_led_to_a_gathering_that_she_may_not_see(client, member, neighbour):
    topic = TopicFactory(slug="bike-sharing")
    make_event(topics=[topic], audience="city", city=neighbour.city)
    assert (
        list(attend_next(answered_about(EntryFactory(topics=[topic])), viewer_for(member.person)))
        == []
    )
