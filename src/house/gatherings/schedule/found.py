"""What a schedule file says, whatever its form, and what is wrong with it."""

import datetime
import uuid
from dataclasses import dataclass, field

LONGEST = 8 * 1024 * 1024  # bytes
MOST = 5000  # sessions


@dataclass(frozen=True, slots=True)
class Problem:
    """`place` is a line of the file or a way into it. What is `fatal` keeps the file from being taken in."""

    place: str
    text: str
    fatal: bool = False


@dataclass(slots=True)
class FoundSpeaker:
    external_id: str
    name: str
    role: str = ""


@dataclass(slots=True)
class FoundSession:
    guid: uuid.UUID
    title: str
    starts_at: datetime.datetime
    minutes: int
    kind: str = ""
    subtitle: str = ""
    abstract: str = ""
    description: str = ""
    language: str = ""
    track: str = ""
    room: str = ""
    licence: str = ""
    do_not_record: bool = False
    external_id: str = ""
    origin_url: str = ""
    links: list[dict[str, str]] = field(default_factory=list)
    speakers: list[FoundSpeaker] = field(default_factory=list)
    place: str = ""


@dataclass(slots=True)
class FoundDay:
    date: datetime.date
    starts_at: datetime.datetime
    ends_at: datetime.datetime


@dataclass(slots=True)
class FoundRoom:
    name: str
    guid: uuid.UUID | None = None
    capacity: int | None = None


@dataclass(slots=True)
class Found:
    title: str = ""
    version: str = ""
    acronym: str = ""
    zone: str = ""
    days: list[FoundDay] = field(default_factory=list)
    rooms: dict[str, FoundRoom] = field(default_factory=dict)
    tracks: dict[str, str] = field(default_factory=dict)  # name → colour
    sessions: list[FoundSession] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    titles: dict[uuid.UUID, str] = field(default_factory=dict)  # of the sessions, by guid

    @property
    def is_broken(self) -> bool:
        return any(problem.fatal for problem in self.problems)

    def complain(self, place: str, text: str, *, fatal: bool = False) -> None:
        self.problems.append(Problem(place, text, fatal))
