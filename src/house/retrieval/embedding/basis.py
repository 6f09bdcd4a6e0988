"""The language basis: takes the language out of a vector, and makes token vectors small.

In a pool of many languages the model prefers a passage in the question's own language, however
wrong. The differences between the mean vectors of languages that say the same things span a small
subspace; what is left when it is projected out is the matter itself. The basis is made by
`python -m house.retrieval.embedding.estimate` and carried in the package.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from house.retrieval.embedding.base import Bytes, Floats
from house.retrieval.embedding.e5 import unit
from house.retrieval.embedding.late import to_bytes

FILE = Path(__file__).with_name("data") / "basis.npz"


@dataclass(frozen=True, slots=True)
class Basis:
    """Arrays of one estimate: `languages` (b, d) are orthonormal rows, both sides have a mean.

    `reduce` (d, k) turns a projected token vector into `k` components of even size.
    """

    id: str
    model_id: str
    languages: Floats
    query_mean: Floats
    passage_mean: Floats
    reduce: Floats

    @classmethod
    def load(cls, path: Path = FILE) -> "Basis":
        arrays = dict(np.load(path))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        return cls(digest, str(arrays.pop("model_id")), **arrays)

    def project_query(self, raw: Floats) -> tuple[Floats, float]:
        """The question without its language, and the constant that a passage score subtracts."""
        projected = unit(self._without_language(raw - self.query_mean))
        return projected, float(self.passage_mean @ projected)

    def passage_norms(self, raw: Floats) -> Floats:
        """(n,) how much of each passage is left once its language is gone."""
        left = self._without_language(raw - self.passage_mean)
        return np.maximum(np.linalg.norm(left, axis=-1), 1e-6).astype(np.float32)

    def query_tokens(self, states: Floats, weights: Floats) -> Floats:
        shares = weights / max(float(weights.sum()), 1e-6)
        return self._reduced(states - self.query_mean) * shares[:, None]

    def passage_tokens(self, states: Floats) -> Bytes:
        return to_bytes(self._reduced(states - self.passage_mean))

    def _without_language(self, rows: Floats) -> Floats:
        return rows - (rows @ self.languages.T) @ self.languages

    def _reduced(self, rows: Floats) -> Floats:
        return unit(self._without_language(rows) @ self.reduce)
