"""What a reader asks of the index, from an address: every value known or left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from house.atlas.mobility.method.parameters import INDICATORS, MOST
from house.atlas.mobility.reading.modes import MODES
from house.ground.text import folded, one_line

SORTS = ("rank", "name", *INDICATORS)
SIZES = {"100000": 100_000, "500000": 500_000, "1000000": 1_000_000}


@dataclass(frozen=True, slots=True)
class Asked:
    """`weights` is empty for those of the edition."""

    weights: tuple[int, ...] = ()
    country: str = ""
    mode: str = ""
    size: str = ""
    words: str = ""
    alliance: bool = False
    sort: str = "rank"

    @property
    def is_filtered(self) -> bool:
        return bool(self.country or self.mode or self.size or self.words or self.alliance)

    def weighted(self, own: Mapping[str, int]) -> dict[str, int]:
        return (
            dict(zip(INDICATORS, self.weights, strict=True)) if self.weights else dict(own)
        )  # the edition's, where the reader moved none

    def query(self) -> str:
        """For links that keep what was asked."""
        told = {
            "country": self.country, "mode": self.mode, "size": self.size, "q": self.words,
            "alliance": "1" if self.alliance else "", "sort": "" if self.sort == "rank" else self.sort,
        }  # fmt: skip
        told |= {f"w_{n}": str(w) for n, w in zip(INDICATORS, self.weights, strict=False)}
        return urlencode({name: value for name, value in told.items() if value})


def asked_of(query: Mapping[str, str], *, own: Mapping[str, int]) -> Asked:
    """Weights are taken together: one that is missing is the edition's, all nothing are the edition's too."""
    given = tuple(_weight(query.get(f"w_{name}", ""), own[name]) for name in INDICATORS)
    mine = tuple(own[name] for name in INDICATORS)
    country, mode = query.get("country", "").upper(), query.get("mode", "")
    size, sort = query.get("size", ""), query.get("sort", "")
    return Asked(
        weights=given if any(given) and given != mine else (),
        country=country if len(country) == 2 and country.isascii() and country.isalpha() else "",
        mode=mode if mode in (*MODES, "unknown") else "",
        size=size if size in SIZES else "",
        words=one_line(query.get("q", ""))[:60],
        alliance=query.get("alliance", "") == "1",
        sort=sort if sort in SORTS else "rank",
    )


def _weight(said: str, own: int) -> int:
    return min(MOST, int(said)) if said.isascii() and said.isdigit() and len(said) < 4 else own


def is_called(name: str, words: str) -> bool:
    return folded(words) in folded(name)
