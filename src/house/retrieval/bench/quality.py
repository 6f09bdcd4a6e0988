"""What each step of the ranking brings, in quality and in milliseconds: `house bench quality`.

Uses the house's own analysis, engine, embedder and ranking on a folder of its own, so no house is
touched. Vectors of a corpus are kept under HOUSE_DATA/bench and made once (about 25 passages a
second and core).
"""

import dataclasses
import tempfile
import time
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings

from house.retrieval import evaluation, ranking
from house.retrieval.asking import understand
from house.retrieval.bench import corpora
from house.retrieval.bench.store import Vectors, fill, vectors_of
from house.retrieval.embedding import Embedder, QueryVectors, load_embedder, max_sim
from house.retrieval.engines.base import Query, Scope
from house.retrieval.engines.sqlite import SQLiteEngine
from house.retrieval.lexicon import is_mark
from house.retrieval.ranking import Evidence, Floats, Rows, Spread

EVERYTHING = 10**9
PUBLIC = Scope(tokens=frozenset({"public"}))

Judge = Callable[["Sight"], Floats]


@dataclass(frozen=True, slots=True)
class Words:
    """What the words file says of every passage for one question, by passage number."""

    bm25: Floats
    marks: Floats
    in_text: ranking.Flags
    in_title: ranking.Flags
    weights: Floats
    is_concept: ranking.Flags


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything known for one question: over all passages, and closely for the picked rows."""

    raw: Floats
    projected: Floats
    words: Words
    rows: Rows
    evidence: Evidence

    def over_all(self, scores: Floats) -> Floats:
        """Scores of the picked rows as scores of all passages; the others stand behind."""
        found = np.full(len(self.raw), -np.inf, np.float32)
        found[self.rows] = scores
        return found

    def fused_without(self, **nothing: None) -> Floats:
        return self.over_all(ranking.fuse(dataclasses.replace(self.evidence, **nothing)))


def _without_marks(sight: Sight) -> Floats:
    evidence = sight.evidence
    weights = np.where(evidence.is_concept, 0, evidence.term_weights).astype(np.float32)
    return sight.over_all(ranking.fuse(dataclasses.replace(evidence, term_weights=weights)))


def _without_words(sight: Sight) -> Floats:
    nothing = np.zeros_like(sight.evidence.bm25)
    return sight.over_all(ranking.fuse(dataclasses.replace(sight.evidence, bm25=nothing)))


def _words_for_all(sight: Sight) -> Floats:
    evidence = sight.evidence
    everywhere = np.ones(len(sight.rows), np.bool_)
    return sight.over_all(ranking.fuse(dataclasses.replace(evidence, same_language=everywhere)))


STEPS: dict[str, Judge] = {
    "BM25 alone": lambda sight: np.where(sight.words.bm25 > 0, sight.words.bm25, -np.inf),
    "cosine alone": lambda sight: sight.raw,
    "cosine, language removed": lambda sight: sight.projected,
    "late interaction of the picked": lambda sight: sight.over_all(sight.evidence.late),
    "**all together**": lambda sight: sight.fused_without(),
    "… without late interaction": lambda sight: sight.fused_without(late=None),
    "… without the cosine": lambda sight: sight.fused_without(raw=None),
    "… without the cosine with language removed": lambda s: s.fused_without(projected=None),
    "… without words": _without_words,
    "… with words added for all alike": _words_for_all,
    "… without marks of topics and places": _without_marks,
}


class Bench:
    """One corpus in an engine and in arrays, ready to be asked."""

    def __init__(
        self, corpus: corpora.Corpus, engine: SQLiteEngine, embedder: Embedder, *, folder: Path
    ) -> None:
        """`folder` keeps the vectors."""
        self.corpus = corpus
        self.engine = engine
        self.embedder = embedder
        self.vectors: Vectors = vectors_of(corpus, embedder, folder)
        self.languages = np.array([piece.language for piece in corpus.pieces])
        self.taken: dict[str, list[float]] = defaultdict(list)

    def sights(self) -> Iterator[tuple[corpora.Asked, Sight]]:
        for asked in self.corpus.questions:
            begun = time.process_time()
            question = understand(asked.text, hint=asked.language)
            with self._timed("question to vectors"):
                query = self.embedder.encode_query(question.text)
            with self._timed("words and marks"):
                words = self._words(question.query(None))
            with self._timed("both cosines"):
                raw, projected = self.vectors.cosines(query)
            with self._timed("picking"):
                allowed = np.ones(len(raw), np.bool_)
                rows = ranking.pick(raw, projected, words.bm25, words.marks, allowed)
            with self._timed("late interaction"):
                late = self._late(query, rows)
            evidence = Evidence(
                term_weights=words.weights,
                in_text=words.in_text[rows],
                in_title=words.in_title[rows],
                is_concept=words.is_concept,
                same_language=self.languages[rows] == question.language,
                prior=np.zeros(len(rows), np.float32),
                bm25=words.bm25[rows],
                raw=raw[rows],
                raw_spread=Spread.of(raw),
                projected=projected[rows],
                projected_spread=Spread.of(projected),
                late=late,
            )
            with self._timed("fusing"):
                ranking.fuse(evidence)
            self.taken["all of it"].append(time.process_time() - begun)
            yield asked, Sight(raw, projected, words, rows, evidence)

    def _words(self, query: Query) -> Words:
        found = self.engine.search(query, PUBLIC, by_words=EVERYTHING)
        rows = found.passages - 1  # keys count from one, rows from none
        count, terms = len(self.corpus.pieces), len(query.terms)
        bm25 = np.zeros(count, np.float32)
        in_text, in_title = np.zeros((2, count, terms), np.bool_)
        bm25[rows], in_text[rows], in_title[rows] = found.bm25, found.in_text, found.in_title
        is_concept = np.array([is_mark(term.forms[0]) for term in query.terms], np.bool_)
        marks = in_text[:, is_concept] @ found.weights[is_concept]
        return Words(bm25, marks, in_text, in_title, found.weights, is_concept)

    def _late(self, query: QueryVectors, rows: Rows) -> Floats:
        return max_sim(query.tokens, [self.vectors.tokens_of(row) for row in rows])

    def _timed(self, step: str) -> "_Clock":
        return _Clock(self.taken[step])


class _Clock:
    def __init__(self, taken: list[float]) -> None:
        self.taken = taken

    def __enter__(self) -> None:
        self.begun = time.process_time()

    def __exit__(self, *_: object) -> None:
        self.taken.append(time.process_time() - self.begun)


def measure(bench: Bench) -> dict[str, list[evaluation.Row]]:
    """For each step, figures of all, same-language and cross-language questions."""
    ids = [piece.id for piece in bench.corpus.pieces]
    runs: dict[str, evaluation.Run] = {step: {} for step in STEPS}
    for asked, sight in bench.sights():
        for step, judge in STEPS.items():
            scores = judge(sight)
            best = np.argsort(-scores, kind="stable")[:100]
            known = best[np.isfinite(scores[best])]
            runs[step][asked.qid] = [ids[row] for row in known]
    questions = bench.corpus.questions
    qrels = {asked.qid: dict.fromkeys(asked.answers, 1) for asked in questions}
    about = {
        asked.qid: evaluation.Asked(asked.language, is_cross=asked.is_cross) for asked in questions
    }
    documents = {piece.id: piece.document for piece in bench.corpus.pieces}
    return {
        step: evaluation.report(run, qrels, about, document=documents.__getitem__)
        for step, run in runs.items()
    }


def table(figures: dict[str, list[evaluation.Row]]) -> Iterator[str]:
    """Markdown: a row for each step, Recall@10, MRR@10 and documents' Recall@10 for each side."""
    sides = [
        side
        for side in ("same language", "cross language")
        if any(row.group == side for row in next(iter(figures.values())))
    ]
    heads = [
        f"{side.split()[0]} {name}"
        for side in sides
        for name in ("R@10", "MRR@10", "nDCG@10", "docs")
    ]
    yield "| step | " + " | ".join(heads) + " |"
    yield "| --- |" + " ---: |" * len(heads)
    for step, rows in figures.items():
        cells = []
        for side in sides:
            found = {row.level: row.figures for row in rows if row.group == side}
            passages, documents = found["passages"], found["documents"]
            cells += [passages["R@10"], passages["MRR@10"], passages["nDCG@10"], documents["R@10"]]
        yield f"| {step} | " + " | ".join(f"{cell:.2f}".lstrip("0") for cell in cells) + " |"


