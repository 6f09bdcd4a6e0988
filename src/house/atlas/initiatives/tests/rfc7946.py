"""What RFC 7946, and we, have against a collection of points. Written from its text, apart from what makes one."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

DECIMALS = 6  # about ten centimetres, section 11.2
_NOT_HERE = {  # section 7.1: members that tell other types, and section 4: no other reference system
    "FeatureCollection": {"coordinates", "geometries", "geometry", "properties", "crs"},
    "Feature": {"coordinates", "geometries", "features", "crs"},
    "Point": {"geometry", "geometries", "properties", "features", "crs"},
}


def complaints(found: Any) -> list[str]:
    """`found` is read with `parse_float=Decimal`: how many decimals stand there tells no float."""
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        return ["it is no FeatureCollection"]
    if not isinstance(found.get("features"), list):
        return ["it has no array of features"]
    said = list(_members(found, "FeatureCollection"))
    layers = {(each["attribution"], each["licence"]) for each in found.get("layers", [])}
    for number, feature in enumerate(found["features"]):
        said += [f"feature {number}: {one}" for one in _of_feature(feature, layers)]
    ids = [feature.get("id") for feature in found["features"]]
    return said + (["an id stands twice"] if len(set(ids)) < len(ids) else [])


def _members(found: dict[str, Any], type_: str) -> Iterator[str]:
    if found.get("type") != type_:
        yield f"its type is not {type_}"
    for name in sorted(_NOT_HERE[type_] & found.keys()):
        yield f"a {type_} has no member {name}"


def _of_feature(feature: dict[str, Any], layers: set[tuple[str, str]]) -> Iterator[str]:
    yield from _members(feature, "Feature")
    if not isinstance(feature.get("id"), str | int) or not feature["id"]:
        yield "its id is neither a string nor a number"
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        yield "its properties are no object"
    elif (properties.get("attribution"), properties.get("licence")) not in layers:
        yield "its terms are not those of a layer"
    elif not (properties["attribution"] and properties["licence"]):
        yield "it names no terms"
    yield from _of_point(feature.get("geometry") or {})


def _of_point(geometry: dict[str, Any]) -> Iterator[str]:
    yield from _members(geometry, "Point")
    position = geometry.get("coordinates", [])
    if len(position) != 2 or any(type(one) not in {int, Decimal} for one in position):
        yield "its position is not two numbers"
        return
    lon, lat = position
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        yield "it lies nowhere on earth: longitude comes first"
    if lon == 0 == lat:
        yield "it lies where nothing is known"
    if any(-Decimal(one).as_tuple().exponent > DECIMALS for one in position):
        yield "it is told closer than anybody knows"
