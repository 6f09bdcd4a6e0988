"""From postings and vectors to what ranking takes. Arrays over all passages go by their number."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
from numpy.typing import NDArray

from house.retrieval.embedding.base import Floats, QueryVectors
from house.retrieval.embedding.late import max_sim
from house.retrieval.engines.snapshot import Posting, Snapshot
from house.retrieval.engines.vectors import VectorView
from house.retrieval.ranking import Spread

_K1, _B = 1.2, 0.75
_LARGE = 40_000  # vectors
_BLOCK = 512
_CORES = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1, 4)
_NARROW = 0.15  # below this share of all vectors those in scope are gathered, above all are read

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]


def idf(total: int, holding: int) -> float:
    return float(np.log1p((max(total - holding, 0) + 0.5) / (holding + 0.5)))


def bm25(shot: Snapshot, postings: list[Posting], weights: Floats) -> Floats:
    scores = np.zeros(len(shot.document), np.float32)
    for posting, weight in zip(postings, weights, strict=True):
        if not weight:
            continue
        room = _K1 * (1 - _B + _B * shot.lengths[posting.rows] / shot.mean_length)
        scores[posting.rows] += weight * (_K1 + 1) * posting.counts / (posting.counts + room)
    return scores


def borne(shot: Snapshot, postings: list[Posting], weights: Floats) -> Floats:
    """By passage number: the weights of the marks that it bears."""
    found = np.zeros(len(shot.document), np.float32)
    for posting, weight in zip(postings, weights, strict=True):
        if weight:
            found[posting.rows] += weight
    return found


def similar(
    view: VectorView, at: Ints, allowed: Flags, vectors: QueryVectors
) -> tuple[Floats, Floats | None]:
    """Both cosines by passage number; -inf where hidden or without a vector."""
    rows = np.flatnonzero(allowed & (at >= 0))
    places = view.rows[at[rows]]
    if len(rows) < _NARROW * len(view.raw):
        cosines = view.raw[places] @ vectors.columns
    else:
        cosines = _times(view.raw, vectors.columns)[places]
    raw = np.full(len(at), -np.inf, np.float32)
    raw[rows] = cosines[:, 0]
    if vectors.projected is None:
        return raw, None
    projected = np.full(len(at), -np.inf, np.float32)
    projected[rows] = (cosines[:, 1] - vectors.shift) / np.maximum(view.norms[at[rows]], 1e-6)
    return raw, projected


def _times(raw: Floats, columns: Floats) -> Floats:
    """`raw @ columns`; where that takes tens of milliseconds, on several cores at once."""
    sides = np.ascontiguousarray(columns.T)
    if len(raw) < _LARGE or _CORES == 1:
        return _product(raw, sides)
    parts = np.array_split(raw, _CORES)
    return np.concatenate(list(_pool().map(lambda part: _product(part, sides), parts)))


def _product(raw: Floats, sides: Floats) -> Floats:
    """Block by block: the second side finds the block in the cache, a third less time in all."""
    found = np.empty((len(raw), len(sides)), np.float32)
    for start in range(0, len(raw), _BLOCK):
        block = raw[start : start + _BLOCK]
        for column, side in enumerate(sides):
            found[start : start + _BLOCK, column] = block @ side
    return found


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_CORES, thread_name_prefix="vectors")


def meaning(
    raw: Floats | None,
    projected: Floats | None,
    rows: Ints,
    by_words: Floats,
) -> dict[str, Floats | Spread | None]:
    found: dict[str, Floats | Spread | None] = {}
    for name, scores in (("raw", raw), ("projected", projected)):
        if scores is None:
            continue
        known = scores[np.isfinite(scores)]
        if not len(known):
            continue
        spread = Spread.of(known)
        mine = scores[rows]
        found[name] = _filled(mine, np.isfinite(mine), by_words, spread.mean)
        found[f"{name}_spread"] = spread
    return found


def _filled(scores: Floats, told: Flags, by_words: Floats, otherwise: float) -> Floats:
    """What has no vector yet is taken to mean as much as its words say, or it would hide until then."""
    if told.all():
        return scores
    shares = by_words / max(float(by_words.max(initial=0)), 1e-6)
    found = np.full(len(scores), otherwise, np.float32)
    if told.any():
        found[~told] = np.quantile(scores[told], shares[~told])
        found[told] = scores[told]
    return found


def late(tokens: Floats, view: VectorView, at: Ints, rows: Ints, by_words: Floats) -> Floats | None:
    places = at[rows]
    known = np.flatnonzero(places >= 0)
    if not len(known):
        return None
    scores = max_sim(tokens, view.tokens_of(places[known]))
    found = np.full(len(rows), np.nan, np.float32)
    found[known] = scores
    return _filled(found, places >= 0, by_words, float(scores.mean()))


def stands(postings: list[Posting], rows: Ints, field: str) -> Flags:
    """(passages, terms): whether each term stands in that field of each passage."""
    found = np.zeros((len(rows), len(postings)), np.bool_)
    for column, posting in enumerate(postings):
        if len(posting.rows):
            at = np.minimum(np.searchsorted(posting.rows, rows), len(posting.rows) - 1)
            found[:, column] = (posting.rows[at] == rows) & getattr(posting, field)[at]
    return found
