"""The index as it leaves the house: one shape for tables, files and programs."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from house.access.viewer import Viewer
from house.atlas.mobility import queries, wording
from house.atlas.mobility.asking import Asked
from house.atlas.mobility.method.parameters import INDICATORS
from house.atlas.mobility.models import Edition, IndexCity
from house.ground.tables import Row

Plain = dict[str, Any]
_COUNTED = ("population", "systems", "stations", "vehicles", "points")
HEAD = (
    "city", "country", "code", "rank_low", "rank_middle", "rank_high", "of", "group", *(
        f"{name}{part}" for name in (*INDICATORS, *_COUNTED)
        for part in ("", "_low", "_high", "_missing_because", "_date", "_source", "_licence", "_corrected")
    ),
    "kinds", "edition", "method",
)  # fmt: skip


def table(edition: Edition, asked: Asked, viewer: Viewer) -> Iterator[Row]:
    sources = {each["key"]: each for each in edition.sources}
    count = len(queries.board_of(edition).ranked)
    for city, standing in queries.found_in(edition, asked):
        told = standing or {}
        yield (
            city["name"], city["country"], city["code"], told.get("low"), told.get("rank"), told.get("high"),
            count if standing else None, told.get("group"),
            *(cell for name in (*INDICATORS, *_COUNTED) for cell in _cells(city["figures"][name], sources)),
            ", ".join(mode for mode in wording.MODES if mode in queries.modes_of(city)),
            edition.code, edition.method,
        )  # fmt: skip


def _cells(figure: Plain, sources: dict[str, Plain]) -> Iterator[Any]:
    """Nothing where nothing is known: an empty cell is not a zero, and the next one says why."""
    yield figure["value"]
    yield figure["low"]
    yield figure["high"]
    yield figure["why"]
    yield figure["on"]
    named = [sources[key] for key in figure["sources"] if key in sources]
    yield "; ".join(each["title"] for each in named)
    yield "; ".join(each["licence"] for each in named if each["licence"])
    yield "yes" if figure.get("corrected") is not None else ""


def card(city: Plain, standing: Plain | None, address: IndexCity, edition: Edition) -> Plain:
    """One city, for programs."""
    return {
        "id": address.slug,
        "url": address.get_absolute_url(),
        "code": city["code"],
        "name": city["name"],
        "country": city["country"],
        "alliance_city": city["city"],
        "rank": None
        if standing is None
        else {
            "low": standing["low"],
            "middle": standing["rank"],
            "high": standing["high"],
            "group": standing["group"],
        },
        "figures": city["figures"],
        "kinds": [mode for mode in wording.MODES if mode in queries.modes_of(city)],
        "change": city["change"],
        "edition": edition.code,
    }


def document(edition: Edition, asked: Asked, request: HttpRequest) -> Plain:
    """All that was asked for, with where it comes from and how it may be used."""
    found = queries.found_in(edition, asked)
    addresses = queries.addresses([city["code"] for city, _standing in found], request.viewer)
    return {
        **about(edition, asked),
        "cities": [
            card(city, standing, addresses[city["code"]], edition) for city, standing in found
        ],
    }


def about(edition: Edition, asked: Asked) -> Plain:
    return {
        "edition": edition.code,
        "as_of": str(edition.as_of),
        "method": edition.method,
        "parameters": edition.parameters,
        "weights": asked.weighted(edition.parameters["weights"]),
        "used": queries.board_of(edition).used,
        "counts": edition.counts,
        "inputs_sha256": edition.bundle_digest,
        "result_sha256": edition.result_digest,
        "sources": edition.sources,
    }
