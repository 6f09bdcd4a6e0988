"""What a successor must know of a seat. Rooms tell their part; the page and the mail ask here."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise

from house.access.viewer import Viewer
from house.partners.models import Seat


@dataclass(frozen=True, slots=True)
class Line:
    """One thing. `when` is the day it is due or happens; `note` a short fact about it."""

    text: str
    href: str = ""
    when: datetime.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """`kind` says which of the four questions it answers: owns, owes, follows, coming."""

    kind: str
    title: str | Promise
    lines: list[Line] = field(default_factory=list)


Teller = Callable[[Seat, Viewer], list[Section]]
Claim = Callable[[Seat], str]

_tellers: list[Teller] = []
_claims: list[Claim] = []


def register(teller: Teller, *, claim: Claim | None = None) -> None:
    """`teller` gives sections for a reader whom the page has let in, through its own doors.

    `claim` says in a few words what would be nobody's without the seat; empty when nothing would.
    """
    _tellers.append(teller)
    if claim is not None:
        _claims.append(claim)


def sections_of(seat: Seat, viewer: Viewer) -> list[Section]:
    return [section for teller in _tellers for section in teller(seat, viewer)]


def claims_of(seat: Seat) -> list[str]:
    return [said for claim in _claims if (said := claim(seat))]
