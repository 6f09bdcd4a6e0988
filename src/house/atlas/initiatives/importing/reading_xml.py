"""KML and OpenStreetMap's XML, read by defusedxml: entities, and so bombs, are refused."""

from collections.abc import Iterator
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from house.atlas.initiatives.importing.tables import CELL, ROWS, Row, Table, UnreadableFile
from house.ground.html import sanitise, to_text
from house.ground.text import clean


def read(data: bytes) -> Table:
    try:
        root = fromstring(data.lstrip(), forbid_dtd=True)
    except DefusedXmlException:
        raise UnreadableFile("bomb") from None
    except (ParseError, ValueError, LookupError):
        raise UnreadableFile("xml") from None
    match _plain(root.tag):
        case "kml":
            return _kml(root)
        case "osm":
            return _osm(root)
    raise UnreadableFile("unknown")


def _plain(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _children(element: Any, name: str) -> Iterator[Any]:
    return (each for each in element if _plain(each.tag) == name)


def _text(element: Any, name: str) -> str:
    found = next(_children(element, name), None)
    return clean("".join(found.itertext())).strip() if found is not None else ""


# -- KML ---------------------------------------------------------------------------------------------


def _kml(root: Any) -> Table:
    rows: list[Row] = []
    lost: list[tuple[int, str, str]] = []
    for folder, mark in _placemarks(root):
        row = _row(mark)
        if folder:
            row["folder"] = folder[:CELL]
        if "lat" in row:
            rows.append(row)
        else:
            lost.append((len(rows) + len(lost) + 1, row.get("name", ""), "no-geometry"))
        if len(rows) > ROWS:
            raise UnreadableFile("too-many")
    return Table("kml", rows, lost=lost)


def _placemarks(root: Any) -> Iterator[tuple[str, Any]]:
    """(name of the folder, placemark) in the order of the file, however deep its folders lie."""
    waiting = [("", root)]
    while waiting:
        folder, element = waiting.pop()
        match _plain(element.tag):
            case "Placemark":
                yield folder, element
            case "Folder":
                named = _text(element, "name") or folder
                waiting += [(named, each) for each in reversed(element)]
            case "Document" | "kml":
                waiting += [(folder, each) for each in reversed(element)]


def _row(mark: Any) -> Row:
    row = {"name": _text(mark, "name")[:CELL]}
    # Descriptions are HTML: what is said stays, pictures of other hosts and markup go.
    row["description"] = to_text(sanitise(_text(mark, "description")))[:CELL]
    row["address"] = _text(mark, "address")[:CELL]
    for data in mark.iter():
        if _plain(data.tag) in {"Data", "SimpleData"} and data.get("name"):
            row[data.get("name")[:120]] = "".join(data.itertext()).strip()[:CELL]
    for place in mark.iter():
        if _plain(place.tag) == "coordinates" and place.text and place.text.split():
            numbers = place.text.split()[0].split(",")
            if len(numbers) > 1:
                row["lon"], row["lat"] = numbers[0], numbers[1]
            break
    return {name: value for name, value in row.items() if value}


# -- OpenStreetMap -----------------------------------------------------------------------------------


def _osm(root: Any) -> Table:
    """Nodes with tags, and ways and relations that came with a middle ("out center")."""
    rows: list[Row] = []
    for each in root:
        kind = _plain(each.tag)
        if kind not in {"node", "way", "relation"}:
            continue
        tags = {tag.get("k", "")[:120]: tag.get("v", "")[:CELL] for tag in _children(each, "tag")}
        place = each if kind == "node" else next(_children(each, "center"), None)
        if not tags or place is None:
            continue  # a corner of something, without a name of its own
        rows.append(
            {
                **{name: clean(value) for name, value in tags.items() if name},
                "lat": place.get("lat", ""),
                "lon": place.get("lon", ""),
                "id": f"{kind}/{each.get('id', '')}",
            }
        )
        if len(rows) > ROWS:
            raise UnreadableFile("too-many")
    return Table("osm", rows)
