"""What a room could not tell: noted for who looks after the house, so that nobody else has to notice."""

import datetime
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import caches
from django.utils import timezone

log = logging.getLogger(__name__)
KEPT = 86_400
_AGAIN = 3600  # the same trouble is logged once an hour, however many look at their notices


@dataclass(frozen=True, slots=True)
class Trouble:
    """`error` is the kind of error alone: what it said may quote somebody."""

    kind: str
    thing: int
    error: str
    at: datetime.datetime


def note(kind: str, thing: int, problem: Exception) -> None:
    if caches["default"].add(f"notices:logged:{kind}:{thing}", 1, timeout=_AGAIN):
        log.error(
            "Happening of kind %s could not be told: thing %s.", kind, thing, exc_info=problem
        )
    trouble = Trouble(kind, thing, type(problem).__name__, timezone.now())
    caches["default"].set(_key(kind), trouble, timeout=KEPT)


def of_last_day(kinds: Iterable[str]) -> list[Trouble]:
    """The newest of each of these kinds, newest first."""
    found = caches["default"].get_many([_key(kind) for kind in kinds])
    return sorted(found.values(), key=lambda trouble: trouble.at, reverse=True)


def _key(kind: str) -> str:
    return f"notices:untold:{kind}"
