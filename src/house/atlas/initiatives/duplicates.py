"""Which places are one and the same: alike in name, and near. Pure; knows no table.

Alike is judged by pairs of letters (Dice), so that "Repair Café Oost" and "Repaircafé Oost" are one, and near
by a grid, so that 50,000 places take seconds. What is like and near is joined into one group (union-find): of
three in a row the first and the last belong together although they may be further apart.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from house.ground.text import folded

METRES = 150.0
TOUCHING = 15.0  # metres: so near, two things of one kind that stand in the street are one
LIKE = 0.72
STANDING = frozenset({"public-bookcase", "give-box", "food-sharing", "bike-share", "cargo-bike"})
_NOT_A_LETTER = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")
_DEGREE = 111_320.0  # metres of one degree of latitude


@dataclass(frozen=True, slots=True)
class Spot:
    """A place; without a name of its own `name` is empty, and names then tell nothing."""

    name: str
    lat: float
    lon: float
    kinds: frozenset[str] = frozenset()


@lru_cache(maxsize=100_000)
def _pairs(name: str) -> Counter[str]:
    letters = _NOT_A_LETTER.sub("", folded(name))
    return Counter(letters[n : n + 2] for n in range(len(letters) - 1)) or Counter([letters])


def likeness(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same letters), the same both ways."""
    a, b = _pairs(one), _pairs(other)
    return 2 * sum((a & b).values()) / (sum(a.values()) + sum(b.values()))


def metres(one: Spot, other: Spot) -> float:
    """Near enough on a plane: we only ask for neighbours."""
    east = (one.lon - other.lon + 180) % 360 - 180
    wide = east * _DEGREE * math.cos(math.radians((one.lat + other.lat) / 2))
    return math.hypot(wide, (one.lat - other.lat) * _DEGREE)


def is_same(one: Spot, other: Spot, *, within: float = METRES, like: float = LIKE) -> bool:
    far = metres(one, other)
    if far > within:
        return False
    if far <= TOUCHING and one.kinds & other.kinds & STANDING:
        return True
    if not (one.name and other.name) or _other_number(one.name, other.name):
        return False
    return likeness(one.name, other.name) >= like


def _other_number(one: str, other: str) -> bool:
    """Many are called after their address: "1711 Chestnut St" is not "1731 Chestnut St" next door."""
    a, b = _NUMBER.findall(one), _NUMBER.findall(other)
    return bool(a and b) and a != b


class _Joined:
    """Union-find; of each group the smallest number speaks for it."""

    def __init__(self, size: int) -> None:
        self.above = list(range(size))

    def root(self, one: int) -> int:
        while self.above[one] != one:
            self.above[one] = self.above[self.above[one]]
            one = self.above[one]
        return one

    def join(self, one: int, other: int) -> None:
        a, b = self.root(one), self.root(other)
        self.above[max(a, b)] = min(a, b)


def firsts(spots: Sequence[Spot], *, within: float = METRES, like: float = LIKE) -> list[int]:
    """For each place the number of the first that it is the same as; its own where it is the first."""
    joined = _Joined(len(spots))
    for one, other in _near(spots, within):
        if joined.root(one) != joined.root(other) and is_same(
            spots[one], spots[other], within=within, like=like
        ):
            joined.join(one, other)
    return [joined.root(number) for number in range(len(spots))]


def _near(spots: Sequence[Spot], within: float) -> Iterator[tuple[int, int]]:
    """Pairs that lie in the same or in neighbouring cells. Towards the poles cells span more degrees."""
    high = within / _DEGREE
    rows: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, spot in enumerate(spots):
        row = math.floor(spot.lat / high)
        for near_row in (row - 1, row, row + 1):
            column, columns = _column(spot.lon, near_row, high)
            for near in {(column - 1) % columns, column, (column + 1) % columns}:
                for other in rows[near_row].get(near, ()):
                    yield other, number
        rows[row][_column(spot.lon, row, high)[0]].append(number)


def _column(lon: float, row: int, high: float) -> tuple[int, int]:
    """Which of how many cells of the row, which runs round the world, at its end nearer to the pole."""
    edge = min(89.9, max(abs(row), abs(row + 1)) * high)
    columns = max(1, int(360 * math.cos(math.radians(edge)) / (high * 1.01)))
    return int((lon + 180) / 360 * columns) % columns, columns
