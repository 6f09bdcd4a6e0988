"""Has it been asked before? Found by meaning and words, through the writer's door."""

import numpy as np
import pytest

from house.access.viewer import VISITOR
from house.agora import actions
from house.agora.asked import alike, asked_before, is_near
from house.agora.bench import faq
from house.partners.viewing import viewer_for
from house.retrieval import outbox
from house.retrieval.ranking import Evidence
from tests.factories import EntryFactory


@pytest.fixture
def known(member):
    post = actions.write_post(
        "question", "Who fines operators of shared bikes?", "They park everywhere.",
        by=viewer_for(member.person), language="en",
    )  # fmt: skip
    entry = EntryFactory(
        title="Fines for shared bikes", audience="city", city=member.city, author=member.person,
        fields={"challenge": "<p>Operators of shared bikes were fined.</p>"},
    )  # fmt: skip
    outbox.touch("entry", entry.pk)
    outbox.drain()
    return post, entry


def test_threads_and_entries_come_back_through_the_door(known, member, neighbour):
    post, entry = known

    mine = asked_before("Fines for operators of shared bikes?", viewer=viewer_for(member.person))
    theirs = asked_before(
        "Fines for operators of shared bikes?", viewer=viewer_for(neighbour.person)
    )

    assert {each.thing for each in mine} == {post, entry}
    assert [each.thing for each in theirs] == [post]
    assert asked_before("Fines for shared bikes?", viewer=VISITOR) == []
    assert theirs[0].title == post.title
    assert theirs[0].url == post.get_absolute_url()


def test_what_is_written_now_is_not_its_own_answer(known, member):
    post, entry = known
    found = asked_before(post.title, viewer=viewer_for(member.person), without=[("post", post.pk)])
    assert [each.thing for each in found] == [entry]


def test_nothing_near_is_nothing(known, member):
    viewer = viewer_for(member.person)
    for text in ("", "?!", "Choir rehearsals on Mondays with tea"):
        assert asked_before(text, viewer=viewer) == []


def test_a_title_counts_more_than_a_word_far_down():
    flags = np.array([[True], [True]])
    evidence = Evidence(
        term_weights=np.array([2.0], np.float32), in_text=flags,
        in_title=np.array([[False], [True]]), is_concept=np.array([False]),
        same_language=np.array([True, True]), prior=np.zeros(2, np.float32),
        bm25=np.array([1.0, 1.0], np.float32),
    )  # fmt: skip
    scores = alike(evidence)
    assert scores[1] > scores[0]


def test_the_least_far_away_is_not_near():
    near = np.array([0.2, 1.6] + [0.0] * 20)
    assert list(is_near(near, np.zeros(22))) == [False, True] + [False] * 20
    assert list(is_near(None, np.array([0.4, 0.6]))) == [False, True]


def test_the_public_collections_are_read_whole(corpus):
    threads = faq.read("stackfaq", corpus)
    halves = [faq.half_of(next(iter(asked.answers))) for asked in threads.questions]

    assert len({piece.document for piece in threads.pieces}) == 125
    assert len(threads.questions) == 1249
    assert 0.4 < halves.count("tune") / len(halves) < 0.6
    assert len(faq.read("covid-faq-en", corpus).questions) == 244
