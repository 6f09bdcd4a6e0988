"""What an embedder promises, and the shapes that travel between it, the index and the ranking.

Every array is numpy. `d` is `Embedder.dimensions` (384 for the built-in model), `k` is
`Embedder.token_dimensions` (0 when the model gives no token vectors).

The index keeps for each passage `raw` (d float32), `norm` (one float32) and `tokens` (t × k int8,
t differs), each with the embedder's `model_id` and `basis_id`. One matrix serves both scores:

    raw score        raw @ query.raw
    projected score  (raw @ query.projected - query.shift) / norm

so `raw @ np.column_stack([query.raw, query.projected])` is all the work a search does. Vectors of
different `model_id` or `basis_id` must never be compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bytes = NDArray[np.int8]


class NoModel(Exception):  # noqa: N818  it is caught by name, as a state
    """The embedder can't be loaded or doesn't answer; the text is one sentence for an operator."""


@dataclass(frozen=True, slots=True)
class QueryVectors:
    """A question as the model sees it.

    `projected` has the language removed and is None for a model without a language basis;
    `tokens` is (t, k), each row as long as its token is telling, together 1; None for a model
    without token vectors.
    """

    raw: Floats
    projected: Floats | None = None
    shift: float = 0.0
    tokens: Floats | None = None

    @property
    def columns(self) -> Floats:
        """(d, 1) or (d, 2): what the passage matrix is multiplied with."""
        parts = [self.raw] if self.projected is None else [self.raw, self.projected]
        return np.stack(parts, axis=1)


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """`raw` (n, d) unit rows, `norms` (n,), `tokens` n arrays of (t, k) or None."""

    raw: Floats
    norms: Floats
    tokens: list[Bytes] | None = None


class Embedder(Protocol):
    """One for each process, safe to call from many threads. May raise `NoModel`."""

    model_id: str
    basis_id: str  # "" when there is no language basis
    dimensions: int
    token_dimensions: int  # 0 when there are no token vectors

    def encode_query(self, text: str) -> QueryVectors: ...

    def encode_passages(self, texts: Sequence[str]) -> PassageVectors:
        """Any text is taken, the empty one too; rows come back in the order given."""


def passage_text(title: str, heading: str, text: str) -> str:
    """What of a passage is embedded: the same form for every model and every index."""
    return ". ".join(part for part in (title.strip(), heading.strip(), text.strip()) if part)
