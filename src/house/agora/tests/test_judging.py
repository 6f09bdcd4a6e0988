"""Whom to ask, by pure functions: fairness and what may not count."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from house.agora.routing.facts import Load, Peer, Question, Town, Work
from house.agora.routing.judging import choose, gini, judge, likeness, shared_hours

QUESTION = Question(
    frozenset({"bike-sharing"}), "nl", ("nl", "en"),
    Town("ask", "NL", "Europe", 500_000, frozenset({"harbour"})), "Europe/Amsterdam",
)  # fmt: skip
loads = st.builds(
    Load, st.integers(0, 3), st.integers(0, 5), st.integers(0, 40), st.integers(0, 4), st.booleans()
)
peers = st.builds(
    Peer,
    person=st.integers(1, 200),
    town=st.sampled_from([Town(f"c{n}", "NL", "Europe", 10.0**n) for n in range(4, 8)]),
    says=st.floats(0, 1),
    topics=st.sampled_from([frozenset(), frozenset({"bike-sharing"})]),
    languages=st.sampled_from([(), ("nl",), ("en",), ("ko",)]),
    works=st.lists(
        st.builds(Work, st.sampled_from(["accepted", "answered", "city"]), st.floats(0, 1)),
        max_size=4,
    ).map(tuple),
    load=loads,
)


# On a busy machine the drawing alone may take seconds.
unhurried = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def person(pk, town="c1", **facts):
    return Peer(pk, Town(town), languages=("nl",), says=0.6, **facts)


@unhurried
@given(st.lists(peers, max_size=25, unique_by=lambda peer: peer.person))
def test_at_most_three_one_of_each_city_and_nobody_who_is_spared(found):
    chosen = choose(QUESTION, found)
    by_pk = {peer.person: peer for peer in found}

    assert len(chosen) <= 3
    assert len({by_pk[each.person].town.code for each in chosen}) == len(chosen)
    assert all(not by_pk[each.person].load.is_full for each in chosen)
    assert all(each.reasons for each in chosen)
    assert chosen == choose(QUESTION, reversed(found))


@unhurried
@given(peers, st.integers(1, 20))
def test_more_load_never_brings_anybody_forward(peer, more):
    before, _peer = judge(QUESTION, peer)
    loaded = replace(peer, load=replace(peer.load, year=peer.load.year + more))

    assert judge(QUESTION, loaded)[0].score <= before.score


@unhurried
@given(peers)
def test_of_a_hidden_asker_neither_city_nor_hours_count(peer):
    hidden = Question(QUESTION.topics, QUESTION.language)

    reasons = judge(hidden, peer)[0].reasons
    elsewhere = replace(peer, town=Town("far", "KR", "Asia", 9e6), zone="Asia/Seoul")

    assert not {reason.kind for reason in reasons} & {"like", "hours"}
    assert judge(hidden, peer)[0].score == judge(hidden, elsewhere)[0].score


def test_nobody_is_asked_for_whom_nothing_speaks():
    assert choose(QUESTION, [Peer(1, Town("c1"), languages=("nl",))]) == []


def test_the_same_few_are_not_asked_again_and_again():
    """Sixty questions to twelve alike experts: each is asked about as often."""
    counted = dict.fromkeys(range(12), 0)
    for _question in range(60):
        found = [
            person(pk, f"c{pk}", load=Load(year=times, limit=99)) for pk, times in counted.items()
        ]
        for choice in choose(QUESTION, found):
            counted[choice.person] += 1

    assert set(counted.values()) == {15}
    assert gini(list(counted.values())) == 0


def test_gini_knows_both_ends():
    assert gini([0, 0, 0]) == 0
    assert gini([4, 4, 4, 4]) == 0
    assert gini([0] * 99 + [7]) == 0.99


def test_focus_tells_an_expert_from_who_writes_about_everything():
    works = (Work("answered", 0.6),) * 2
    few, many = person(1, works=works, written=3), person(2, works=works, written=40)

    assert [each.person for each in choose(QUESTION, [many, replace(few, town=Town("c2"))])] == [
        1,
        2,
    ]


def test_likeness_and_hours():
    assert likeness(None, Town("x")) == (0.0, [])
    like, alike = likeness(
        QUESTION.town, Town("x", "NL", "Europe", 450_000, frozenset({"harbour"}))
    )
    assert like > 0.9
    assert alike == ["size", "terrain", "country"]
    assert shared_hours("Europe/Amsterdam", "Europe/Madrid") == 8
    assert shared_hours("Europe/Amsterdam", "Asia/Seoul") <= 1
