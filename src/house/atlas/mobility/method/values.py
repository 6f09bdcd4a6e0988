"""One figure of one city, with all that a reader needs to judge it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Value:
    """`low` and `high` are between what the inputs allow; `why` tells a missing value, and then all are None.

    `sources` are keys of the edition's sources, `on` the day that the newest of them was taken.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    sources: list[str] = field(default_factory=list)
    on: str = ""
    why: str = ""
    # What it was before a city corrected it: {"value", "sources", "on", "correction"}.
    corrected: dict[str, Any] | None = None
    parts: dict[str, Any] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        return self.value is not None

    def plain(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "value": rounded(self.value),
            "low": rounded(self.low),
            "high": rounded(self.high),
            "unit": self.unit,
            "sources": self.sources,
            "on": self.on,
            "why": self.why,
        }
        if self.corrected:
            told["corrected"] = self.corrected
        if self.parts:
            told["parts"] = self.parts
        return told


def rounded(number: float | None) -> float | None:
    """Six digits behind the point: what the result keeps is the same on every machine."""
    return None if number is None else round(float(number), 6)
