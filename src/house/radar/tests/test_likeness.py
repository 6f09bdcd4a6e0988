"""Which items tell the same: measured on a set written by hand, and true whatever comes."""

import datetime
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from house.radar import likeness
from house.radar.likeness import Mark, canonical_url, cluster, sketch_of
from house.radar.tests.measuring import BEGIN, marks, measure
from house.retrieval.embedding import load_embedder

WORDS = [
    "bikes",
    "rent",
    "court",
    "nights",
    "drill",
    "couriers",
    "licence",
    "kerb",
    "shed",
    "count",
]


@st.composite
def told(draw):
    made = []
    for key in range(draw(st.integers(0, 12))):
        text = " ".join(draw(st.lists(st.sampled_from(WORDS), max_size=30)))
        title = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6)))
        at = BEGIN + datetime.timedelta(hours=draw(st.integers(0, 400)))
        address = draw(st.sampled_from(["", "a", "b"]))
        source = draw(st.integers(1, 3))
        made.append(Mark(key, source, title, text, "en", at, address, sketch_of(title, text)))
    return made


@given(made=told(), seed=st.integers())
def test_clusters_hold_every_item_once_and_do_not_depend_on_the_order(made, seed):
    found = cluster(made)
    assert sorted(key for keys in found for key in keys) == sorted(mark.key for mark in made)
    shuffled = list(made)
    random.Random(seed).shuffle(shuffled)
    assert cluster(shuffled) == found


@given(made=told())
def test_no_cluster_is_longer_than_its_window_and_each_later_telling_is_like_an_earlier_one(made):
    by_key = {mark.key: mark for mark in made}
    for keys in cluster(made):
        rows = [by_key[key] for key in keys]
        assert rows[-1].published_at - rows[0].published_at <= likeness.WINDOW
        for place, row in enumerate(rows[1:], start=1):
            assert any(likeness.likeness(row, other) for other in rows[:place])


@given(made=told())
def test_likeness_is_the_same_both_ways_and_an_item_is_like_its_copy(made):
    for one in made:
        for other in made:
            assert likeness.likeness(one, other) == likeness.likeness(other, one)
        if len(one.runs) >= likeness.FEWEST_RUNS:
            assert likeness.copied(one, one) == 1.0


def test_by_words_nothing_is_put_together_wrongly_and_nearly_all_copies_are_found():
    _all, (precision, recall) = measure()
    assert (precision, recall) == (1.0, pytest.approx(0.9))


def test_by_meaning_tellings_in_other_languages_are_found_too():
    embedder = load_embedder()
    if embedder is None:
        pytest.skip("there is no embedding model here")
    (precision, recall), within = measure(embedder)
    assert within == (1.0, 1.0)
    assert precision == 1.0
    assert recall > 0.85


def test_the_same_title_every_week_is_no_story():
    made, truth = marks()
    weekly = [mark for mark in made if truth[mark.key].startswith("weekly")]
    assert [len(keys) for keys in cluster(weekly)] == [1, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.paper.example/a/?utm_source=x&b=2&a=1#top", "http://paper.example/a?a=1&b=2"),
        ("https://m.paper.example/a/amp/", "https://paper.example/a"),
        ("https://PAPER.example:443/a", "https://paper.example/a"),
    ],
)
def test_addresses_of_the_same_page_are_one(one, other):
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize(
    "url", ["https://paper.example/", "javascript:x", "", "https://[::1", "http://x:99999/"]
)
def test_addresses_that_tell_nothing_apart_are_none(url):
    assert canonical_url(url) == ""
