"""How often the thread that somebody asks again is among the first five: `house bench asked`.

Threads of the public collections stand in an engine of their own as the Agora's would; the rephrased
questions are asked of the shipped ranking and of simpler ones. The ranking was made on one half of
the threads ("tune"); what counts is the other ("test").
"""

import sqlite3
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from django.conf import settings

from house.agora.asked import alike, is_near
from house.agora.bench import faq
from house.retrieval.analysis import words_of
from house.retrieval.bench.corpora import Asked, Corpus
from house.retrieval.bench.quality import Bench, Sight
from house.retrieval.bench.store import fill
from house.retrieval.embedding import load_embedder
from house.retrieval.engines.sqlite import SQLiteEngine
from house.retrieval.ranking import Floats

HALVES = ("tune", "test")
AT = 5


def _asked_before(sight: Sight) -> Floats:
    """As `house.agora.asked` does it: what is not near enough is not shown at all."""
    evidence = sight.evidence
    scores = alike(evidence)
    words = np.where(evidence.is_concept, 0, evidence.term_weights)
    coverage = (evidence.in_text | evidence.in_title) @ words / max(float(words.sum()), 1e-6)
    near = np.maximum(
        evidence.raw_spread.standard(evidence.raw),
        evidence.projected_spread.standard(evidence.projected),
    )
    return sight.over_all(np.where(is_near(near, coverage), scores, -np.inf))


Judge = Callable[[Sight], Floats]


def _judges(corpus: Corpus) -> dict[str, Judge]:
    is_question = np.array([piece.id.endswith("-post") for piece in corpus.pieces])
    return {
        "words in common with the question": lambda s: np.where(
            is_question, s.words.in_title.sum(1) + 1e-3, -np.inf
        ),
        "BM25 over the questions": lambda s: np.where(
            is_question & (s.words.bm25 > 0), s.words.bm25, -np.inf
        ),
        "BM25 over questions and answers": lambda s: np.where(
            s.words.bm25 > 0, s.words.bm25, -np.inf
        ),
        "cosine alone": lambda s: s.raw,
        "the house's search": lambda s: s.fused_without(),
        "**asked before?**": _asked_before,
    }


def plain_fts5(corpus: Corpus) -> Callable[[str], list[str]]:
    """SQLite's own BM25 with porter stems, over whole threads: what many a forum has."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5 (name, title, body, tokenize='porter unicode61')")
    threads: dict[str, list[str]] = {}
    for piece in corpus.pieces:
        threads.setdefault(piece.document, [piece.title]).append(piece.text)
    rows = [(name, texts[0], "\n".join(texts[1:])) for name, texts in threads.items()]
    db.executemany("INSERT INTO t VALUES (?, ?, ?)", rows)

    def ask(question: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in dict.fromkeys(words_of(question)))
        sql = "SELECT name FROM t WHERE t MATCH ? ORDER BY bm25(t, 0, 3, 1) LIMIT 20"
        found = db.execute(sql, (f"{{title body}} : ({words})",)).fetchall() if words else []
        return [name for (name,) in found]

    return ask


def places(bench: Bench) -> dict[str, dict[str, list[int]]]:
    """Judge → half → the place of the right thread for each question, from 0; far down when not found."""
    names = list(dict.fromkeys(piece.document for piece in bench.corpus.pieces))
    at = {name: n for n, name in enumerate(names)}
    rows = np.array([at[piece.document] for piece in bench.corpus.pieces])
    judges, fts5 = _judges(bench.corpus), plain_fts5(bench.corpus)
    found: dict[str, dict[str, list[int]]] = {
        name: {half: [] for half in HALVES} for name in (*judges, "SQLite FTS5, porter stems")
    }
    for asked, sight in bench.sights():
        half = faq.half_of(_thread(asked))
        for name, judge in judges.items():
            best = np.full(len(names), -np.inf)
            np.maximum.at(best, rows, judge(sight))
            found[name][half].append(_place(best, at[_thread(asked)]))
        plain = fts5(asked.text)
        thread = _thread(asked)
        found["SQLite FTS5, porter stems"][half].append(
            plain.index(thread) if thread in plain else 999
        )
    return found


def _place(best: Floats, right: int) -> int:
    """Of equals, the right one comes last: a ranking gets nothing for a tie."""
    if not np.isfinite(best[right]):
        return 999
    return int((best >= best[right]).sum()) - 1


def _thread(asked: Asked) -> str:
    (thread,) = asked.answers
    return thread


def table(found: dict[str, dict[str, list[int]]]) -> Iterator[str]:
    yield "| ranking | tune R@5 | test R@1 | **test R@5** | test MRR@10 |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, halves in found.items():
        tune, test = (np.array(halves[half]) for half in HALVES)
        mrr = np.where(test < 10, 1 / (test + 1.0), 0).mean()
        yield (
            f"| {name} | {(tune < AT).mean():.3f} | {(test < 1).mean():.3f} "
            f"| {(test < AT).mean():.3f} | {mrr:.3f} |"
        )


def main(arguments: list[str], write: Callable[[str], object]) -> None:
    parser = ArgumentParser(prog="house bench asked", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the test corpora")
    parser.add_argument("--corpus", nargs="+", default=["stackfaq", "covid-faq-en"])
    options = parser.parse_args(arguments)
    embedder = load_embedder()
    if embedder is None or not embedder.token_dimensions:
        parser.error("this measures the built-in model: unset HOUSE_EMBEDDINGS_URL")
    for name in options.corpus:
        corpus = faq.read(name, options.data)
        with tempfile.TemporaryDirectory() as folder:
            engine = SQLiteEngine(Path(folder))
            fill(engine, corpus)
            bench = Bench(corpus, engine, embedder, folder=settings.DATA / "bench")
            found = places(bench)
        threads = len({piece.document for piece in corpus.pieces})
        asked = {half: len(found["cosine alone"][half]) for half in HALVES}
        write(f"\n### {name}: {threads} threads, {asked['tune']} + {asked['test']} rephrasings\n")
        for line in table(found):
            write(line)
        middle, late = np.percentile(np.array(bench.taken["all of it"]) * 1000, [50, 99])
        write(f"\n{middle:.1f} ms of the processor for a question, p99 {late:.1f} ms.")
