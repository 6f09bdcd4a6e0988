"""Which sentences of a passage answer the question.

The passage's stored token vectors are used once more: each belongs to a sentence, so each sentence
has its own late interaction with the question, without embedding anything. Words count as well,
weighted by how rare they are. Without token vectors only words count.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from house.retrieval.analysis import analyse
from house.retrieval.embedding.base import Bytes, Floats
from house.retrieval.embedding.late import SCALE
from house.retrieval.quotes import LONGEST, SHORTEST, Span, sentences

MOST_SENTENCES = 3
WORDS = 0.25  # what standing of all the question's words is worth, beside a cosine
GAIN = 0.02  # a neighbour is quoted too when it adds as much


@dataclass(frozen=True, slots=True)
class Meaning:
    """Token vectors of the question (q, k), each as long as it is telling, and of a passage (t, k).

    `places` (t, 2) says where in the passage's text each of the latter stands; those of its title
    and heading have negative positions.
    """

    question: Floats
    tokens: Bytes
    places: NDArray[np.int64]

    @property
    def fits(self) -> bool:
        return len(self.tokens) == len(self.places) and len(self.tokens) > 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """The span to quote, the one sentence in it that meets the question best, and how well."""

    span: Span
    core: Span
    score: float


def choose(
    text: str, language: str, terms: Mapping[str, float], meaning: Meaning | None
) -> Chosen | None:
    """None for a text without a sentence.

    `terms` are the question's analysed words with their weights, of the passage's own language.
    """
    spans = sentences(text, language)
    if not spans:
        return None
    near = _near(spans, meaning)
    held = _held(spans, text, language, terms)

    def worth(first: int, last: int) -> float:
        score = float(near[first : last + 1].max(axis=0).sum()) if near.size else 0.0
        return score + WORDS * float(held[first : last + 1].any(axis=0) @ _shares(terms))

    alone = [worth(i, i) for i in range(len(spans))]
    best = first = last = int(np.argmax(alone))
    score = alone[best]
    while last - first + 1 < MOST_SENTENCES:
        options = [
            (worth(a, b), a, b)
            for a, b in ((first - 1, last), (first, last + 1))
            if a >= 0 and b < len(spans) and spans[b].end - spans[a].start <= LONGEST
        ]
        if not options:
            break
        wider, a, b = max(options)
        if wider < score + GAIN and spans[last].end - spans[first].start >= SHORTEST:
            break
        score, first, last = wider, a, b
    return Chosen(Span(spans[first].start, spans[last].end), spans[best], score)


def _near(spans: list[Span], meaning: Meaning | None) -> Floats:
    """(sentences, question tokens): the nearest token of the sentence, as the question weighs it."""
    if meaning is None or not meaning.fits or not len(meaning.question):
        return np.zeros((len(spans), 0), np.float32)
    similar = meaning.tokens.astype(np.float32) @ (meaning.question.T / SCALE).astype(np.float32)
    near = np.zeros((len(spans), similar.shape[1]), np.float32)
    starts = np.array([span.start for span in spans])
    middles = meaning.places.mean(axis=1)
    owner = np.searchsorted(starts, middles, side="right") - 1
    for row in np.unique(owner[owner >= 0]):
        near[row] = similar[owner == row].max(axis=0)
    return near


def _held(
    spans: list[Span], text: str, language: str, terms: Mapping[str, float]
) -> NDArray[np.bool_]:
    found = np.zeros((len(spans), len(terms)), np.bool_)
    if terms:
        for row, span in enumerate(spans):
            words = set(analyse(span.of(text), language))
            found[row] = [term in words for term in terms]
    return found


def _shares(terms: Mapping[str, float]) -> Floats:
    weights = np.fromiter(terms.values(), np.float32, len(terms))
    return weights / max(float(weights.sum()), 1e-6)
