"""Asks the feeds of a system, as a polite stranger: robots.txt first, one by one, at most once an hour.

Only public addresses, through `ground.egress`; a redirect is followed a few steps, each judged anew.
"""

import datetime
import time
from urllib.parse import urljoin, urlsplit

import httpx
from django.utils import timezone
from protego import Protego

from house.atlas.mobility.keeping import take_in_feeds
from house.atlas.mobility.models import FeedReading
from house.atlas.mobility.reading.errors import Unreadable
from house.atlas.mobility.reading.gbfs import (
    LARGEST,
    WANTED,
    Document,
    feeds_of,
    read_document,
    read_system,
)
from house.ground import egress
from house.ground.egress import Unreachable
from house.ground.errors import Refused

# every row in this file: the worker asks for the house, and a reading is open to all

AGENT = "DigitalHouse"
HEADERS = {"User-Agent": f"{AGENT}/1 (shared-mobility index)", "Accept": "application/json"}
TIMEOUT, ALTOGETHER, STEPS = 10.0, 45.0, 3
PAUSE = datetime.timedelta(hours=1)
_OK, _GONE = 200, 400


def fetch_system(system: str, discovery: str) -> FeedReading:
    """What its feeds say now. A failure is a reading too: that a feed is silent is worth knowing.

    Raises `Refused` when it was asked within the hour.
    """
    recent = FeedReading.objects.filter(system=system, read_at__gt=timezone.now() - PAUSE)
    if recent.exclude(url="").exists():
        raise Refused("This system was asked less than an hour ago.")
    begun = time.monotonic()
    try:
        documents = _documents(discovery, begun)
        read_system(documents)
    except (Unreachable, Unreadable) as problem:
        return FeedReading.objects.create(
            system=system[:120],
            url=discovery[:500],
            answered=False,
            problem=problem.message[:300],
            took_ms=_since(begun),
        )
    return take_in_feeds(
        system, documents, read_at=timezone.now(), url=discovery, took_ms=_since(begun)
    )


def _documents(discovery: str, begun: float) -> dict[str, Document]:
    robots: dict[str, Protego] = {}
    first = read_document("gbfs", _body(discovery, robots, begun))
    addresses = feeds_of(first)
    # Where both are offered, 3.0's name stands for the same list.
    wanted = [name for name in WANTED if name in addresses]
    found = {name: read_document(name, _body(addresses[name], robots, begun)) for name in wanted}
    if not found:
        raise Unreadable("gbfs: none of the feeds that the index reads is named.")
    return found


def _body(url: str, robots: dict[str, Protego], begun: float) -> bytes:
    if time.monotonic() - begun > ALTOGETHER:
        raise Unreachable("The feeds took too long together.")
    if not _may_ask(url, robots):
        raise Unreachable(f"{urlsplit(url).hostname} asks programs not to read this address.")
    response = _get(url, limit=LARGEST)
    if response.status_code != _OK:
        raise Unreachable(f"{urlsplit(url).hostname} answered {response.status_code}.")
    return response.content


def _may_ask(url: str, robots: dict[str, Protego]) -> bool:
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    if origin not in robots:
        try:
            response = _get(f"{origin}/robots.txt", limit=500_000)
            text = response.text if response.status_code == _OK else ""
        except Unreachable:
            text = ""  # who has no robots.txt forbids nothing
        robots[origin] = Protego.parse(text)
    return bool(robots[origin].can_fetch(url, AGENT))


def _get(url: str, *, limit: int) -> httpx.Response:
    for _step in range(STEPS + 1):
        response = egress.request("GET", url, headers=HEADERS, limit=limit, timeout=TIMEOUT)
        if not response.is_redirect:
            return response
        url = urljoin(url, response.headers.get("location", ""))
    raise Unreachable(f"{urlsplit(url).hostname} sends from one address to the next.")


def _since(begun: float) -> int:
    return int((time.monotonic() - begun) * 1000)
