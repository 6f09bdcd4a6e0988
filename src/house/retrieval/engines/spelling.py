"""Words within a typing slip of another, found among all words of the index at once."""

import sqlite3
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from house.retrieval.engines.words import WORD_MARK

SHORTEST = 4
_LONG = 7
_REFRESH_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Each word beside a 64-bit sketch of its letter pairs: one slip changes at most six bits."""

    stamp: int
    made_at: float
    words: list[str]
    sketches: NDArray[np.uint64]
    lengths: NDArray[np.int16]
    initials: NDArray[np.int32]

    @classmethod
    def read(cls, db: sqlite3.Connection, stamp: int) -> "Vocabulary":
        """Deleted words may linger in it for half a minute: whoever offers one checks its passages."""
        sql = "SELECT term FROM term_list WHERE term >= ? AND term < ?"
        found = db.execute(sql, (WORD_MARK, WORD_MARK + "\U0010ffff"))
        words = [term.removeprefix(WORD_MARK) for (term,) in found]
        return cls(
            stamp=stamp,
            made_at=time.monotonic(),
            words=words,
            sketches=np.array([_sketch(word) for word in words], np.uint64),
            lengths=np.array([len(word) for word in words], np.int16),
            initials=np.array([ord(word[0]) for word in words], np.int32),
        )

    def is_stale(self, stamp: int) -> bool:
        return stamp != self.stamp and time.monotonic() - self.made_at > _REFRESH_SECONDS

    def near(self, word: str, slips: int) -> list[str]:
        """Words just so many slips away (one or two).

        Two only from seven letters on and not in the first letter: people seldom err there, and
        looking is dear.
        """
        if len(word) < SHORTEST or not self.words or (slips > 1 and len(word) < _LONG):
            return []
        changed = np.bitwise_count(self.sketches ^ np.uint64(_sketch(word)))
        close = (changed <= 3 + 3 * slips) & (np.abs(self.lengths - len(word)) <= slips)
        if slips > 1:
            close &= self.initials == ord(word[0])
        others = (self.words[i] for i in np.flatnonzero(close))
        return [other for other in others if distance(word, other, slips) == slips]


def distance(one: str, other: str, most: int) -> int:
    """Slips between two words (a swap of neighbours is one); `most + 1` as soon as it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _sketch(term: str) -> int:
    bits = 0
    edged = f"^{term}$"
    for i in range(len(edged) - 1):
        bits |= 1 << ((ord(edged[i]) * 31 + ord(edged[i + 1]) * 7) % 64)
    return bits
