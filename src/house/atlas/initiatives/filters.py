"""What somebody asks of the map. The same words narrow the list, the picture and what programs get."""

import math
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from house.atlas.initiatives import taxonomy
from house.atlas.initiatives.models import InitiativeQuerySet
from house.ground.text import one_line

_WORD = 40
_NAME = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """Read from an address, whatever it says: what makes no sense is left out."""

    name: str = ""  # words that all stand in its name
    kinds: tuple[str, ...] = ()  # any of them
    city: str = ""  # a slug
    language: str = ""
    is_open: bool = False
    bbox: tuple[float, float, float, float] | None = None  # west, south, east, north

    @classmethod
    def of(cls, given: QueryDict) -> "Asked":
        kinds = set(given.getlist("kind"))
        return cls(
            name=one_line(given.get("q", "")[:_NAME]),
            kinds=tuple(kind for kind in taxonomy.kinds() if kind in kinds),
            city=given.get("city", "")[:_WORD],
            language=given.get("language", "")[:8].lower(),
            is_open=given.get("open", "") == "1",
            bbox=bbox_of(given.get("bbox", "")),
        )

    def narrow(self, rows: InitiativeQuerySet) -> InitiativeQuerySet:
        if self.name:
            rows = rows.named(self.name)
        if self.kinds:
            rows = rows.of_kinds(self.kinds)
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
            "q": self.name,
            "kind": self.kinds,
            "city": self.city,
            "language": self.language,
            "open": "1" if self.is_open else "",
            "bbox": ",".join(f"{edge:g}" for edge in self.bbox) if self.bbox else "",
        }
        return urlencode({name: value for name, value in said.items() if value}, doseq=True)

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
