"""Ranks as ranges: the same ranking many times, each time with everything that could be otherwise drawn anew.

After the OECD/JRC Handbook on Constructing Composite Indicators (2008), steps 5 to 7: normalisation,
weighting and aggregation are varied together, and so are the inputs within what they allow.

Chance comes from PCG64's raw numbers, whose stream NumPy promises to keep, and scores are compared at nine
digits: the same seed gives the same ranks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
DIGITS = 9
# Small enough to be without meaning, large enough that a city without any of one thing is not nothing at all.
FLOOR = 1.0
# Coins of a draw: percentile or least-to-most; sum or product.
_COINS = 2


@dataclass(frozen=True, slots=True)
class Inputs:
    """`point`, `low`, `high`: cities × indicators, NaN for what is missing; at least one of each."""

    point: Floats
    low: Floats
    high: Floats
    skewed: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Ranks:
    """`drawn` holds the rank of each city in each draw; `score` the mean of its scores, 0 to 100."""

    low: Ints
    middle: Ints
    high: Ints
    score: Floats
    drawn: Ints


def uniform(seed: int, *shape: int) -> Floats:
    """Numbers from 0 to below 1."""
    count = int(np.prod(shape))
    raw = np.random.PCG64(seed).random_raw(count)
    return np.asarray((raw >> np.uint64(11)) * 2.0**-53, dtype=np.float64).reshape(shape)


def rank(inputs: Inputs, weights: Floats, *, parameters: Mapping[str, Any]) -> Ranks:
    """Weights of 0 leave an indicator out; at least one is above. Equal scores share the better rank."""
    draws, (cities, columns) = parameters["draws"], inputs.point.shape
    chance = uniform(parameters["seed"], draws, columns * (2 * cities + 1) + _COINS)
    moved, coins = chance[:, -columns - _COINS : -_COINS], chance[:, -_COINS:]
    by_percentile, is_sum = coins[:, 0] < 0.5, coins[:, 1] < 0.5
    each = weights * (1 + parameters["swing"] * (2 * moved - 1))
    each /= each.sum(axis=1, keepdims=True)
    scores = np.zeros((draws, cities))
    for column in range(columns):
        spread, missing = (
            chance[:, (2 * column + which) * cities : (2 * column + which + 1) * cities]
            for which in (0, 1)
        )
        found = _scaled(inputs, column, spread, missing, by_percentile)
        found = np.where(is_sum[:, None], found, np.log(np.maximum(found, FLOOR)))
        scores += each[:, [column]] * found
    scores = np.where(is_sum[:, None], scores, np.exp(scores))
    places = _places(np.round(scores, DIGITS))
    low, middle, high = (
        np.quantile(places, share, axis=0, method="inverted_cdf").astype(np.int32)
        for share in (parameters["low"], 0.5, parameters["high"])
    )
    return Ranks(low, middle, high, np.round(scores.mean(axis=0), 6), places)


def _scaled(
    inputs: Inputs, column: int, spread: Floats, missing: Floats, by_percentile: npt.NDArray[np.bool_]
) -> Floats:  # fmt: skip
    """Draws × cities, 0 to 100: what is known between its bounds, what is missing as some city has it."""
    known = ~np.isnan(inputs.point[:, column])
    low, high = inputs.low[known, column], inputs.high[known, column]
    values = low + spread[:, known] * (high - low)
    scaled = _least_to_most(values, is_skewed=inputs.skewed[column])
    scaled[by_percentile] = percentiles(values[by_percentile])
    found = np.empty(spread.shape)
    found[:, known] = scaled
    lent = (missing[:, ~known] * scaled.shape[1]).astype(np.int64)
    found[:, ~known] = np.take_along_axis(scaled, lent, axis=1)
    return found


def percentiles(values: Floats) -> Floats:
    """Of each row: how many of a hundred others lie below; those with the same value count half."""
    count = values.shape[-1]
    if count < 2:
        return np.full(values.shape, 50.0)
    first, last, order = _runs(values)
    found = np.empty(values.shape)
    np.put_along_axis(found, order, 100.0 * (first + last) / 2 / (count - 1), axis=-1)
    return found


def _runs(values: Floats) -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
    """Sorted by rows: where the run of equals begins and ends at each place, and the order itself."""
    order = np.argsort(values, axis=-1, kind="stable")
    told = np.take_along_axis(values, order, axis=-1)
    count = values.shape[-1]
    index = np.broadcast_to(np.arange(count), values.shape)
    differs = told[..., 1:] != told[..., :-1]
    begins = np.concatenate([np.ones((*values.shape[:-1], 1), dtype=bool), differs], axis=-1)
    ends = np.concatenate([differs, np.ones((*values.shape[:-1], 1), dtype=bool)], axis=-1)
    first = np.maximum.accumulate(np.where(begins, index, 0), axis=-1)
    back = np.where(ends, index, count - 1)[..., ::-1]
    last = np.minimum.accumulate(back, axis=-1)[..., ::-1]
    return first.astype(np.float64), last.astype(np.float64), order


def _least_to_most(values: Floats, *, is_skewed: bool) -> Floats:
    """Least 0, most 100; a few very large values are brought nearer first, by the root."""
    told = np.sqrt(np.maximum(values, 0)) if is_skewed else values
    least, most = told.min(axis=1, keepdims=True), told.max(axis=1, keepdims=True)
    width = np.where(most > least, most - least, 1.0)
    return np.asarray(np.where(most > least, 100.0 * (told - least) / width, 50.0))


def _places(scores: Floats) -> Ints:
    """The rank of each city in each draw; equals share the better one."""
    first, _last, order = _runs(-scores)
    found = np.empty(scores.shape, dtype=np.int32)
    np.put_along_axis(found, order, (first + 1).astype(np.int32), axis=1)
    return found


def ahead(ranks: Ranks, city: int) -> tuple[Floats, Floats]:
    """For one city: in which share of the draws each other one lies ahead of it, and in which behind."""
    mine = ranks.drawn[:, [city]]
    return (ranks.drawn < mine).mean(axis=0), (ranks.drawn > mine).mean(axis=0)


def groups(ranks: Ranks, order: npt.NDArray[np.int64], *, sure: float) -> list[int]:
    """The number of the group of each city.

    In this order, a city begins a new one when the first of the last is ahead of it in `sure` of the draws.
    """
    found = [0] * len(order)
    head, number = order[0], 1
    for city in order:
        if (ranks.drawn[:, head] < ranks.drawn[:, city]).mean() >= sure:
            head, number = city, number + 1
        found[city] = number
    return found
