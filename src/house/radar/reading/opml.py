"""Lists of feeds (OPML 1.0 and 2.0), in and out."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as Written

from defusedxml import DefusedXmlException, ElementTree

from house.ground.html import safe_url
from house.ground.text import one_line, shorten
from house.ground.unreadable import Unreadable

LARGEST = 2 * 1024 * 1024  # bytes
MOST = 2000  # feeds


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list. `folder` is the path of what it stands under."""

    name: str
    url: str
    site: str = ""
    folder: str = ""
    language: str = ""


def read_opml(data: bytes) -> list[Outline]:
    """Every feed once, in the order of the file. Raises `Unreadable`: "too-large", "entities", "no-list"."""
    if len(data) > LARGEST:
        raise Unreadable("too-large")
    try:
        root = ElementTree.fromstring(data)
    except DefusedXmlException as problem:
        raise Unreadable("entities") from problem
    except (Written.ParseError, ValueError, LookupError, RecursionError) as problem:
        raise Unreadable("no-list") from problem
    body = next((each for each in root.iter() if _name(each) == "body"), None)
    if _name(root) != "opml" or body is None:
        raise Unreadable("no-list")
    found: dict[str, Outline] = {}
    waiting = [(each, "") for each in reversed(list(body))]
    while waiting and len(found) < MOST:
        element, folder = waiting.pop()
        told = {name.lower(): one_line(value) for name, value in element.attrib.items()}
        name = shorten(told.get("title") or told.get("text") or "", 200)
        url = safe_url(told.get("xmlurl", ""))[:500]
        if url:
            site = safe_url(told.get("htmlurl", ""))[:500]
            found.setdefault(url, Outline(name or url, url, site, folder, told.get("language", "")))
        under = folder if url else " › ".join(filter(None, (folder, name)))[:200]
        waiting += [(each, under) for each in reversed(list(element))]
    return list(found.values())


def _name(element: Written.Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def write_opml(title: str, outlines: Iterable[Outline]) -> bytes:
    root = Written.Element("opml", version="2.0")
    Written.SubElement(Written.SubElement(root, "head"), "title").text = title
    body = Written.SubElement(root, "body")
    for each in outlines:
        told = {"type": "rss", "text": each.name, "title": each.name, "xmlUrl": each.url}
        if each.site:
            told["htmlUrl"] = each.site
        if each.language:
            told["language"] = each.language
        Written.SubElement(body, "outline", told)
    return Written.tostring(root, encoding="utf-8", xml_declaration=True)
