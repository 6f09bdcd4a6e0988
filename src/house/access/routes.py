"""Each address says what it takes to go in. `partners.middleware` asks; a system check finds who forgot."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpResponse

# Open: the page shows each viewer what her door shows. Signed in: one's own things, at any standing.
OPEN, SIGNED_IN = "open", "signed-in"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

Stranger = Callable[..., HttpResponse]
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Door:
    """What it takes to read here and to act here: `OPEN`, `SIGNED_IN` or the name of a capability.

    `also` is another capability that lets in as well, as the office's into what is a city's own. `stranger`
    answers a visitor instead of the plain way to the sign-in page: it may keep what she typed.
    """

    reads: str
    acts: str
    stranger: Stranger | None = None
    also: str = ""

    def takes(self, method: str | None) -> str:
        return self.reads if method in _SAFE else self.acts


def route(
    reads: str, *, acts: str = "", also: str = "", stranger: Stranger | None = None
) -> Callable[[View], View]:
    """Declare what the address of this view takes; acting takes the same as reading unless said.

    Put it nearest to the view: what wraps the view carries the declaration along.
    """

    def declare(view: View) -> View:
        view.door = Door(reads, acts or reads, stranger, also)  # type: ignore[attr-defined]
        return view

    return declare


def door_of(view: Callable[..., Any]) -> Door | None:
    """What the view declared; `None` when it declared nothing."""
    door: Door | None = getattr(view, "door", None)
    return door
