"""Has this been asked before? What ALEX and earlier threads already answer, while somebody is still writing.

A question asked again shares its meaning with the first one and often no word, and it is short: so
meaning counts more here than in a search, and a word in a title more than one far down in a text.
The weights are round numbers, chosen on the tuned half of the rephrased questions in
docs/benchmarks.md and reported on the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db.models import Model

from house.access.viewer import Viewer
from house.retrieval import meaning
from house.retrieval.asking import understand
from house.retrieval.models import Passage
from house.retrieval.ranked import Ranked, rank
from house.retrieval.ranking import Evidence, Flags, Floats, Spread
from house.retrieval.search import Filters
from house.retrieval.snippets import Marker, Parts
from house.retrieval.sources import open_hits, registered

# every row in this file: passages are read only after their document came through its door

KINDS = ("entry", "post")
COSINE = 1.0
LATE = 0.5
WORDS = 1.0
IN_TITLE = 1.0
# Below both, it is merely the least far away: nothing is shown rather than that.
NEAR = 1.5  # deviations above the collection's mean
COVERED = 0.5  # share of the question's words
FEW = 12  # passages in which a deviation tells little


@dataclass(frozen=True, slots=True)
class Before:
    """`snippet` is (text, is a word of the question) in reading order, not HTML."""

    thing: Model
    kind: str
    title: str
    url: str
    language: str
    snippet: Parts
    score: float


def asked_before(
    text: str,
    *,
    viewer: Viewer,
    language: str | None = None,
    limit: int = 5,
    without: Iterable[tuple[str, int]] = (),
    patience: float | None = meaning.PATIENCE,
) -> list[Before]:
    """The nearest entries and threads that the viewer may read, nearest first, in any language.

    `without` are (kind, key) of what need not be shown: the thread that is being written itself.
    """
    question = understand(text, hint=language or "")
    if question.is_empty:
        return []
    ranked = rank(question, Filters().scope(viewer), patience, judge=alike)
    best = {
        thing: passage
        for thing, passage in near_ones(ranked).items()
        if thing[0] in KINDS and thing not in set(without)
    }
    # More than are shown: some may not come through their door.
    hits = list(best)[: 3 * limit]
    opened = open_hits(hits, viewer)[:limit]
    kinds = {source.model: source.kind for source in registered()}
    keys = [(kinds[type(thing)], thing.pk) for thing in opened]
    stored = Passage.objects.in_bulk([best[key][0] for key in keys])
    marker = Marker(form for term in ranked.question.terms for form in term.forms if term.word)
    return [
        _told(thing, key[0], stored[best[key][0]], best[key][1], marker)
        for thing, key in zip(opened, keys, strict=True)
        if best[key][0] in stored
    ]


def alike(evidence: Evidence) -> Floats:
    """One score for each passage: is it about what the question asks?"""
    held = evidence.in_text | evidence.in_title
    is_word = ~evidence.is_concept
    words = np.where(is_word, evidence.term_weights, 0).astype(np.float32)
    mass = max(float(words.sum()), 1e-6)
    scores = evidence.prior + IN_TITLE * (evidence.in_title @ words) / mass
    bm25 = evidence.bm25 if evidence.bm25 is not None else held @ words
    scores = scores + WORDS * bm25 / max(float(bm25.max(initial=0)), 1e-6)
    for cosine, spread in (
        (evidence.raw, evidence.raw_spread),
        (evidence.projected, evidence.projected_spread),
    ):
        if cosine is not None and spread is not None:
            scores = scores + COSINE * spread.standard(cosine)
    if evidence.late is not None and evidence.late.size:
        scores = scores + LATE * Spread.of(evidence.late).standard(evidence.late, least=0.01)
    return np.asarray(scores, np.float32)


def near_ones(ranked: Ranked) -> dict[tuple[str, int], tuple[int, float]]:
    """Thing → (its best passage, score), the nearest first, without what is only the least far away."""
    keep = is_near(ranked.nearness(), ranked.coverage())
    best: dict[tuple[str, int], tuple[int, float]] = {}
    for i in ranked.order():
        if keep[i]:
            pair = (int(ranked.candidates.passages[i]), float(ranked.scores[i]))
            best.setdefault(ranked.candidates.objects[i], pair)
    return best


def is_near(near: Floats | None, coverage: Floats) -> Flags:
    """Close enough to be shown: by its meaning, or by the words that it shares with the question."""
    covered: Flags = coverage >= COVERED
    return covered if near is None or len(near) < FEW else covered | (near >= NEAR)


def _told(thing: Model, kind: str, passage: Passage, score: float, marker: Marker) -> Before:
    return Before(
        thing=thing,
        kind=kind,
        title=passage.title,
        url=thing.get_absolute_url(),
        language=passage.language,
        snippet=marker.snippet(passage.text, passage.language),
        score=score,
    )
