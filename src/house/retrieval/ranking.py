"""From evidence to order: pure functions over arrays, no database, no files.

A search goes through three calls:

    rows   = pick(raw, projected, by_words)         which passages are looked at closely
    scores = fuse(Evidence(...))                    one number for each of them
    first  = order(scores, documents, limit=20)     best first, no document drowning the others

Every array of `Evidence` has one row for each picked passage, in the same order. What a model or an
index can't give is None and simply doesn't count.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]

NEAREST_RAW = 60
NEAREST_PROJECTED = 100


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and deviation of a score over every passage the search could have returned."""

    mean: float
    deviation: float

    @classmethod
    def of(cls, scores: Floats) -> "Spread":
        return cls(float(scores.mean()), float(scores.std()))

    def standard(self, scores: Floats) -> Floats:
        return (scores - self.mean) / max(self.deviation, 1e-6)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of each picked passage (n rows) for one question (m terms).

    `term_weights` (m,) is the IDF of each of the question's analysed terms over the index;
    `in_text` (n, m) says whether the passage's text or heading holds the term, `in_title` (n, m)
    whether its document's title does; `is_concept` (m,) marks the terms that the lexicon added
    and that mean the same in every language. `same_language` (n,) compares passage and question.
    `raw`, `projected` are the two cosines of `embedding.base`, with their `Spread` over the
    collection, `late` is `embedding.late.max_sim`, `bm25` the engine's score (0 where no word
    matched, larger is better), `prior` is the document's freshness and proven re-use (0 neutral).
    `documents` (n,) holds any integer that is the same for passages of one document.
    """

    documents: Rows
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


def pick(raw: Floats | None, projected: Floats | None, by_words: Rows) -> Rows:
    """Rows worth a closer look: the nearest by each score, and those found by words.

    Hidden passages carry -inf and are never picked.
    """
    found = [by_words]
    for scores, most in ((raw, NEAREST_RAW), (projected, NEAREST_PROJECTED)):
        if scores is not None and scores.size:
            near = np.argpartition(scores, -min(most, scores.size))[-most:]
            found.append(near[np.isfinite(scores[near])])
    return np.unique(np.concatenate(found)).astype(np.int64)


def fuse(evidence: Evidence) -> Floats:
    """Meaning first; words count where passage and question share a language or a concept."""
    scores = evidence.prior.astype(np.float32)
    for cosine, spread in (
        (evidence.raw, evidence.raw_spread),
        (evidence.projected, evidence.projected_spread),
    ):
        if cosine is not None and spread is not None:
            scores = scores + 0.5 * spread.standard(cosine)
    if evidence.late is not None and evidence.late.size:
        scores = scores + 2 * Spread.of(evidence.late).standard(evidence.late)
    shared = evidence.same_language[:, None] | evidence.is_concept[None, :]
    weights = evidence.term_weights / max(float(evidence.term_weights.sum()), 1e-6)
    held = (evidence.in_text | evidence.in_title) & shared
    return (scores + 4 * (held @ weights)).astype(np.float32)


def order(scores: Floats, documents: Rows, *, limit: int, most: int = 3) -> Rows:
    """Positions best first; after `most` passages of a document its others step behind the rest."""
    best = np.argsort(-scores, kind="stable")
    seen: dict[int, int] = {}
    first: list[int] = []
    later: list[int] = []
    for position in best:
        document = int(documents[position])
        seen[document] = seen.get(document, 0) + 1
        (first if seen[document] <= most else later).append(int(position))
        if len(first) == limit:
            break
    return np.array((first + later)[:limit], np.int64)
