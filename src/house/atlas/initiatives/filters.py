"""What somebody asks of the map. The same words narrow the list, the picture and what programs get."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils import timezone

from house.atlas.initiatives import taxonomy
from house.atlas.initiatives.models import InitiativeQuerySet

_WORD = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """Read from an address, whatever it says: what makes no sense is left out."""

    kind: str = ""
    city: str = ""  # a slug
    language: str = ""
    is_open: bool = False
    bbox: tuple[float, float, float, float] | None = None  # west, south, east, north

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Asked":
        kind = given.get("kind", "")
        return cls(
            kind=kind if kind in taxonomy.kinds() else "",
            city=given.get("city", "")[:_WORD],
            language=given.get("language", "")[:8].lower(),
            is_open=given.get("open", "") == "1",
            bbox=bbox_of(given.get("bbox", "")),
        )

    def narrow(self, rows: InitiativeQuerySet) -> InitiativeQuerySet:
        if self.kind:
            rows = rows.of_kind(self.kind)
        if self.city:
            rows = rows.filter(city__slug=self.city)
        if self.language:
            rows = rows.in_language(self.language)
        if self.is_open:
            rows = rows.open_at(timezone.now())
        return rows.within(*self.bbox) if self.bbox else rows

    @property
    def query(self) -> str:
        """The address's part behind the question mark, in one order: two that ask the same are equal."""
        said = {
            "kind": self.kind,
            "city": self.city,
            "language": self.language,
            "open": "1" if self.is_open else "",
            "bbox": ",".join(f"{edge:g}" for edge in self.bbox) if self.bbox else "",
        }
        return urlencode({name: value for name, value in said.items() if value})

    def __bool__(self) -> bool:
        return bool(self.query)


def bbox_of(text: str) -> tuple[float, float, float, float] | None:
    """West, south, east, north in degrees; a map that was turned round the world is turned back."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    if not all(map(math.isfinite, (west, south, east, north))) or south > north:
        return None
    if east - west >= 360:
        return -180.0, south, 180.0, north
    return _turned(west), south, _turned(east), north


def _turned(lon: float) -> float:
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180
