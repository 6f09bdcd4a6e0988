"""What a successor must know of a seat. Rooms tell their part; the page and the mail ask here."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from house.access.viewer import Viewer
from house.partners.models import Seat


@dataclass(frozen=True, slots=True)
class Line:
    """One thing. `when` is the day it is due or happens; `note` a short fact about it."""

    text: str
    href: str = ""
    when: datetime.date | None = None
    note: str = ""


# The four questions of a successor, in the order in which the page answers them.
KINDS = {
    "owns": _("What it owns"),
    "owes": _("What it owes"),
    "follows": _("What it follows"),
    "coming": _("What comes up"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """`kind` says which of the four questions it answers."""

    kind: str
    title: str | Promise
    lines: list[Line] = field(default_factory=list)

    @property
    def said(self) -> str | Promise:
        return KINDS[self.kind]


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
    found = [section for teller in _tellers for section in teller(seat, viewer)]
    return sorted(found, key=lambda section: list(KINDS).index(section.kind))


def claims_of(seat: Seat) -> list[str]:
    return [said for claim in _claims if (said := claim(seat))]
