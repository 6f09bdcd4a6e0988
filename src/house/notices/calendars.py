"""What of the house stands in calendars: iTIP invitations by mail (RFC 5546, RFC 6047) and ICS feeds.

A room says what its things are as `CalendarEvent`s; it registers what a viewer's feed holds, and
what an answer from somebody's calendar changes.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

from house.access.viewer import Viewer

Answer = Literal["ACCEPTED", "DECLINED", "TENTATIVE"]


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One VEVENT.

    `kind` and `code` make the UID, which stays for ever; `sequence` grows with each change of time
    or place.

    `zone` is IANA's name of the zone in which the thing takes place; moments are aware. `url` is absolute.
    """

    kind: str
    code: str
    sequence: int
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    zone: str
    title: str
    description: str = ""
    location: str = ""
    url: str = ""
    changed_at: datetime.datetime | None = None
    status: Literal["CONFIRMED", "TENTATIVE", "CANCELLED"] = "CONFIRMED"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a feed is about: one's own things, those of a city, those on a topic."""

    sort: Literal["mine", "city", "topic"]
    value: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """`items` begins with `visible_to(viewer)` and gives what lies between two moments."""

    kind: str
    label: str | Promise
    items: Callable[[Viewer, Scope, datetime.datetime, datetime.datetime], Iterable[CalendarEvent]]


# (code of the thing, id of the person, her answer, sequence answered, moment of the answer) → what
# was done, in a word
Answered = Callable[[str, int, Answer, int, datetime.datetime], str]
_sources: dict[str, Source] = {}
_answered: dict[str, Answered] = {}


def register(source: Source) -> None:
    _sources[source.kind] = source


def register_answers(kind: str, answered: Answered) -> None:
    """Answers to invitations of this kind. Older ones than the last known are for the room to ignore."""
    _answered[kind] = answered


def sources() -> tuple[Source, ...]:
    return tuple(_sources.values())


def answered_by(kind: str) -> Answered | None:
    return _answered.get(kind)
