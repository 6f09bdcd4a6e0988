"""Short texts that are no things of the index (what somebody offers): how near they are to a question.

Their vectors stand beside the index in a set of their own, made by the worker (`keep`), so that no page waits
for them. Nothing but the vectors is stored, under a digest of the text; whose texts are no longer handed to
`keep` is forgotten. Who reads texts answers for her doors: here they have none.
"""

import shutil
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

import numpy as np
from django.conf import settings

from house.retrieval import meaning
from house.retrieval.asking import Question
from house.retrieval.embedding import NoModel, PassageVectors, QueryVectors
from house.retrieval.engines import evidence
from house.retrieval.engines.base import VectorSpace
from house.retrieval.engines.files import locked
from house.retrieval.engines.vectors import VectorSet, VectorView
from house.retrieval.indexing import digest_of
from house.retrieval.ranked import vectors_of
from house.retrieval.ranking import Spread

FEW = 12  # texts among which a deviation tells little
LOOKED_AT = 150  # that are read token by token
AT_ONCE = 32

Near = tuple[float, float]  # deviations above the mean of these texts, late interaction above it


class Offers:
    """The vectors of one space in one folder. Many processes may read; `put` and `forget` take turns."""

    def __init__(self, folder: Path, space: VectorSpace) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = folder / "write.lock"
        self._set = VectorSet.of(folder, space)
        self._view: VectorView | None = None

    def missing(self, texts: Iterable[str]) -> list[str]:
        digests = {_digest(text): text for text in texts}
        known = self._set.known(digests)
        return [text for digest, text in digests.items() if digest not in known]

    def put(self, texts: list[str], vectors: PassageVectors) -> None:
        with locked(self._lock):
            self._set.put([_digest(text) for text in texts], vectors)

    def forget_others(self, texts: Iterable[str]) -> None:
        """All vectors but those of these texts, and the sets of other models."""
        with locked(self._lock):
            self._set.sweep(np.array([_digest(text) for text in texts], np.int64))
            for other in VectorSet.all(self._set.folder.parent):
                if other.folder != self._set.folder:
                    shutil.rmtree(other.folder)

    def near(self, vectors: QueryVectors, texts: Mapping[int, str]) -> dict[int, Near]:
        """Key → how near, for the texts that have a vector; empty where too few have one to tell."""
        self._view = view = self._set.view(self._view)
        at = view.find(np.array([_digest(text) for text in texts.values()], np.int64))
        known = np.flatnonzero(at >= 0)
        if len(known) < FEW:
            return {}
        keys, at = np.array(list(texts))[known], at[known]
        cosines = evidence.similar(view, at, np.ones(len(at), np.bool_), vectors)
        near = np.max([Spread.of(each).standard(each) for each in cosines if each is not None], 0)
        late = np.zeros(len(at), np.float32)
        best = np.argsort(-near, kind="stable")[:LOOKED_AT]
        if vectors.tokens is not None:
            read = evidence.late(vectors.tokens, view, at, best, near[best])
            if read is not None:
                late[best] = read - read.mean()
        return {
            int(key): (float(one), float(two))
            for key, one, two in zip(keys, near, late, strict=True)
        }


def keep(texts: Iterable[str], *, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Make the vectors that are missing and forget all others; gives how many were made. Safe to repeat."""
    try:
        filled = meaning.engine_to_fill()
        if filled is None:
            return 0
        embedder = filled[1]
        wanted = [text for text in dict.fromkeys(texts) if text.strip()]
        offers = _offers(settings.INDEX_ROOT, meaning.space_of(embedder))
        missing = offers.missing(wanted)
        for start in range(0, len(missing), AT_ONCE):
            if should_stop():
                break
            part = missing[start : start + AT_ONCE]
            offers.put(part, embedder.encode_passages(part))
        offers.forget_others(wanted)
        return len(missing)
    except NoModel:
        return 0


def near(
    question: Question, texts: Mapping[int, str], *, patience: float | None = meaning.PATIENCE
) -> dict[int, Near]:
    """Key → how near its text is to the question. What has no vector (all without a model) is missing."""
    _engine, embedder = meaning.engine_to_ask(patience=patience)
    vectors = vectors_of(embedder, question.text)
    if embedder is None or vectors is None:
        return {}
    return _offers(settings.INDEX_ROOT, meaning.space_of(embedder)).near(vectors, texts)


@cache
def _offers(root: Path, space: VectorSpace) -> Offers:
    return Offers(root / "offers", space)


def _digest(text: str) -> int:
    return digest_of("", "", text)
