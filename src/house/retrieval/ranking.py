"""From evidence to order: pure functions over arrays, no database, no files.

A search goes through two calls:

    rows   = pick(raw, projected, words, marks, allowed)   which passages are looked at closely
    scores = fuse(Evidence(...))                           one number for each of them

Every array of `Evidence` has one row for each picked passage, in the same order. What a model or an
index can't give is None and simply doesn't count.

The scale is the standard deviation of a cosine over the collection: "1" is one such step. Weights
are round numbers that held on several corpora (docs/benchmarks.md), not the best on one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]

LOOKED_AT = 150  # passages that are read token by token
BY_WORDS = 30  # of those with the best words, always looked at: a name, a number, a quotation

COSINE = 0.5  # of each of the two cosines
LATE = 1.8
WORDS = 0.8  # of the best passage by words in a long question …
WORDS_OF_ONE = 4.0  # … and in a question of one word, which has little meaning to compare
WORDS_AT_A_GLANCE = 0.7
MEETING = 0.3  # of the best passage's words: with so many, a passage in another language meets too


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and deviation of a score over every passage the search could have returned."""

    mean: float
    deviation: float

    @classmethod
    def of(cls, scores: Floats) -> "Spread":
        return cls(float(scores.mean()), float(scores.std()))

    def standard(self, scores: Floats, *, least: float = 1e-6) -> Floats:
        return (scores - np.float32(self.mean)) / np.float32(max(self.deviation, least))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of each picked passage (n rows) for one question (m terms).

    `term_weights` (m,) is the IDF of each of the question's analysed terms over the index times the
    term's own weight; `in_text` (n, m) says whether the passage's text or heading holds the term,
    `in_title` (n, m) whether its document's title does; `is_concept` (m,) tells the lexicon's marks,
    which mean the same in every language, from words. `same_language` (n,) compares passage and
    question. `raw`, `projected` are the two cosines of
    `embedding.base`, with their `Spread` over the collection, `late` is `embedding.late.max_sim`,
    `bm25` the engine's score by words alone (0 where none stands, larger is better), `prior` is the
    document's freshness and proven re-use (0 neutral).
    """

    term_weights: Floats
    in_text: Flags
    in_title: Flags
    is_concept: Flags
    same_language: Flags
    prior: Floats
    bm25: Floats | None = None
    raw: Floats | None = None
    raw_spread: Spread | None = None
    projected: Floats | None = None
    projected_spread: Spread | None = None
    late: Floats | None = None


def pick(
    raw: Floats | None,
    projected: Floats | None,
    words: Floats,
    marks: Floats,
    allowed: Flags,
    *,
    by_words: int = BY_WORDS,
) -> Rows:
    """Rows worth a closer look, by a first glance over all passages.

    Each array has a row for every passage: the cosines (-inf where there is no vector), BM25 of the
    words, and the weights of the lexicon's marks that it bears. Without cosines, only passages with
    a word or a mark are picked.
    """
    lexical = np.where(allowed, words + marks, 0)
    found = [_best(lexical, np.flatnonzero(lexical > 0), by_words)]
    if raw is not None:
        known = np.flatnonzero(allowed & np.isfinite(raw))
        glance = marks[known] + WORDS_AT_A_GLANCE * _shares(words[known])
        for cosine in (raw, projected):
            if cosine is not None and len(known):
                glance = glance + COSINE * Spread.of(cosine[known]).standard(cosine[known])
        found.append(known[_best(glance, np.arange(len(known)), LOOKED_AT)])
    return np.unique(np.concatenate(found)).astype(np.int64)


def fuse(evidence: Evidence) -> Floats:
    """Meaning and marks, which compare all passages; words only where words can meet."""
    held = evidence.in_text | evidence.in_title
    is_word = ~evidence.is_concept
    scores = evidence.prior + held[:, ~is_word] @ evidence.term_weights[~is_word]
    for cosine, spread in (
        (evidence.raw, evidence.raw_spread),
        (evidence.projected, evidence.projected_spread),
    ):
        if cosine is not None and spread is not None:
            scores = scores + COSINE * spread.standard(cosine)
    if evidence.late is not None and evidence.late.size:
        # The candidates are alike by choice; the floor keeps noise among a few from looking large.
        scores = scores + LATE * Spread.of(evidence.late).standard(evidence.late, least=0.01)
    words = evidence.bm25
    if words is None:
        words = held[:, is_word] @ evidence.term_weights[is_word]
    weight = WORDS + (WORDS_OF_ONE - WORDS) / max(int(is_word.sum()), 1)
    shares = _shares(words)
    by_words = scores + weight * shares
    if evidence.raw is None:
        return by_words.astype(np.float32)
    meets = np.flatnonzero(evidence.same_language | (shares >= MEETING))
    return _reordered(scores, meets, by_words[meets]).astype(np.float32)


def _reordered(scores: Floats, some: Rows, wanted: Floats) -> Floats:
    """`some` take each other's places in the order wanted; all others keep theirs.

    So a word in common never pushes down a passage whose language has no such word.
    """
    scores = scores.copy()
    places = np.sort(scores[some])[::-1]
    scores[some[np.argsort(-wanted, kind="stable")]] = places
    return scores


def _best(scores: Floats, rows: Rows, most: int) -> Rows:
    if len(rows) <= most:
        return rows
    return rows[np.argpartition(scores[rows], -most)[-most:]]


def _shares(words: Floats) -> Floats:
    """As a share of the best one."""
    top = float(words.max(initial=0))
    return words / top if top > 0 else words
