"""Late interaction: each token of a question finds its best token in a passage (MaxSim).

A passage keeps the rarer half of its tokens, each reduced and rounded to `k` bytes. All passages
share one scale, so nothing but the bytes needs storing.
"""

from collections.abc import Sequence

import numpy as np

from house.retrieval.embedding.base import Bytes, Floats

SCALE = (
    127 / 0.45
)  # components of a reduced unit vector seldom pass 0.45; those that do are clipped


def to_bytes(rows: Floats) -> Bytes:
    return np.clip(np.rint(rows * SCALE), -127, 127).astype(np.int8)


def max_sim(query: Floats, passages: Sequence[Bytes]) -> Floats:
    """(n,) over the question's tokens, the weighted mean of the nearest passage token's cosine.

    `query` is `QueryVectors.tokens`. A passage without tokens scores 0. The arrays may be slices of
    one memory-mapped file: their bytes are read once, here.
    """
    sizes = np.fromiter((len(tokens) for tokens in passages), np.int64, len(passages))
    scores = np.zeros(len(passages), np.float32)
    held = sizes > 0
    if not len(query) or not held.any():
        return scores
    rows = np.concatenate([tokens for tokens in passages if len(tokens)]).astype(np.float32)
    near = rows @ (query.T / SCALE).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(sizes[held])[:-1]])
    scores[held] = np.maximum.reduceat(near, starts, axis=0).sum(axis=1)
    return scores
