"""GeoJSON, the answer of OpenFairDB, and lists of things with coordinates."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from house.atlas.initiatives.importing.tables import CELL, Row, Table, UnreadableFile
from house.ground.text import clean, one_line

_PAIRS = ("coordinate", "coordinates", "position", "latlng", "location", "geo")
_DEEP = 6


def read(found: Any) -> Table:
    if isinstance(found, dict) and found.get("type") == "FeatureCollection":
        return _geojson(found.get("features"))
    if isinstance(found, dict) and isinstance(found.get("visible"), list):
        return Table("openfairdb", [_fair(row) for row in _objects(found["visible"])])
    things = found if isinstance(found, list) else _only_list(found)
    if things is None or not (rows := [flat(row) for row in _objects(things)]):
        raise UnreadableFile("no-points" if isinstance(found, dict) and found else "unknown")
    return Table("json", rows)


def _objects(found: Any) -> list[dict[str, Any]]:
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _only_list(found: Any) -> list[Any] | None:
    """The one list of a wrapping object: {"items": [ … ]}."""
    lists = [value for value in found.values() if isinstance(value, list) and value]
    return lists[0] if len(lists) == 1 else None


def _fair(row: Mapping[str, Any]) -> Row:
    """Without the foreign rating; its tags are words by which kinds are guessed."""
    made = flat({key: value for key, value in row.items() if not key.startswith("avg_")})
    made["lon"] = made.pop("lng", "")
    return made


# -- GeoJSON -----------------------------------------------------------------------------------------


def _geojson(features: Any) -> Table:
    rows: list[Row] = []
    lost: list[tuple[int, str, str]] = []
    for number, feature in enumerate(_objects(features), start=1):
        row = flat(feature.get("properties") or {})
        if feature.get("id") is not None:
            row.setdefault("id", _cell(feature["id"]))
        point = _middle(feature.get("geometry"))
        if point is None:
            lost.append((number, row.get("name") or row.get("title") or "", "no-geometry"))
            continue
        row["lon"], row["lat"] = str(point[0]), str(point[1])
        rows.append(row)
    return Table("geojson", rows, lost=lost)


def _middle(geometry: Any) -> tuple[float, float] | None:
    """The point itself, or the middle of the first ring or line."""
    if not isinstance(geometry, dict):
        return None
    if geometry.get("type") == "GeometryCollection":
        inner = _objects(geometry.get("geometries"))
        return _middle(inner[0]) if inner else None
    positions = list(_positions(geometry.get("coordinates")))
    if len(positions) > 1 and positions[0] == positions[-1]:
        positions.pop()
    if not positions:
        return None
    return (
        sum(lon for lon, _lat in positions) / len(positions),
        sum(lat for _lon, lat in positions) / len(positions),
    )


def _positions(found: Any, depth: int = 0) -> list[tuple[float, float]]:
    if not isinstance(found, list) or not found or depth > _DEEP:
        return []
    if all(isinstance(each, int | float) and not isinstance(each, bool) for each in found[:2]):
        return [(_number(found[0]), _number(found[1]))] if len(found) > 1 else []
    if isinstance(found[0], list) and found[0] and isinstance(found[0][0], list):
        return _positions(found[0], depth + 1)
    return [one for each in found for one in _positions(each, depth + 1)]


def _number(value: float) -> float:
    """JSON's whole numbers have no end; one that no float holds lies nowhere on earth."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


# -- Any object --------------------------------------------------------------------------------------


def flat(thing: Mapping[str, Any], prefix: str = "", depth: int = 0) -> Row:
    """Names joined by points; lists joined by "; ", but for what our own fields read as JSON."""
    row: Row = {}
    for key, value in thing.items():
        name = one_line(f"{prefix}{key}")[:120]
        if key in _PAIRS and (point := _pair(value)):
            row["lat"], row["lon"] = point
        elif isinstance(value, Mapping) and depth < _DEEP:
            row |= flat(value, f"{name}.", depth + 1)
        elif isinstance(value, list):
            row[name] = _joined(value)
        elif value is not None and not isinstance(value, Mapping):
            row[name] = _cell(value)
    return row


def _cell(value: Any) -> str:
    """JSON may write what no database keeps: half a character, or none at all."""
    return clean(str(value)).strip()[:CELL]


def _joined(values: Sequence[Any]) -> str:
    if any(isinstance(value, dict | list) for value in values):
        return json.dumps(values, ensure_ascii=False)[:CELL]
    return " | ".join(_cell(value) for value in values if value not in (None, ""))[:CELL]


def _pair(value: Any) -> tuple[str, str] | None:
    """(latitude, longitude) however it is written; outside GeoJSON latitude comes first."""
    if isinstance(value, Mapping):
        lat = value.get("lat", value.get("latitude"))
        lon = value.get("lng", value.get("lon", value.get("longitude")))
        return (str(lat), str(lon)) if lat is not None and lon is not None else None
    parts = value.split(",") if isinstance(value, str) else value
    if isinstance(parts, list) and len(parts) == 2:
        try:
            return str(float(parts[0])), str(float(parts[1]))
        except (TypeError, ValueError, OverflowError):
            return None
    return None
