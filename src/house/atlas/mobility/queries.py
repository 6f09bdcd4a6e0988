"""Questions to an edition. It never changes, so that each process keeps what it has read of the last ones."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from house.access.viewer import Viewer
from house.atlas.mobility.asking import SIZES, Asked, is_called
from house.atlas.mobility.method import first, ranking
from house.atlas.mobility.method.parameters import INDICATORS
from house.atlas.mobility.models import Edition, IndexCity
from house.atlas.mobility.models.edition import unpacked

Plain = dict[str, Any]


@dataclass(frozen=True)
class Board:
    """The result of an edition, ready to be asked."""

    result: Plain
    parameters: Mapping[str, Any]

    @cached_property
    def cities(self) -> dict[str, Plain]:
        return {city["code"]: city for city in self.result["cities"]}

    @cached_property
    def ranked(self) -> list[str]:
        return [city["code"] for city in self.result["cities"] if city["rank"] is not None]

    @cached_property
    def countries(self) -> Counter[str]:
        return Counter(city["country"] for city in self.result["cities"])

    @cached_property
    def modes(self) -> Counter[str]:
        return Counter(mode for city in self.result["cities"] for mode in modes_of(city))

    @cached_property
    def inputs(self) -> ranking.Inputs:
        rows = [
            {
                name: tuple(self.cities[code]["figures"][name][key] for key in ("value", "low", "high"))
                for name in self.used
            }
            for code in self.ranked
        ]  # fmt: skip
        return first.inputs_of(rows, self.used)  # type: ignore[arg-type]

    @property
    def used(self) -> list[str]:
        found: list[str] = self.result["used"]
        return found

    def weights(self, given: tuple[int, ...]) -> dict[str, int]:
        own: dict[str, int] = self.parameters["weights"]
        return dict(zip(INDICATORS, given, strict=True)) if given else own


@lru_cache(maxsize=3)
def _board(edition: int, _digest: str) -> Board:
    # every row: the caller came through the door
    kept = Edition.objects.only("result", "parameters").get(pk=edition)
    return Board(unpacked(kept.result), kept.parameters)


def board_of(edition: Edition) -> Board:
    return _board(edition.pk, edition.result_digest)


@lru_cache(maxsize=64)
def _standings(edition: int, digest: str, weights: tuple[int, ...]) -> dict[str, Plain]:
    board = _board(edition, digest)
    given = board.weights(weights)
    if not board.ranked or not any(given[name] for name in board.used):
        return {}
    return first.standings(board.ranked, board.inputs, board.used, given, board.parameters)


def standings_of(edition: Edition, asked: Asked) -> dict[str, Plain]:
    """Code → rank range and group, for the reader's weights; empty where these rank nobody."""
    if asked.weights:
        return _standings(edition.pk, edition.result_digest, asked.weights)
    return {code: board_of(edition).cities[code] for code in board_of(edition).ranked}


def newest(viewer: Viewer) -> Edition | None:
    found: Edition | None = Edition.objects.visible_to(viewer).for_lists().first()
    return found


def modes_of(city: Plain) -> set[str]:
    return {mode for system in city["systems"] for mode in system["modes"] or ["unknown"]}


def found_in(edition: Edition, asked: Asked) -> list[tuple[Plain, Plain | None]]:
    """(city, standing) of those asked for, in the order asked for; the unranked last."""
    board, standing = board_of(edition), standings_of(edition, asked)
    rows = [
        (city, standing.get(city["code"]))
        for city in board.result["cities"]
        if _is_asked_for(city, asked)
    ]
    return sorted(rows, key=lambda row: _order(*row, asked.sort))


def _is_asked_for(city: Plain, asked: Asked) -> bool:
    if asked.country and city["country"] != asked.country:
        return False
    if asked.alliance and not city["city"]:
        return False
    if asked.mode and asked.mode not in modes_of(city):
        return False
    people = city["figures"]["population"]["value"]
    if asked.size and (people is None or people < SIZES[asked.size]):
        return False
    return not asked.words or is_called(city["name"], asked.words)


