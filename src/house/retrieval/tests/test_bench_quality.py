import pytest
from django.conf import settings

from house.retrieval.bench import corpora, quality
from house.retrieval.bench.corpora import Asked, Corpus, Piece
from house.retrieval.bench.store import fill, vectors_of
from house.retrieval.embedding.builtin import BuiltInEmbedder
from house.retrieval.engines.sqlite import SQLiteEngine


def piece(name, text, language, title=""):
    return Piece(name, name.split("#")[0], title, "", text, language)


SMALL = Corpus(
    "small",
    [
        piece("a#1", "Malmö bygger nya cykelbanor i hela staden.", "sv"),
        piece("a#2", "Kommunen säljer gamla bänkar.", "sv"),
        piece("b#1", "The school kitchen buys vegetables from farmers.", "en"),
        piece("c#1", "La vivienda social se adjudica por sorteo.", "es"),
        piece("d#1", "Wer ein Taxi fährt, braucht eine Genehmigung.", "de"),
    ],
    [
        Asked("q1", "Where are new bicycle lanes built?", "en", frozenset({"a#1"}), is_cross=True),
        Asked("q2", "From whom does the kitchen buy?", "en", frozenset({"b#1"}), is_cross=False),
    ],
)


@pytest.mark.model
def test_every_step_is_measured_on_both_sides(tmp_path):
    engine = SQLiteEngine(tmp_path / "index")
    fill(engine, SMALL)
    embedder = BuiltInEmbedder(settings.DATA / "models")
    bench = quality.Bench(SMALL, engine, embedder, folder=tmp_path / "vectors")

    figures = quality.measure(bench)
    lines = list(quality.table(figures))

    assert len(lines) == 2 + len(quality.STEPS)
    assert "cross docs" in lines[0]
    whole = {
        row.group: row.figures for row in figures["**all together**"] if row.level == "passages"
    }
    assert whole["same language"]["MRR@10"] == 1
    assert whole["cross language"]["MRR@10"] == 1
    words = {row.group: row.figures for row in figures["BM25 alone"] if row.level == "passages"}
    assert words["cross language"]["R@10"] == 0
    assert set(bench.taken) == {
        *("question to vectors", "words and marks", "both cosines", "picking"),
        *("late interaction", "fusing", "all of it"),
    }


@pytest.mark.model
def test_vectors_are_made_once(tmp_path):
    class Counting(BuiltInEmbedder):
        asked = 0

        def encode_passages(self, texts):
            self.asked += len(texts)
            return super().encode_passages(texts)

    embedder = Counting(settings.DATA / "models")
    first = vectors_of(SMALL, embedder, tmp_path)
    second = vectors_of(SMALL, embedder, tmp_path)

    assert embedder.asked == len(SMALL.pieces)
    assert (first.raw == second.raw).all()
    assert len(second.tokens_of(4)) > 0


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "pieces", "questions", "cross"),
    [
        ("alex", 9831, 60, 29),
        ("alex-val", 9831, 74, 32),
        ("xquad-r", 240, 3570, 2380),
        ("cranfield", 1400, 225, 0),
    ],
)
def test_the_corpora_are_read_whole(corpus, name, pieces, questions, cross):
    read = corpora.read(name, corpus)

    assert len(read.pieces) == pieces
    assert len(read.questions) == questions
    assert sum(asked.is_cross for asked in read.questions) == cross
    known = {each.id for each in read.pieces}
    assert all(asked.answers and asked.answers <= known for asked in read.questions)