def clock_table(taken: dict[str, list[float]]) -> Iterator[str]:
    """Milliseconds of the processor: what else the machine does doesn't count."""
    yield "| step | p50 ms | p99 ms |"
    yield "| --- | ---: | ---: |"
    for step, seconds in taken.items():
        middle, late = np.percentile(np.array(seconds) * 1000, [50, 99])
        yield f"| {step} | {middle:.1f} | {late:.1f} |"


def main(arguments: list[str], write: Callable[[str], object]) -> None:
    parser = ArgumentParser(prog="house bench quality", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the test corpora")
    parser.add_argument(
        "--corpus",
        nargs="+",
        default=["alex", "alex-dev", "alex-val", "xquad-r", "cranfield"],
        help="alex, alex-dev, alex-val, xquad-r, cranfield (all)",
    )
    options = parser.parse_args(arguments)
    embedder = load_embedder()
    if embedder is None or not embedder.token_dimensions:
        parser.error("this measures the built-in model: unset HOUSE_EMBEDDINGS_URL")
    for name in options.corpus:
        corpus = corpora.read(name, options.data)
        with tempfile.TemporaryDirectory() as folder:
            engine = SQLiteEngine(Path(folder))
            fill(engine, corpus)
            bench = Bench(corpus, engine, embedder, folder=settings.DATA / "bench")
            figures = measure(bench)
        count = len(corpus.questions)
        write(f"\n### {name}: {len(corpus.pieces)} passages, {count} questions\n")
        for line in (*table(figures), "", *clock_table(bench.taken)):
            write(line)
