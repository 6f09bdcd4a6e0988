"""What a room offers the magazine to tell: what moved between two moments, as somebody may read it.

A room registers a `Teller` in `apps.py`. Its `told` begins with `visible_to(viewer)`, leaves out what
is on its way out or not yet out, and names cities and persons only as candour lets anybody be named.
The magazine asks as a plain reader of the alliance (`reader()`), never as its editor: what only the
office may see can't be proposed. What it may tell everybody is found by asking as a visitor.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.utils.functional import Promise

from house.access.viewer import VISITOR, Viewer
from house.memory.models import Consent, Offer

_SENTENCE = re.compile(r"[^\n]*?[.!?。？！](?=[\s”’\"]|$)[”’\"]?")

# "new", "updated": in the lexicon; "solved", "success", "held", "coming": among members; "wanted": a topic
# that cities stand behind; "outside": what happened beyond the alliance.
Sort = Literal["new", "updated", "solved", "success", "held", "coming", "wanted", "outside"]
SORTS: tuple[Sort, ...] = (
    "new", "updated", "solved", "success", "held", "coming", "wanted", "outside",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tellable:
    """One thing to tell.

    `kind` and `key` are those of its search source ("entry", its primary key), so that a card of it can be
    opened for each reader through its door. `cities` and `topics` are keys of the vocabulary, only
    those that anybody may be told. `when` is the moment that makes it news. `counts` are figures
    that speak for it, by these names: "reuse" (cities that took it home), "answers", "helped" (cities that
    it helped), "supporters" (cities behind a topic), "sources" (outlets that carried a story).

    `quote` is words of the thing itself, up to about 300 characters, taken from `words` (its plain text)
    without a change; `quote_url` is where they stand, `credit` who says them, as candour allows.
    """

    kind: str
    key: int
    sort: Sort
    title: str
    url: str
    when: datetime.datetime
    language: str = "en"
    cities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    quote: str = ""
    quote_url: str = ""
    credit: str = ""
    words: str = ""

    @property
    def name(self) -> tuple[str, int]:
        return (self.kind, self.key)


Told = Callable[[datetime.datetime, datetime.datetime, Viewer], Iterable[Tellable]]


@dataclass(frozen=True, slots=True)
class Teller:
    """`told(since, until, viewer)`: what moved from `since` on and before `until`, in any order.

    `sorts` are those it may tell. `label` is what the thing is called in a list ("Entries of ALEX").
    `takes` is the capability without which nobody reads this room's things.
    """

    name: str
    label: str | Promise
    sorts: Sequence[Sort]
    takes: str
    told: Told


_tellers: dict[str, Teller] = {}


def register(teller: Teller) -> None:
    """Registering a name again replaces it."""
    _tellers[teller.name] = teller


def registered() -> tuple[Teller, ...]:
    return tuple(_tellers.values())


def reader() -> Viewer:
    """Whom the magazine is for: somebody of a partner city, who reads every room and belongs to no circle."""
    takes = {teller.takes for teller in _tellers.values() if teller.takes}
    return Viewer(is_member=True, capabilities=frozenset(takes | {"magazine.read"}))


def told(since: datetime.datetime, until: datetime.datetime, viewer: Viewer) -> list[Tellable]:
    """What every room tells this viewer, the newest first."""
    found = [
        thing
        for teller in _tellers.values()
        if not teller.takes or viewer.can(teller.takes) or viewer == VISITOR
        for thing in teller.told(since, until, viewer)
    ]
    return sorted(found, key=lambda thing: (thing.when, thing.name), reverse=True)


def opening(text: str, limit: int = 300) -> str:
    """The first whole sentences of a text, letter by letter; cut at a word where one is longer."""
    text = text.strip()
    ends = [match.end() for match in _SENTENCE.finditer(text) if match.end() <= limit]
    if ends:
        return text[: ends[-1]].strip()
    if len(text) <= limit:
        return text
    return text[:limit].rpartition(" ")[0] or text[:limit]


def agreed(source: str, things: Iterable[int]) -> dict[int, set[int]]:
    """Thing → persons who let their words there be used: by the consent that they gave for ALEX."""
    found: dict[int, set[int]] = {}
    # every row: who agreed is used to decide about a quote and shown to nobody
    rows = Consent.objects.filter(
        offer__source=source, offer__thing__in=list(things), answer=Consent.Answer.GIVEN
    ).exclude(offer__state__in=[Offer.State.WITHDRAWN, Offer.State.EMPTY])
    for thing, person in rows.values_list("offer__thing", "person"):
        found.setdefault(thing, set()).add(person)
    return found
