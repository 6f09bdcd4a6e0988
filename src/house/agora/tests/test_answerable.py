"""Questions that somebody could answer: the beginning of her digest."""

import pytest

from house.agora import actions
from house.agora.answerable import questions_for
from house.partners.viewing import viewer_for
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def knows_housing(neighbour):
    neighbour.person.topics.add(TopicFactory(slug="housing"))
    return neighbour


def ask(member, topic="housing", **facts):
    topics = [TopicFactory(slug=topic).pk]
    return actions.write_post(
        "question", facts.pop("title", f"How about {topic}?"), "We have no register.", topics=topics,
        by=viewer_for(member.person), **facts,
    )  # fmt: skip


def titles(person):
    return [told.title for told in questions_for(viewer_for(person), 3)]


def test_open_questions_on_her_topics(member, knows_housing, associate):
    ask(member)
    ask(member, "bikes")
    assert titles(knows_housing.person) == ["How about housing?"]
    assert titles(member.person) == []  # her own
    associate.person.topics.add(TopicFactory(slug="housing"))
    assert titles(associate.person) == []  # may not answer


@pytest.mark.parametrize(
    "known", ["answered by her", "solved", "another language", "not hers to read"]
)
def test_what_she_could_not_or_need_not_answer_is_left_out(member, knows_housing, known):
    post = ask(member, **({"audience": "city"} if known == "not hers to read" else {}))
    her = viewer_for(knows_housing.person)
    if known == "answered by her":
        actions.answer(post, "So.", by=her)
    elif known == "solved":
        type(post).objects.filter(pk=post.pk).update(state="solved")
    elif known == "another language":
        knows_housing.person.languages = ["ko"]
        knows_housing.person.save()
    assert titles(knows_housing.person) == []


def test_it_costs_one_query_and_the_topics_are_not_multiplied(
    member, knows_housing, django_assert_num_queries
):
    knows_housing.person.topics.add(TopicFactory(slug="bikes"))
    post = ask(member)
    post.topics.add(TopicFactory(slug="bikes"))
    viewer = viewer_for(knows_housing.person)
    with django_assert_num_queries(1):
        assert len(questions_for(viewer, 3)) == 1


def test_what_she_says_she_can_help_with_counts_beside_her_topics(
    member, neighbour, django_assert_num_queries
):
    for title in ("Night noise at bars", "Cargo bikes in old towns", "Paper for the yearly report",
                  "Parking for coaches", "Who cleans beaches"):  # fmt: skip
        ask(member, "other", title=title)
    assert titles(neighbour.person) == []
    neighbour.person.can_help_with = "Cargo bikes, and loading zones for them in narrow streets."
    neighbour.person.save()
    viewer = viewer_for(neighbour.person)
    with django_assert_num_queries(1):
        assert [told.title for told in questions_for(viewer, 3)] == ["Cargo bikes in old towns"]

    neighbour.person.topics.add(TopicFactory(slug="housing"))
    ask(member)
    ask(member, title="Loading zones for cargo bikes")
    assert titles(neighbour.person)[:2] == [
        "Loading zones for cargo bikes", "How about housing?",
    ]  # fmt: skip
