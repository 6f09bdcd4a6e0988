"""Answers side by side: what is the same, what differs, what nobody knows. Pure: it asks no database."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from house.ground.text import folded, one_line

Row = TypeVar("Row")


class Verdict(StrEnum):
    SAME = "same"  # all are known and say the same
    DIFFER = "differ"  # two that are known say different things
    OPEN = "open"  # what is known is the same, but not all is known
    UNKNOWN = "unknown"  # nothing is known of any


@dataclass(frozen=True, slots=True)
class Said:
    """What is compared of an answer: never its note, its dates or its source."""

    answer: str
    value: Decimal | None = None
    unit: str = ""
    day: datetime.date | None = None
    words: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for answers that say the same. A number is the same in the same unit alone."""
        if self.answer == "no":
            return ("no",)
        unit = folded(one_line(self.unit)) if self.value is not None else ""
        return ("yes", self.value, unit, self.day, folded(one_line(self.words)))


def verdict(answers: Iterable[Said | None]) -> Verdict:
    """`None` is what is unknown: it is like nothing, and differs from nothing."""
    told = list(answers)
    keys = {each.key for each in told if each is not None}
    if not keys:
        return Verdict.UNKNOWN
    if len(keys) > 1:
        return Verdict.DIFFER
    return Verdict.OPEN if None in told else Verdict.SAME


def kept(
    rows: Sequence[tuple[Row, Verdict]], *, only_differences: bool
) -> list[tuple[Row, Verdict]]:
    """The rows as they were, or those alone whose answers differ."""
    return [row for row in rows if not only_differences or row[1] is Verdict.DIFFER]
