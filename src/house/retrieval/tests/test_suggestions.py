import pytest
from django.utils import translation

from house.access.viewer import VISITOR, Viewer
from house.retrieval import outbox
from house.retrieval.suggestions import suggest
from house.vocabulary.models import Topic

MEMBER = Viewer(is_member=True)


@pytest.fixture
def topics(notes):
    Topic.objects.all().delete()
    Topic.objects.create(slug="bicycles", labels={"en": "Bicycles", "nl": "Fietsen"})
    Topic.objects.create(slug="boats", labels={"en": "Boats", "nl": "Boten"})
    notes.write("Bicycle lanes of the north", "Text.", facets={"topic": ["bicycles"]})
    notes.write("Boat sheds", "Text.", audience="alliance", facets={"topic": ["boats"]})
    outbox.drain()


def offered(prefix, viewer=VISITOR):
    return [(one.kind, one.text) for one in suggest(prefix, viewer=viewer)]


def test_titles_and_topics_are_offered_by_how_their_words_begin(topics):
    assert offered("bicy") == [("topic", "Bicycles"), ("title", "Bicycle lanes of the north")]
    assert offered("north lan") == [("title", "Bicycle lanes of the north")]
    assert offered("icycle") == []


def test_a_topic_with_nothing_in_it_for_the_viewer_is_not_offered(topics):
    assert offered("boa") == []
    assert offered("boa", MEMBER) == [("topic", "Boats"), ("title", "Boat sheds")]


def test_topics_are_offered_in_the_language_of_the_page(topics):
    with translation.override("nl"):
        assert offered("fiet")[:1] == [("topic", "Fietsen")]


@pytest.mark.parametrize("prefix", ["", "  ", "\0", "\ud800", "%", "x" * 10_000, '"*:'])
def test_any_prefix_may_be_typed(topics, prefix):
    assert offered(prefix) == []