def _order(city: Plain, standing: Plain | None, sort: str) -> tuple[Any, ...]:
    """What is unknown stands behind what is known, whichever way is sorted."""
    last = (
        (standing is None, standing["rank"], -standing["score"])
        if standing
        else (True, 0, 0.0)  # alike, so that the name decides
    )
    if sort == "name":
        return (city["name"].casefold(), city["code"])
    if sort in INDICATORS:
        value = city["figures"][sort]["value"]
        return (value is None, -(value or 0), *last, city["name"], city["code"])
    return (*last, city["name"], city["code"])


def apart(edition: Edition, code: str, asked: Asked) -> tuple[int, int, int] | None:
    """How many cities are surely ahead of this one, surely behind, and can't be told from it."""
    board = board_of(edition)
    if code not in standings_of(edition, asked):
        return None
    return _apart(edition.pk, edition.result_digest, code, asked.weights, len(board.ranked))


@lru_cache(maxsize=512)
def _apart(
    edition: int, digest: str, code: str, weights: tuple[int, ...], count: int
) -> tuple[int, int, int]:
    board = _board(edition, digest)
    ranks = _ranks(edition, digest, weights)
    ahead, behind = ranking.ahead(ranks, board.ranked.index(code))
    sure = board.parameters["sure"]
    better, worse = int((ahead >= sure).sum()), int((behind >= sure).sum())
    return better, worse, count - better - worse - 1


@lru_cache(maxsize=2)  # two megabytes each
def _ranks(edition: int, digest: str, weights: tuple[int, ...]) -> ranking.Ranks:
    board = _board(edition, digest)
    given = board.weights(weights)
    told = np.array([float(given[name]) for name in board.used])
    return ranking.rank(board.inputs, told, parameters=board.parameters)


def in_short(city: str, viewer: Viewer) -> Plain | None:
    """What a city's own page says of it; None where no edition names it."""
    place = IndexCity.objects.visible_to(viewer).filter(city=city).first()
    edition = newest(viewer) if place else None
    told = board_of(edition).cities.get(place.code) if place and edition else None
    if told is None:
        return None
    return {
        "place": place,
        "as_of": edition.as_of,  # type: ignore[union-attr] -- told is of it
        "standing": told if told["rank"] is not None else None,
        "count": len(board_of(edition).ranked),  # type: ignore[arg-type]
        "systems": len(told["systems"]),
    }


def addresses(codes: list[str], viewer: Viewer) -> dict[str, IndexCity]:
    rows = IndexCity.objects.visible_to(viewer).filter(code__in=codes)
    return {row.code: row for row in rows}


def unmatched(edition: Edition) -> list[Plain]:
    """Locations that no city was found for, those with most systems first.

    Read from what went in: the result holds cities alone.
    """
    return _unmatched(edition.pk, edition.bundle_digest)


@lru_cache(maxsize=2)
def _unmatched(edition: int, _digest: str) -> list[Plain]:
    # every row: the caller came through the door
    bundle = unpacked(Edition.objects.only("bundle").get(pk=edition).bundle)
    found: dict[tuple[str, str], Plain] = {}
    for system in bundle["systems"]:
        if system["places"]:
            continue
        row = found.setdefault(
            (system["country"], system["location"]),
            {"country": system["country"], "location": system["location"], "how": system["how"],
             "near": system["near"], "systems": []},
        )  # fmt: skip
        row["systems"].append({"id": system["id"], "name": system["name"]})
    return sorted(
        found.values(), key=lambda row: (-len(row["systems"]), row["country"], row["location"])
    )


def feeds(edition: Edition) -> dict[str, str]:
    """System → the address of its feeds."""
    return _feeds(edition.pk, edition.bundle_digest)


@lru_cache(maxsize=2)
def _feeds(edition: int, _digest: str) -> dict[str, str]:
    # every row: the caller came through the door
    bundle = unpacked(Edition.objects.only("bundle").get(pk=edition).bundle)
    return {system["id"]: system["discovery"] for system in bundle["systems"]}
