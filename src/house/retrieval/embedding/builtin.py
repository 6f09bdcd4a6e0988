"""The embedder that every house has: e5 from the wheel, with the language basis of the package."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from house.retrieval.embedding.base import Floats, NoModel, PassageVectors, QueryVectors
from house.retrieval.embedding.basis import Basis
from house.retrieval.embedding.e5 import E5, WIDTH, Encoded
from house.retrieval.embedding.export import MODEL_ID, ensure_export

LONGEST_QUESTION = 128  # tokens; what comes after says little and costs milliseconds


class BuiltInEmbedder:
    model_id = MODEL_ID
    dimensions = WIDTH

    def __init__(
        self, folder: Path, *, threads: int = 1, say: Callable[[str], None] = lambda _: None
    ) -> None:
        """`folder` is where models are kept; the export is written there when it is missing."""
        self._basis = Basis.load()
        if self._basis.model_id != MODEL_ID:
            raise NoModel(f"The language basis belongs to {self._basis.model_id}, not {MODEL_ID}.")
        self._model = E5(ensure_export(folder, say), threads=threads)
        self.basis_id = self._basis.id
        self.token_dimensions = self._basis.reduce.shape[1]

    def encode_query(self, text: str) -> QueryVectors:
        seen = self._model.query(text, most=LONGEST_QUESTION)
        projected, shift = self._basis.project_query(seen.pooled)
        tokens = self._basis.query_tokens(seen.states, self._telling(seen))
        return QueryVectors(seen.pooled, projected, shift, tokens)

    def encode_passages(self, texts: Sequence[str]) -> PassageVectors:
        raw = np.zeros((len(texts), WIDTH), np.float32)
        tokens = []
        for row, text in enumerate(texts):
            seen = self._model.passage(text)
            raw[row] = seen.pooled
            tokens.append(self._basis.passage_tokens(self._kept(seen)))
        return PassageVectors(raw, self._basis.passage_norms(raw), tokens)

    def token_places(self, text: str) -> NDArray[np.int64]:
        """(t, 2) where in the text each of the passage's stored token vectors stands."""
        ids, places = self._model.places(text)
        return places[self._rarest(ids)]

    def _telling(self, seen: Encoded) -> Floats:
        """How much each token of a question counts: the square of its surprise, within bounds."""
        return np.clip(-self._model.commonness[seen.ids], 2, 13) ** 2

    def _kept(self, seen: Encoded) -> Floats:
        return seen.states[self._rarest(seen.ids)]

    def _rarest(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rarer half of the tokens in order: the common ones add bytes, hardly evidence."""
        return np.sort(
            np.argsort(self._model.commonness[ids], kind="stable")[: (len(ids) + 1) // 2]
        )
