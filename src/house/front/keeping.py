"""Finished pages, kept for visitors: what everybody sees is rendered once and sent thousands of times.

Kept is only what is the same for all: a GET of a public page, without a question mark, from a browser without
a session, answered with 200 and without any cookie (a form's token is one). The key holds everything that a
page may read of a request: host, scheme, path, language, colours, compression. Whatever anybody changes lets
all kept pages go (`ground.pages`), and none is older than half a minute.
"""

import re
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from house.front.context import THEMES
from house.front.languages import language_of, pinned
from house.ground import pages
from house.ground.middleware import GetResponse

MOST = 500  # pages in the memory of one process
LARGEST = 400_000  # bytes
_PUBLIC = re.compile(
    r"/|/mission/|/join/|/levels/|/cities/|/cities/[^/]+/|/topics/|/topics/[^/]+/|/alex/(?!(?:mine|new|reviews)/)[^/]+/"
    r"|/showcase/|/showcase/(?!(?:mine|new|me)/)[^/]+/|/magazine/|/magazine/[^/]+/"
)
# What the public pages read of a request beside its address: nothing else may be in the key or in the page.
_UNKEYED = ("HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_RANGE", "HTTP_X_HTTP_METHOD_OVERRIDE")
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    stamp: object
    until: float
    body: bytes
    headers: tuple[tuple[str, str], ...]


_kept: OrderedDict[Key, Kept] = OrderedDict()
_lock = threading.Lock()


def key_of(request: HttpRequest) -> Key | None:
    """None for whatever is not everybody's."""
    if request.method != "GET" or request.META.get("QUERY_STRING"):
        return None
    if settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES:
        return None
    if any(name in request.META for name in _UNKEYED):
        return None
    if not _PUBLIC.fullmatch(pinned(request.path)[1]):
        return None
    try:
        host = request.get_host()  # only a name of ours: any other is refused further in
    except DisallowedHost:
        return None
    theme = request.COOKIES.get("theme", "")
    squeezed = "gzip" in request.headers.get("Accept-Encoding", "")
    return (
        host, request.is_secure(), request.path, language_of(request),
        theme if theme in THEMES else "", squeezed,
    )  # fmt: skip


def kept_pages(get_response: GetResponse) -> GetResponse:
    """Stands before everything that costs; behind what decides about https."""

    def respond(request: HttpRequest) -> HttpResponse:
        seconds = settings.KEPT_PAGES_SECONDS
        key = key_of(request) if seconds else None
        if key is None:
            response = get_response(request)
            if request.method not in SAFE and _is_somebody(request):
                pages.changed()
            return response
        stamp = pages.stamp()  # before the page is made: what changes meanwhile lets it go
        found = _kept.get(key)
        if found and found.stamp == stamp and found.until > time.monotonic():
            return HttpResponse(found.body, headers=dict(found.headers))
        response = get_response(request)
        if _may_keep(request, response):
            _keep(
                key,
                Kept(stamp, time.monotonic() + seconds, response.content, tuple(response.items())),
            )
        return response

    return respond


def _is_somebody(request: HttpRequest) -> bool:
    """Visitors change nothing that is public; whoever might is known by a session or a key."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "HTTP_AUTHORIZATION" in request.META


def _may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and len(response.content) <= LARGEST
    )


def _keep(key: Key, made: Kept) -> None:
    with _lock:
        _kept[key] = made
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def forget() -> None:
    """For tests: this process keeps nothing any more."""
    with _lock:
        _kept.clear()
