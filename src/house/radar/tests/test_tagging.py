"""What an item is about follows the descriptions of topics as they stand now, and a model as soon as it answers."""

import threading

import pytest

from house.radar import tagging
from house.retrieval.tests.test_embedding_others import Server
from house.vocabulary.models import Topic
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    """Takes a text for the letters in it."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    settings.EMBEDDINGS_URL = server.url
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def about():
    topics = [TopicFactory(definition=letter * 50) for letter in "abc"]

    def tell(text):
        [vector] = tagging.vectors_of([text])
        named = [topic.pk for topic in topics]
        found = tagging.confirmed(vector, named, tagging.described_topics())
        return "".join("abc"[named.index(pk)] for pk in found)

    return tell


def test_a_topic_that_is_described_anew_is_found_by_its_new_description(server, about):
    assert about("a" * 50) == "a"
    one, three = (Topic.objects.get(definition=letter * 50) for letter in "ac")
    Topic.objects.filter(pk=one.pk).update(definition="c" * 50)
    Topic.objects.filter(pk=three.pk).update(definition="a" * 50)
    assert about("a" * 50) == "c"


def test_a_model_that_failed_once_is_asked_again(server, about):
    assert tagging.vectors_of(["a"]) is not None
    server.answer = (500, {})
    assert tagging.described_topics() == ([], None)
    server.answer = None
    assert about("b" * 50) == "b"
