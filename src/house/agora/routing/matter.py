"""How much what somebody wrote or offers is about what is asked: 0 to 1, near to a probability.

By meaning where the house has a model, so that peers are found who wrote about it in another language;
else by words. The constants are a logistic regression's, rounded, over passages of articles that no
figure is reported on (`bench.real`, decision 127).
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from house.retrieval.offers import FEW, Near

Numbers = NDArray[np.float32]

ENOUGH = 0.5  # of the question's words: texts say the same in different ones
START, NEAR, LATE = -5.2, 1.2, 7.8  # log-odds; of a deviation above the mean, of late interaction
LEAST = 0.15  # by meaning: below, an offer is not about it
CHANCE, OFFER = 0.1, 0.4  # of the words that could be said: one in common by chance, a clear offer


def by_words(coverage: Numbers) -> Numbers:
    """`coverage` is the share of the question's words that a passage holds."""
    return np.minimum(1, coverage / np.float32(ENOUGH))


def by_meaning(near: Numbers, late: Numbers | float = 0.0) -> Numbers:
    """`near` is in deviations above the mean of all, `late` interaction above that of what was looked at."""
    found: Numbers = 1 / (1 + np.exp(-(START + NEAR * near + LATE * late)))
    return found


def about(coverage: Numbers, near: Numbers | None, late: Numbers | None) -> Numbers:
    """Of the passages found for one question. None, or NaN of `late`, is what no model tells.

    Of few passages a deviation tells little: they are judged by words.
    """
    if near is None or len(near) < FEW:
        return by_words(coverage)
    return by_meaning(near, 0.0 if late is None else np.nan_to_num(late))


def offering(words: Mapping[int, float], near: Mapping[int, Near]) -> dict[int, float]:
    """How much short texts offer: by meaning for those whose nearness is known, by words for the others."""
    found = {key: offered(said) for key, said in words.items() if key not in near}
    likely = {key: float(by_meaning(np.float32(one), two)) for key, (one, two) in near.items()}
    return found | {key: much for key, much in likely.items() if much >= LEAST}


def offered(said: float) -> float:
    """From what a short text says by words: next to nothing by chance, 1 for a clear offer."""
    return max(CHANCE * said, min(1.0, (said - CHANCE) / (OFFER - CHANCE)))
