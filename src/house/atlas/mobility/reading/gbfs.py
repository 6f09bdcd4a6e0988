"""GBFS, versions 1.0 to 3.0: the feeds of one system, read into what the index needs.

What is wrong is said with the file and the place in it. What a feed does not state stays unknown: a system
without `vehicle_types` has no known mode, one without `license_id` or `license_url` states no licence.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from house.atlas.mobility.reading.errors import Unreadable
from house.atlas.mobility.reading.modes import modes_of_types
from house.atlas.mobility.reading.systems import operator_of
from house.ground.html import safe_url
from house.ground.text import one_line

# What the index reads of a system; everything else stays where it is.
WANTED = (
    "system_information", "vehicle_types", "station_information", "station_status", "free_bike_status",
    "vehicle_status",
)  # fmt: skip
LARGEST = 10 * 1024 * 1024
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the feeds of a system say. `vehicles` are those parked freely and those ready at stations."""

    version: str = ""
    name: str = ""
    operator: str = ""
    licence: str = ""
    stations: int | None = None
    capacity: int | None = None
    free: int | None = None
    docked: int | None = None
    modes: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()

    @property
    def points(self) -> int | None:
        """Places where a ride may begin: stations, and vehicles that stand freely."""
        known = [count for count in (self.stations, self.free) if count is not None]
        return sum(known) if known else None

    def plain(self) -> dict[str, Any]:
        return asdict(self) | {
            "modes": list(self.modes),
            "odd": list(self.odd),
            "points": self.points,
        }


def read_document(name: str, raw: bytes) -> Document:
    """One file. Raises `Unreadable` for what is no GBFS, with the place of the mistake."""
    if len(raw) > LARGEST:
        raise Unreadable(f"{name}: larger than {LARGEST // 1024 // 1024} MB.")
    try:
        text = raw.decode("utf-8-sig")
        found = json.loads(text, parse_float=_finite, parse_constant=_finite)
    except UnicodeDecodeError as problem:
        raise Unreadable(f"{name}: not UTF-8 at byte {problem.start}.") from problem
    except json.JSONDecodeError as problem:
        raise Unreadable(
            f"{name}, line {problem.lineno}, column {problem.colno}: {problem.msg}."
        ) from problem
    except RecursionError as problem:
        raise Unreadable(f"{name}: nested too deeply.") from problem
    except ValueError as problem:
        raise Unreadable(f"{name}: a number of thousands of digits.") from problem
    if not isinstance(found, dict):
        raise Unreadable(f"{name}: an object is expected, not {_sort(found)}.")
    if "data" not in found or not isinstance(found["data"], dict):
        raise Unreadable(f"{name}: `data` is {_sort(found.get('data'))}; an object is expected.")
    return found


def _finite(text: str) -> float | None:
    """Feeds write NaN, or 1e999, where they know nothing: it is unknown."""
    number = float(text)
    return number if math.isfinite(number) else None


def version_of(document: Document) -> str:
    """As in "2.3"; GBFS 1.0 states none."""
    return str(document.get("version", "")).strip()[:8].removeprefix("v") or "1.0"


def feeds_of(document: Document) -> dict[str, str]:
    """Name → address, from `gbfs.json`: by language up to version 2.3, without from 3.0 on."""
    data = document["data"]
    lists = (
        [data["feeds"]] if "feeds" in data else [_feeds(tag, each) for tag, each in data.items()]
    )
    if not lists:
        raise Unreadable("gbfs: `data` names no feeds.")
    preferred = data.get("en", {}).get("feeds") if isinstance(data.get("en"), dict) else None
    rows = preferred if isinstance(preferred, list) else lists[0]
    if not isinstance(rows, list):
        raise Unreadable(f"gbfs: `feeds` is {_sort(rows)}; a list is expected.")
    found: dict[str, str] = {}
    for number, row in enumerate(rows):
        if not isinstance(row, dict) or not isinstance(row.get("name"), str):
            raise Unreadable(f"gbfs: feed {number} has no name.")
        if address := safe_url(str(row.get("url", ""))):
            found.setdefault(row["name"], address)
    return found


def _feeds(tag: str, each: Any) -> Any:
    if not isinstance(each, dict) or "feeds" not in each:
        raise Unreadable(f"gbfs: `data.{tag[:20]}` holds no `feeds`.")
    return each["feeds"]


