"""What a room offers ALEX to remember: a draft in one of its templates, each span tied to where it was said.

A room registers a `Source` in `apps.py` and calls `offer` when an answer is accepted, a success
told, a recording made or a group ends. Everybody whose words are used is asked (`Consent`); what
somebody does not give is left out. Then the room that keeps the lexicon takes the offer in
(`register_taker`), and everybody who helped hears when it is published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db.models import Model


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
    candour of the whole ("person", "city", "described", "sealed", with `described_as`). A span's
    `field` may be one of these too ("title", "summary", "outcome_why"). `author` is the person for whom
    the whole speaks: without her consent it speaks for nobody. `candours` tells how each person stands
    where it was said: she is named no more openly in ALEX, and not at all when it is not told.

    `cues` are those of a recording's transcript; one that carries an "author" (a person's key) is kept
    only if she agrees.
    """

    template: str
    content: Mapping[str, Any]
    spans: Sequence[Span] = ()
    helpers: Mapping[int, str] = field(default_factory=dict)  # person → what she did, in words
    cues: Sequence[dict[str, Any]] = ()
    author: int | None = None
    candours: Mapping[int, str] = field(default_factory=dict)
    descriptions: Mapping[int, str] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True)
class Part:
    """Words that may be used, with where they were said. Whose they are does not go out."""

    field: str
    text: str
    source: str
    thing: int
    url: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """What everybody who was asked agreed to: what the lexicon takes in, or goes on with."""

    code: str
    template: str
    content: Mapping[str, Any]
    parts: Sequence[Part]
    cues: Sequence[dict[str, Any]]
    author: int | None


class Lexicon(Protocol):
    """The room that keeps what is remembered."""

    # What its things are called where they are found (`retrieval.sources`).
    kind: str

    def take(self, agreed: Agreed) -> int:
        """Make a draft in the curators' queue, or bring the one of this `code` up to date; its key."""

    def label_of(self, template: str, field: str) -> str:
        """What a question of a template is called."""

    def let_go(self, key: int) -> None:
        """Nothing may be used any more: throw the draft away, if it was never published."""


_lexicon: list[Lexicon] = []


def register_taker(lexicon: Lexicon) -> None:
    """The room that keeps the lexicon calls this once, in `apps.py`."""
    _lexicon[:] = [lexicon]


def lexicon() -> Lexicon:
    return _lexicon[0]


def label_of(template: str, field: str) -> str:
    return lexicon().label_of(template, field)


def source_label(kind: str) -> str:
    found = _sources.get(kind)
    return str(found.label) if found else ""
