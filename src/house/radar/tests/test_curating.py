"""Pick, drop, merge, split, take back: each told once, each undone whole, and only by curators."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from house.access.viewer import VISITOR
from house.ground.errors import Forbidden, Refused
from house.memory import tellers
from house.notices import fanning, happenings
from house.notices.models import Happening, Notice
from house.partners.viewing import viewer_for
from house.people.erasure import erase
from house.people.models import Person
from house.radar import actions, keeping, telling
from house.radar.models import Item, State, Step, Story
from house.radar.tests.making import DAY, make_source, make_story
from house.retrieval import outbox
from house.retrieval.search import search
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
NOTE = {"note": "Read the method.", "language": "en", "audience": "alliance"}


@pytest.fixture
def by(curator):
    return viewer_for(curator)


def state_of(story):
    story.refresh_from_db()
    return story.state


def test_only_curators_act(member, associate):
    story, source = make_story("One", "Two"), make_source()
    for person in (member.person, associate.person):
        viewer = viewer_for(person)
        for act in (
            lambda v=viewer: actions.pick(story, by=v, **NOTE), lambda v=viewer: actions.drop(story, by=v),
            lambda v=viewer: actions.merge(story, into=make_story(), by=v), lambda v=viewer: actions.undo(story, by=v),
            lambda v=viewer: actions.split(story, [], by=v), lambda v=viewer: actions.pause_source(source, by=v),
            lambda v=viewer: actions.resume_source(source, by=v), lambda v=viewer: actions.add_sources([], by=v),
            lambda v=viewer: actions.add_source("A", "https://a.example/f", by=v),
        ):  # fmt: skip
            with pytest.raises(Forbidden):
                act()


def test_a_pick_is_told_once_to_who_follows_its_topic_and_no_more_when_taken_back(
    by, member, settings
):
    topic = TopicFactory(slug="bike-sharing")
    story = make_story()
    story.topics.add(topic)
    happenings.follow(member.person.pk, "topic:bike-sharing")
    actions.pick(story, by=by, **NOTE)
    actions.pick(story, by=by, **{**NOTE, "note": "Read the table."})
    assert Happening.objects.filter(kind=telling.KIND).count() == 1
    fanning.fan_out()
    assert Notice.objects.filter(person=member.person, happening__kind=telling.KIND).count() == 1
    viewer = viewer_for(member.person)
    (told,) = telling.told([story.pk], viewer).values()
    assert told.line == "Read the table."
    actions.undo(story, by=by)
    (told,) = telling.told([story.pk], viewer).values()
    assert told.line == "Read the method."
    actions.undo(story, by=by)
    assert state_of(story) == State.NEW
    assert telling.told([story.pk], viewer) == {}
    with pytest.raises(Refused, match="nothing to take back"):
        actions.undo(story, by=by)


@pytest.mark.parametrize(
    "wrong", [{"note": " "}, {"note": "x" * 1201}, {"language": "tlh"}, {"audience": "private"}]
)
def test_a_pick_needs_a_paragraph_a_language_and_an_audience(by, wrong):
    with pytest.raises(Refused):
        actions.pick(make_story(), by=by, **{**NOTE, **wrong})


def test_merging_keeps_the_picked_one_and_is_undone_whole(by):
    picked, other = make_story("A"), make_story("B", "C")
    actions.pick(picked, by=by, **NOTE)
    assert actions.merge(picked, into=other, by=by) == picked
    assert (state_of(other), other.merged_into, Item.objects.filter(story=picked).count()) == (
        State.MERGED,
        picked,
        3,
    )
    with pytest.raises(Refused):
        actions.drop(other, by=by)
    with pytest.raises(Refused):
        actions.merge(other, into=picked, by=by)
    actions.undo(picked, by=by)
    assert (state_of(other), Item.objects.filter(story=other).count()) == (State.NEW, 2)
    actions.pick(other, by=by, **NOTE)
    with pytest.raises(Refused, match="Both are picked"):
        actions.merge(picked, into=other, by=by)


def test_splitting_makes_a_story_and_is_undone_whole(by):
    story = make_story("A", "B", "C")
    items = list(Item.objects.filter(story=story).order_by("pk"))
    for wrong in ([], items):
        with pytest.raises(Refused, match="not all"):
            actions.split(story, wrong, by=by)
    apart = actions.split(story, items[1:], by=by)
    assert (apart.title, Item.objects.filter(story=apart).count()) == ("B", 2)
    actions.undo(story, by=by)
    assert (Item.objects.filter(story=story).count(), state_of(apart)) == (3, State.MERGED)


@given(
    moves=st.lists(
        st.tuples(st.sampled_from(["pick", "drop", "merge", "split", "undo"]), st.integers(0, 2)),
        max_size=8,
    )
)
@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_whatever_is_done_no_item_is_lost_and_taking_all_back_leads_to_the_beginning(by, moves):
    Story.objects.update(merged_into=None, state=State.NEW)
    Story.objects.all().delete()
    stories = [make_story(f"{letter}1", f"{letter}2") for letter in "ABC"]
    homes = dict(Item.objects.values_list("pk", "story"))
    for move, number in moves:
        story = Story.objects.get(pk=stories[number].pk)
        try:
            match move:
                case "pick":
                    actions.pick(story, by=by, **NOTE)
                case "merge":
                    actions.merge(story, into=stories[(number + 1) % 3], by=by)
                case "split":
                    actions.split(story, Item.objects.filter(story=story)[:1], by=by)
                case _:
                    getattr(actions, move)(story, by=by)
        except Refused:
            continue
    # The last of all first, as the desk offers it.
    for step in Step.objects.filter(undone_at=None).order_by("-pk"):
        actions.undo(step.story, by=by)
    assert dict(Item.objects.values_list("pk", "story")) == homes
    assert {story.pk: state_of(story) for story in stories} == {
        story.pk: State.NEW for story in stories
    }


def test_only_picked_stories_are_found_each_by_her_who_may_read_it(by, member):
    inner, public, raw = (make_story(f"Pogopedal {name}") for name in ("inner", "public", "raw"))
    actions.pick(inner, by=by, **NOTE)
    actions.pick(public, by=by, **{**NOTE, "audience": "public"})
    outbox.touch("story", raw.pk)
    outbox.drain()

    def found(viewer):
        return {hit.thing.title for hit in search("pogopedal", viewer=viewer).hits}

    assert found(viewer_for(member.person)) == {"Pogopedal inner", "Pogopedal public"}
    assert found(VISITOR) == {"Pogopedal public"}
    actions.drop(public, by=by)
    outbox.drain()
    assert found(viewer_for(member.person)) == {"Pogopedal inner"}


def test_the_magazine_is_told_of_picks_in_the_words_of_their_first_source(by):
    story = make_story("Scooters return", "Scooters are back")
    actions.pick(story, by=by, **NOTE)
    make_story("Nobody looked at this")
    story.refresh_from_db()
    now = story.picked_at
    (told,) = [
        each
        for each in tellers.told(now - DAY, now + DAY, tellers.reader())
        if each.kind == "story"
    ]
    assert (told.sort, told.title, told.counts) == ("outside", "Scooters return", {"sources": 2})
    assert told.quote in told.words
    assert told.quote_url.startswith("https://paper.example/")
    assert not [
        each for each in tellers.told(now - DAY, now + DAY, VISITOR) if each.kind == "story"
    ]


def test_what_nobody_picked_is_forgotten_after_half_a_year(by):
    kept, fresh = make_story("Kept", at=timezone.now() - 400 * DAY), make_story("Fresh")
    make_story("Old", at=timezone.now() - 400 * DAY)
    actions.pick(kept, by=by, **NOTE)
    assert keeping.forget() == 1
    assert set(Story.objects.values_list("title", flat=True)) == {kept.title, fresh.title}


def test_a_curator_who_goes_leaves_her_picks_and_not_her_name(by, curator):
    story = make_story()
    actions.pick(story, by=by, **NOTE)
    actions.drop(story, by=by)
    Person.objects.filter(pk=curator.pk).update(erase_after=timezone.now())
    erase(curator.pk)
    actions_left = list(Step.objects.values_list("by", flat=True))
    story.refresh_from_db()
    assert (story.picked_by, actions_left) == (None, [None, None])
    assert not Step.objects.filter(before__picked_by=curator.pk).exists()