def read_system(documents: Mapping[str, Document]) -> Reading:
    """What its documents say together. Raises `Unreadable` where one is not what its name says."""
    if not documents:
        raise Unreadable("No file of a system was given.")
    odd: list[str] = []
    about = _data(documents, "system_information")
    stations = _rows(documents, "station_information", "stations")
    status = _rows(documents, "station_status", "stations")
    free = _free(documents)
    types = _rows(documents, "vehicle_types", "vehicle_types")
    operator = _text(about.get("operator")) or operator_of(_text(about.get("url")))
    return Reading(
        version=max(version_of(each) for each in documents.values()),
        name=_text(about.get("name")),
        operator=operator,
        licence=_text(about.get("license_id")) or _text(about.get("license_url")),
        stations=_stations(stations, status, odd),
        capacity=_sum(stations, "capacity", odd),
        free=None if free is None else len(free),
        docked=_docked(status, odd),
        modes=() if types is None else tuple(modes_of_types(types)),
        odd=tuple(odd),
    )


def _data(documents: Mapping[str, Document], name: str) -> dict[str, Any]:
    found: dict[str, Any] = documents[name]["data"] if name in documents else {}
    return found


def _rows(documents: Mapping[str, Document], name: str, key: str) -> list[dict[str, Any]] | None:
    if name not in documents:
        return None
    rows = documents[name]["data"].get(key)
    if not isinstance(rows, list):
        raise Unreadable(f"{name}: `data.{key}` is {_sort(rows)}; a list is expected.")
    for number, row in enumerate(rows):
        if not isinstance(row, dict):
            raise Unreadable(f"{name}: `data.{key}[{number}]` is {_sort(row)}, not an object.")
    return rows


def _free(documents: Mapping[str, Document]) -> list[dict[str, Any]] | None:
    """Vehicles that stand freely: not those at a station, which the station counts."""
    rows = _rows(documents, "vehicle_status", "vehicles")
    if rows is None:
        rows = _rows(documents, "free_bike_status", "bikes")
    return None if rows is None else [row for row in rows if not row.get("station_id")]


def _stations(
    stations: list[dict[str, Any]] | None, status: list[dict[str, Any]] | None, odd: list[str]
) -> int | None:
    rows = stations if stations is not None else status
    if rows is None:
        return None
    ids = [str(row.get("station_id", "")) for row in rows]
    if "" in ids:
        odd.append(f"{ids.count('')} stations have no id.")
    if len(set(ids)) < len(ids) - max(0, ids.count("") - 1):
        odd.append(f"{len(ids) - len(set(ids))} ids of stations stand more than once.")
    if stations is not None and status is not None:
        strangers = {str(row.get("station_id", "")) for row in status} - set(ids)
        if strangers:
            odd.append(f"{len(strangers)} stations have a status but are not described.")
    return len(set(ids))


def _docked(status: list[dict[str, Any]] | None, odd: list[str]) -> int | None:
    """Vehicles ready at stations: 3.0 counts vehicles, earlier versions bikes."""
    if status is None:
        return None
    name = (
        "num_vehicles_available"
        if any("num_vehicles_available" in row for row in status)
        else "num_bikes_available"
    )
    return _sum(status, name, odd)


def _sum(rows: list[dict[str, Any]] | None, name: str, odd: list[str]) -> int | None:
    """Unknown where not one row states it. What can't be a count is left out and told."""
    if rows is None:
        return None
    stated = [row[name] for row in rows if row.get(name) is not None]
    good = [
        int(value)
        for value in stated
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1_000_000
    ]
    if len(good) < len(stated):
        odd.append(f"{name}: {len(stated) - len(good)} of {len(stated)} values are no counts.")
    return sum(good) if good else None


def _text(value: Any) -> str:
    """A text of 1.0 to 2.3, or the first of the translations that 3.0 gives."""
    if isinstance(value, list):
        texts = [each.get("text") for each in value if isinstance(each, dict)]
        value = texts[0] if texts else ""
    return one_line(value)[:200] if isinstance(value, str) else ""


def _sort(value: Any) -> str:
    sorts = {dict: "an object", list: "a list", str: "a text", type(None): "missing"}
    return sorts.get(type(value), "a number")
