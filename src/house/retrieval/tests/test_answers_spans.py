import numpy as np
import pytest

from house.retrieval.answers.spans import Meaning, choose
from house.retrieval.embedding.late import to_bytes
from house.retrieval.quotes import LONGEST

TEXT = (
    "The square was empty for years. Neighbours now grow beans there. Nobody pays rent for a plot."
)


def axis(*numbers):
    return np.eye(8, dtype=np.float32)[list(numbers)]


def places(*words):
    return np.array([(TEXT.index(word), TEXT.index(word) + len(word)) for word in words])


def test_the_sentence_whose_tokens_meet_the_question_is_quoted():
    meaning = Meaning(
        axis(2, 3) / 2, to_bytes(axis(0, 2, 3, 5)), places("square", "grow", "beans", "rent")
    )

    chosen = choose(TEXT, "en", {}, meaning)

    # The sentence alone is short, so a neighbour stands beside it.
    assert chosen.core.of(TEXT) == "Neighbours now grow beans there."
    assert chosen.core.of(TEXT) in chosen.span.of(TEXT)
    assert chosen.score == pytest.approx(0.45, abs=0.01)  # each component is clipped at 0.45


def test_words_decide_where_there_are_no_token_vectors():
    chosen = choose(TEXT, "en", {"rent": 3.0, "plot": 2.0, "cellar": 1.0}, None)

    assert "Nobody pays rent for a plot." in chosen.span.of(TEXT)
    assert chosen.score == pytest.approx(0.25 * 5 / 6)


def test_a_neighbour_is_quoted_too_when_it_adds_to_the_answer():
    text = (
        "Beans are grown by the neighbours in the middle of the old town square. "
        "Rent is nothing at all for the first ten years of every such plot. "
        "This sentence has to do with something else entirely, believe me."
    )

    chosen = choose(text, "en", {"bean": 1.0, "rent": 1.0}, None)

    assert chosen.span.of(text).startswith("Beans")
    assert chosen.span.of(text).endswith("such plot.")


def test_vectors_of_another_text_do_not_count():
    stale = Meaning(axis(2), to_bytes(axis(0, 2, 3)), places("square", "grow"))

    assert choose(TEXT, "en", {"rent": 1.0}, stale) == choose(TEXT, "en", {"rent": 1.0}, None)


def test_tokens_of_the_title_belong_to_no_sentence():
    before = np.array([(-9, -5), (TEXT.index("rent"), TEXT.index("rent") + 4)])
    meaning = Meaning(axis(1, 2), to_bytes(axis(1, 2)), before)

    chosen = choose(TEXT, "en", {}, meaning)

    assert "rent" in chosen.span.of(TEXT)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 2000, "word " * 500])
def test_any_text_gives_a_span_that_fits(text):
    chosen = choose(text, "en", {"word": 1.0}, None)

    assert (chosen is None) == (not text.strip())
    if chosen is not None:
        assert chosen.span.end - chosen.span.start <= LONGEST
        assert chosen.span.of(text).strip() == chosen.span.of(text)


@pytest.mark.model
def test_the_model_tells_where_its_stored_tokens_stand():
    from house.retrieval.embedding import load_embedder

    embedder = load_embedder()
    text = "Vélos.  Der “ﬂeißige” Bär und 자전거 한 대, 共享单车。"

    kept = embedder.token_places(text)

    assert len(kept) == len(embedder.encode_passages([text]).tokens[0])
    words = [text[start:end].strip() for start, end in kept]
    assert all(words)
    assert {"Vé", "共享"} <= set(words)
