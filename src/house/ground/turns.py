"""Requests take turns within a process, first come, first served.

A process of Python does one thing at a time. Threads that render pages side by side only cut each other
into slices: all of them end when the last one does, and the slowest of a hundred takes three times as long
as in line. Threads are kept for what waits (a service, a slow disk): whoever works longer than a turn goes
on beside the others, and holds nobody up twice.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse

from house.ground.middleware import GetResponse

LONGEST = 0.25  # seconds: a page takes a tenth of it


class Line:
    """Who works stands at its head."""

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._changed = threading.Condition()
        self._waiting: deque[object] = deque()
        self._since = 0.0  # when the head began, on the monotonic clock

    @contextmanager
    def turn(self) -> Iterator[None]:
        ticket = object()
        with self._changed:
            self._waiting.append(ticket)
            if self._waiting[0] is ticket:
                self._since = time.monotonic()
            while self._waiting[0] is not ticket:
                left = self._since + self._longest - time.monotonic()
                if left > 0:
                    self._changed.wait(left)
                else:
                    self._next()
        try:
            yield
        finally:
            with self._changed:
                if self._waiting and self._waiting[0] is ticket:
                    self._next()

    def _next(self) -> None:
        self._waiting.popleft()
        self._since = time.monotonic()
        self._changed.notify_all()


def turns(get_response: GetResponse) -> GetResponse:
    """Stands behind what needs no turn: kept pages and static files."""
    line = Line()

    def respond(request: HttpRequest) -> HttpResponse:
        with line.turn():
            return get_response(request)

    return respond
