import numpy as np
import pytest

from house.retrieval.ranking import BY_WORDS, LOOKED_AT, Evidence, Spread, fuse, pick


def f32(*values):
    return np.array(values, np.float32)


def evidence(n, **facts):
    plain = {
        "term_weights": f32(),
        "in_text": np.zeros((n, 0), bool),
        "in_title": np.zeros((n, 0), bool),
        "is_concept": np.zeros(0, bool),
        "same_language": np.ones(n, bool),
        "prior": np.zeros(n, np.float32),
    }
    return Evidence(**{**plain, **facts})


def test_the_nearer_passage_comes_first():
    spread = Spread(0.8, 0.05)

    scores = fuse(evidence(3, raw=f32(0.8, 0.9, 0.7), raw_spread=spread))

    assert list(np.argsort(-scores)) == [1, 0, 2]


def test_a_mark_lifts_a_passage_in_another_language():
    facts = {
        "raw": f32(0.82, 0.8),
        "raw_spread": Spread(0.8, 0.02),
        "term_weights": f32(4.0),
        "in_text": np.array([[False], [True]]),
        "in_title": np.zeros((2, 1), bool),
        "is_concept": np.array([True]),
    }

    scores = fuse(evidence(2, **facts))

    assert scores[1] > scores[0]


def test_a_mark_is_not_a_word():
    marked = evidence(
        1,
        term_weights=f32(2.0),
        in_text=np.array([[True]]),
        in_title=np.array([[False]]),
        is_concept=np.array([True]),
    )

    assert fuse(marked)[0] == pytest.approx(2.0)


def test_words_decide_for_a_question_of_one_word():
    def facts(terms):
        return {
            "raw": f32(0.84, 0.8),
            "raw_spread": Spread(0.8, 0.01),
            "term_weights": np.ones(terms, np.float32),
            "in_text": np.array([[False] * terms, [True] * terms]),
            "in_title": np.zeros((2, terms), bool),
            "is_concept": np.zeros(terms, bool),
            "bm25": f32(0.0, 6.0),
        }

    one, many = (fuse(evidence(2, **facts(terms))) for terms in (1, 8))

    assert one[1] > one[0]
    assert many[0] > many[1]


def test_a_word_in_common_pushes_down_no_passage_in_another_language():
    facts = {
        "raw": f32(0.84, 0.82, 0.80, 0.78),
        "raw_spread": Spread(0.8, 0.02),
        "same_language": np.array([True, False, True, True]),
    }
    before = fuse(evidence(4, bm25=f32(0, 0, 0, 0), **facts))

    after = fuse(evidence(4, bm25=f32(0, 0, 5, 9), **facts))

    assert list(np.argsort(-before)) == [0, 1, 2, 3]
    assert list(np.argsort(-after)) == [3, 1, 2, 0]


def test_a_name_is_met_in_any_language():
    scores = fuse(
        evidence(
            2,
            raw=f32(0.82, 0.80),
            raw_spread=Spread(0.8, 0.02),
            same_language=np.array([True, False]),
            bm25=f32(0.0, 6.0),
        )
    )

    assert scores[1] > scores[0]


def test_words_alone_rank_when_there_is_no_model():
    scores = fuse(evidence(3, bm25=f32(1.0, 5.0, 0.0)))

    assert list(np.argsort(-scores)) == [1, 0, 2]


def test_without_bm25_the_share_of_the_terms_counts():
    scores = fuse(
        evidence(
            2,
            term_weights=f32(3.0, 1.0),
            in_text=np.array([[False, True], [True, False]]),
            in_title=np.zeros((2, 2), bool),
            is_concept=np.zeros(2, bool),
        )
    )

    assert scores[1] > scores[0]


def test_freshness_breaks_a_tie_and_no_more():
    near = {"raw": f32(0.8, 0.8, 0.9), "raw_spread": Spread(0.8, 0.02)}

    scores = fuse(evidence(3, prior=f32(0.0, 0.3, -0.3), **near))

    assert list(np.argsort(-scores)) == [2, 1, 0]


def test_noise_among_alike_candidates_stays_small():
    scores = fuse(evidence(2, late=f32(0.5000, 0.5001)))

    assert abs(scores[0] - scores[1]) < 0.1


def test_nothing_to_rank_is_no_error():
    assert len(fuse(evidence(0, raw=f32(), raw_spread=Spread(0, 1), late=f32(), bm25=f32()))) == 0
    nothing = np.zeros(0, np.float32)
    assert len(pick(nothing, nothing, nothing, nothing, np.zeros(0, bool))) == 0


def test_hidden_passages_are_never_picked():
    count = 400
    allowed = np.zeros(count, bool)
    allowed[::3] = True
    random = np.random.default_rng(1)
    raw, words, marks = random.random((3, count)).astype(np.float32)

    picked = pick(raw, None, words, marks, allowed)

    assert allowed[picked].all()
    assert len(picked) >= min(LOOKED_AT, allowed.sum())


def test_a_narrow_scope_is_looked_at_whole():
    allowed = np.zeros(5000, bool)
    allowed[[7, 4000, 4999]] = True
    nothing = np.zeros(5000, np.float32)

    picked = pick(np.linspace(1, 0, 5000, dtype=np.float32), None, nothing, nothing, allowed)

    assert list(picked) == [7, 4000, 4999]


def test_a_passage_without_a_vector_is_picked_by_its_words():
    raw = f32(*np.linspace(0.9, 0.7, 500))
    raw[499] = -np.inf
    words = np.zeros(500, np.float32)
    words[499] = 8

    picked = pick(raw, raw, words, np.zeros(500, np.float32), np.ones(500, bool))

    assert 499 in picked


def test_without_vectors_only_what_holds_a_word_or_a_mark_is_picked():
    words, marks = np.zeros((2, 300), np.float32)
    words[:100] = np.arange(100, 0, -1)
    marks[200] = 500

    picked = pick(None, None, words, marks, np.ones(300, bool))

    assert set(picked) == {*range(BY_WORDS - 1), 200}
