"""What a room offers ALEX to remember: a draft in one of its templates, each span tied to where it was said.

A room registers a `Source` in `apps.py` and calls `offer` when an answer is accepted, a success
told, a recording made or a group ends. Everybody whose words are used is asked (`Consent`); what
somebody does not give is left out. Then the room that keeps the lexicon takes the offer in
(`register_taker`), and everybody who helped hears when it is published.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from house.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the draft and the thing they come from.

    `field` is the question of the template that they answer.

    `author` is the key of the person who must agree; None for the house's own words and what is nobody's.
    `thing` is the key of the post (minutes, page) within `kind`, `url` its path.
    """

    field: str
    text: str
    kind: str
    thing: int
    url: str
    author: int | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """What is offered.

    `template` is a kind of entry ("case_study", "policy", "research", "technology", "recording").

    `content` is what no span says: title, summary, language, topics, audience, city, outcome,
    candour of the whole ("person", "city", "described", "sealed", with `described_as`). `cues` are
    those of a recording's transcript.
    """

    template: str
    content: Mapping[str, Any]
    spans: Sequence[Span] = ()
    helpers: Mapping[int, str] = field(default_factory=dict)  # person → what she did, in words
    cues: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """`kind` is the thing that is offered ("agora.post"); `label` what readers are told it was."""

    kind: str
    label: Any
    model: type[Model]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.kind] = source


def source_of(kind: str) -> Source:
    return _sources[kind]


# Takes an offer into the lexicon: (offer, viewer of who offered it) → key of the entry that was made.
Taker = Callable[[Any, Viewer], int]
_takers: list[Taker] = []


def register_taker(taker: Taker) -> None:
    """The room that keeps the lexicon calls this once."""
    _takers[:] = [taker]


def taker() -> Taker:
    return _takers[0]
