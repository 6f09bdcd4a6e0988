"""RSS, Atom and JSON Feed of whatever make, read within bounds (decision 111).

feedparser repairs what is broken; its own sanitiser is off, for `ground.html` is the house's only one.
It is only ever given a stream: a string it would open as an address, bytes as the name of a file.
"""

import calendar
import datetime
import io
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import feedparser

from house.ground.html import paragraphs, safe_url, sanitise, to_text
from house.ground.text import clean, one_line, shorten
from house.ground.unreadable import Unreadable
from house.radar.reading import jsonfeed

LARGEST = 2 * 1024 * 1024  # bytes
MOST_ITEMS = 100  # of one feed at a time
MOST_SUMMARY = 1500  # characters of text
_LONGEST_WORD = 100_000  # characters of one field that are read at all
_HEAD = 200_000  # bytes in which a DOCTYPE can stand
_ENTITY = re.compile(r"<!ENTITY\s+(%\s*)?[^\s\"'>]+\s+(?:\"([^\"]*)\"|'([^']*)')?", re.IGNORECASE)
_MOST_ENTITIES = 300
_EARLIEST = datetime.datetime(1995, 1, 1, tzinfo=datetime.UTC)
_AHEAD = datetime.timedelta(days=1)  # a clock may be wrong, a calendar not
_MEDIA = re.compile(
    r"<(script|style|iframe|object|svg|math|template|noscript)\b.*?(</\1\s*>|\Z)|<!--.*?(-->|\Z)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One item in the source's own words. `summary` is sanitised HTML; without a date that can be: None."""

    key: str
    title: str
    url: str
    author: str
    summary: str
    published_at: datetime.datetime | None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    title: str
    site: str
    language: str
    entries: tuple[Entry, ...]


def read_feed(
    data: bytes, *, url: str, content_type: str = "", now: datetime.datetime | None = None
) -> Feed:
    """What stands in a feed, in its order. Raises `Unreadable`: "too-large", "entities", "no-feed"."""
    now = now or datetime.datetime.now(datetime.UTC)
    if len(data) > LARGEST:
        raise Unreadable("too-large")
    if jsonfeed.looks_like_it(data):
        return _feed(jsonfeed.parse(data), url, now)
    _refuse_entities(data)
    try:
        found = feedparser.parse(
            io.BytesIO(data),
            response_headers={"content-type": content_type, "content-location": url},
            sanitize_html=False,
        )
    # every error: whatever a stranger's file does to the parser is the file's fault, and said as that
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
        AssertionError,
    ) as e:
        raise Unreadable("no-feed") from e
    if not found.get("version") and not found.get("entries"):
        raise Unreadable("no-feed")
    return _feed(found, url, now)


def _refuse_entities(data: bytes) -> None:
    """An entity made of entities, or hundreds of them, is a bomb; what names a file stays unread anyway."""
    head = data[:_HEAD]
    for letters in {head.decode("latin-1"), head.replace(b"\0", b"").decode("latin-1")}:
        found = _ENTITY.findall(letters)
        nested = any("&" in (one or two).replace("&#", "") for _param, one, two in found)
        if len(found) > _MOST_ENTITIES or nested or any(param for param, _one, _two in found):
            raise Unreadable("entities")


def _feed(found: Any, url: str, now: datetime.datetime) -> Feed:
    about = found.get("feed") or {}
    language = _language(about.get("language"))
    entries: dict[str, Entry] = {}
    for raw in (found.get("entries") or ())[: 5 * MOST_ITEMS]:
        entry = _entry(raw, url, language, now)
        if entry is not None:
            entries.setdefault(entry.key, entry)
        if len(entries) >= MOST_ITEMS:
            break
    site = _address(about.get("link"), url)
    return Feed(_words(about.get("title"), 200), site, language, tuple(entries.values()))


def _entry(raw: Any, url: str, language: str, now: datetime.datetime) -> Entry | None:
    """None where it says nothing that a reader could see."""
    summary = _summary(raw)
    title = _words(raw.get("title"), 300) or shorten(to_text(summary), 120)
    if not title:
        return None
    link = _address(raw.get("link"), url) or _address(_first(raw.get("links")), url)
    key = _text(raw.get("id"))[:2000] or link or title
    return Entry(
        key=key,
        title=title,
        url=link,
        author=_words(raw.get("author"), 120),
        summary=summary,
        published_at=_when(raw, now),
        language=_language(raw.get("language")) or language,
    )


def _summary(raw: Any) -> str:
    """The feed's own summary, else the beginning of its content, as paragraphs of plain words.

    Pictures, frames and whatever would be loaded from elsewhere are gone; so are links, for the story's own
    link leads to where they stand.
    """
    content = raw.get("content") or ()
    candidates = (raw.get("summary"), *(each.get("value") for each in content if _is_dict(each)))
    for candidate in candidates:
        html = _text(candidate)[:_LONGEST_WORD]
        text = to_text(sanitise(_MEDIA.sub(" ", html))) if html else ""
        if text:
            return paragraphs(_cut(text))
    return ""


def _cut(text: str) -> str:
    if len(text) <= MOST_SUMMARY:
        return text
    return text[:MOST_SUMMARY].rsplit(" ", 1)[0].rstrip(" ,.;:-") + "…"


def _words(value: object, most: int) -> str:
    """One line of plain words; markup that a title came with is taken for markup."""
    text = _text(value)[:_LONGEST_WORD]
    if "<" in text or "&" in text:
        text = to_text(sanitise(_MEDIA.sub(" ", text)))
    return shorten(one_line(text), most)


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""


def _address(value: object, base: str) -> str:
    """An absolute web address, or nothing: no other scheme goes through."""
    text = one_line(_text(value))
    if not text or len(text) > 1000:
        return ""
    try:
        return safe_url(urljoin(base, text))
    except ValueError:
        return ""


def _first(links: object) -> str:
    if not isinstance(links, list):
        return ""
    return next((each.get("href", "") for each in links if _is_dict(each) and each.get("href")), "")


def _when(raw: Any, now: datetime.datetime) -> datetime.datetime | None:
    # Past feedparser's own `get`, which warns where one stands in for the other.
    names = ("published_parsed", "updated_parsed")
    dates: Iterable[object] = [dict.get(raw, name) for name in names]
    for each in dates:
        if not isinstance(each, time.struct_time | tuple):
            continue
        try:
            moment = datetime.datetime.fromtimestamp(calendar.timegm(each), datetime.UTC)
        except (ValueError, OverflowError, TypeError, OSError):
            continue
        if _EARLIEST <= moment <= now + _AHEAD:
            return moment
    return None


def _language(value: object) -> str:
    """A tag's first part, where it looks like one."""
    tag = _text(value).strip().replace("_", "-").partition("-")[0].lower()
    return tag if 2 <= len(tag) <= 3 and tag.isalpha() and tag.isascii() else ""


def _is_dict(value: object) -> bool:
    return isinstance(value, dict)
