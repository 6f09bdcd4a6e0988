"""Asking one feed: has it changed, may robots read it, where has it moved. Through `ground.egress` alone.

Nothing is written here. What came is an `Answer`; `rounds` decides what follows from it.
"""

import datetime
import email.utils
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

import httpx
from django.conf import settings
from protego import Protego

from house.ground import egress
from house.ground.egress import Unreachable
from house.ground.html import safe_url
from house.ground.unreadable import Unreadable
from house.radar.reading import Feed, feed, read_feed

HOPS = 4
ROBOTS_LARGEST = 500 * 1024  # bytes, as RFC 9309 asks at least
_LASTING, _PASSING = {301, 308}, {302, 303, 307}
_TAKES = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_LONGEST = 300  # characters of an ETag that are kept
_DAY = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of the feed before it is asked."""

    url: str
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`trouble` is a code, with a detail behind a colon, and empty where all went well.

    `feed` None without trouble: nothing has changed. `url` is where it lives from now on.
    """

    url: str
    feed: Feed | None = None
    etag: str = ""
    modified: str = ""
    trouble: str = ""
    is_gone: bool = False
    wait: datetime.timedelta | None = None  # what the other side asked for


# May this address be read by robots? Gives a trouble's code, or nothing.
Robots = Callable[[str], str]


def agent() -> str:
    return f"DigitalHouse-Radar/1.0 (+{settings.BASE_URL}/radar/)"


def host_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"[:260]


def fetch(asked: Asked, *, robots: Robots, now: datetime.datetime) -> Answer:
    """Never raises for what the other side does. Each step of a redirect passes the same doors again."""
    here, lasting = asked.url, asked.url
    is_lasting = True
    for _hop in range(HOPS + 1):
        try:
            if trouble := robots(here):
                return Answer(asked.url, trouble=trouble)
            answer = egress.request("GET", here, headers=_headers(asked), limit=feed.LARGEST)
        except Unreachable as problem:
            return Answer(asked.url, trouble=f"unreachable:{problem.message}"[:300])
        if answer.status_code not in _LASTING | _PASSING:
            return _judged(answer, here, asked, lasting, now)
        there = _there(here, answer)
        if not there:
            return Answer(asked.url, trouble="redirect")
        is_lasting = is_lasting and answer.status_code in _LASTING
        # A move from https to http is followed today, but not believed for ever.
        if is_lasting and not (here.startswith("https:") and there.startswith("http:")):
            lasting = there
        else:
            is_lasting = False
        here = there
    return Answer(asked.url, trouble="redirects")


def _there(here: str, answer: httpx.Response) -> str:
    """Where a redirect leads; empty where it leads to nothing that can be asked, or kept."""
    try:
        there = safe_url(urljoin(here, answer.headers.get("location", "")))
    except ValueError:
        return ""
    return there if len(there) <= 500 else ""


def _headers(asked: Asked) -> dict[str, str]:
    told = {"User-Agent": agent(), "Accept": _TAKES}
    if asked.etag:
        told["If-None-Match"] = asked.etag
    if asked.modified:
        told["If-Modified-Since"] = asked.modified
    return told


def _judged(
    answer: httpx.Response, here: str, asked: Asked, lasting: str, now: datetime.datetime
) -> Answer:
    status = answer.status_code
    if status == httpx.codes.NOT_MODIFIED:
        return Answer(lasting, etag=asked.etag, modified=asked.modified)
    if status == httpx.codes.GONE:
        return Answer(asked.url, trouble="gone", is_gone=True)
    if status != httpx.codes.OK:
        return Answer(asked.url, trouble=f"status:{status}", wait=_wait(answer, now))
    content_type = answer.headers.get("content-type", "")
    try:
        found = read_feed(answer.content, url=here, content_type=content_type, now=now)
    except Unreadable as problem:
        return Answer(asked.url, trouble=problem.code)
    told = Answer(lasting, found)
    etag, modified = (_kept(answer, name) for name in ("etag", "last-modified"))
    return replace(told, etag=etag, modified=modified)


def _kept(answer: httpx.Response, name: str) -> str:
    value = answer.headers.get(name, "")
    fits = len(value) <= (_LONGEST if name == "etag" else 100)
    return value if fits and value.isascii() and value.isprintable() else ""


def _wait(answer: httpx.Response, now: datetime.datetime) -> datetime.timedelta | None:
    """Retry-After, in seconds or as a date, where it makes sense."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isdecimal() and len(value) < 9:
        return datetime.timedelta(seconds=int(value))
    try:
        until = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=datetime.UTC)
    return max(until - now, datetime.timedelta())


def robots_of(url: str) -> str | None:
    """The host's robots.txt; empty where it has none; None: broken now (RFC 9309: so don't read).

    Raises `Unreachable`, which is a reason not to read either.
    """
    where = f"{host_of(url)}/robots.txt"
    for _hop in range(HOPS + 1):
        headers = {"User-Agent": agent()}
        answer = egress.request("GET", where, headers=headers, limit=ROBOTS_LARGEST)
        if answer.status_code in _LASTING | _PASSING:
            where = _there(where, answer)
            if not where:
                return ""
            continue
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            return None
        # UTF-8 whatever it says of itself (RFC 9309): a stranger must not choose what reads it.
        said = answer.content.decode("utf-8-sig", "replace")
        return said if answer.status_code == httpx.codes.OK else ""
    return ""


def may_read(robots: str, url: str) -> bool:
    return bool(Protego.parse(robots).can_fetch(url, "DigitalHouse-Radar"))


def asked_pause(robots: str) -> float:
    """Seconds that the host wants between two requests of ours; a day at most, whatever it writes."""
    wanted = float(Protego.parse(robots).crawl_delay("DigitalHouse-Radar") or 0)
    return min(wanted, _DAY)
