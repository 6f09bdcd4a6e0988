"""JSON Feed 1.0 and 1.1 (jsonfeed.org), in the words that feedparser uses for the others."""

import datetime
import html
import json
from typing import Any

from house.ground.unreadable import Unreadable

_VERSION = "https://jsonfeed.org/version/"


def looks_like_it(data: bytes) -> bool:
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def parse(data: bytes) -> dict[str, Any]:
    """Raises `Unreadable("no-feed")`."""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as problem:
        raise Unreadable("no-feed") from problem
    if not isinstance(told, dict) or not str(told.get("version", "")).startswith(_VERSION):
        raise Unreadable("no-feed")
    items = told.get("items")
    return {
        "feed": {
            "title": told.get("title"),
            "link": told.get("home_page_url"),
            "language": told.get("language"),
        },
        "entries": [_item(each) for each in items if isinstance(each, dict)]
        if isinstance(items, list)
        else [],
    }


def _item(told: dict[str, Any]) -> dict[str, Any]:
    known = told.get("authors") or [told.get("author")]
    authors = known if isinstance(known, list) else []
    names = [each["name"] for each in authors if isinstance(each, dict) and _says(each.get("name"))]
    plain = next((told[x] for x in ("summary", "content_text") if _says(told.get(x))), "")
    marked = told.get("content_html")
    return {
        # Ids should be strings; numbers are met and mean the same.
        "id": str(told["id"]) if isinstance(told.get("id"), str | int) else "",
        "title": html.escape(told["title"]) if _says(told.get("title")) else "",
        "link": told.get("url") or told.get("external_url"),
        "author": ", ".join(names[:5]),
        "summary": html.escape(plain) if plain else marked,
        "language": told.get("language"),
        "published_parsed": _parsed(told.get("date_published")),
        "updated_parsed": _parsed(told.get("date_modified")),
    }


def _says(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _parsed(value: object) -> tuple[int, ...] | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.datetime.fromisoformat(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    try:
        return tuple(moment.utctimetuple())
    except OverflowError:
        return None
