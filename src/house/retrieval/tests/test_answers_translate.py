import pytest
from django.core.cache import cache

from house.retrieval.answers.translate import translate
from house.retrieval.tests.service import service


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    yield
    cache.clear()


def test_without_a_server_there_is_no_hint(settings):
    settings.TRANSLATE_URL = ""

    assert translate(["Hallo"], source="de", target="en") == [""]


def test_texts_are_translated_together_and_only_once(settings):
    with service(lambda body: {"translatedText": [text.upper() for text in body["q"]]}) as (
        url,
        asked,
    ):
        settings.TRANSLATE_URL, settings.TRANSLATE_KEY = url, "secret"
        first = translate(["eins", "zwei"], source="de", target="en")
        second = translate(["zwei", "drei"], source="de", target="en")

    assert (first, second) == (["EINS", "ZWEI"], ["ZWEI", "DREI"])
    assert [(path, body) for path, _headers, body in asked] == [
        (
            "/translate",
            {
                "q": ["eins", "zwei"],
                "source": "de",
                "target": "en",
                "format": "text",
                "api_key": "secret",
            },
        ),
        (
            "/translate",
            {"q": ["drei"], "source": "de", "target": "en", "format": "text", "api_key": "secret"},
        ),
    ]


@pytest.mark.parametrize(
    "reply",
    [
        {"error": "no such language"},
        {"translatedText": "one string"},
        {"translatedText": ["one", "too many"]},
        {"translatedText": [None]},
        ["not", "an", "object"],
        b"not json",
    ],
)
def test_nonsense_from_the_server_is_no_hint(settings, reply):
    with service(lambda _body: reply) as (url, _asked):
        settings.TRANSLATE_URL = url
        assert translate(["eins"], source="de", target="en") == [""]


def test_a_server_that_is_down_or_refuses_is_no_hint(settings):
    with service(lambda _body: {"translatedText": ["x"]}, status=500) as (url, _asked):
        settings.TRANSLATE_URL = url
        assert translate(["eins"], source="de", target="en") == [""]
    assert translate(["eins"], source="de", target="en") == [""]  # now nobody listens there


def test_a_hint_is_plain_text(settings):
    with service(lambda _body: {"translatedText": ["a\u202eb\x00c"]}) as (url, _asked):
        settings.TRANSLATE_URL = url
        assert translate(["eins"], source="de", target="en") == ["abc"]
