"""What the judge may know: of the question, of each person, of her city and of how much she is asked."""

from dataclasses import dataclass, field
from typing import Any

ENOUGH = 0.5
# What somebody did that shows she knows: how much one such deed is worth when it is wholly about it.
WORTH = {
    "accepted": 1.0,  # an answer that solved it for the asker
    "helped": 0.9,  # an answer of which a city said that it helped
    "author": 0.8,  # an entry of ALEX
    "owner": 0.7,  # holds the role that owns an entry
    "contact": 0.7,  # is named to be asked about it
    "answered": 0.4,
    "asked": 0.15,  # put a like question once: has looked into it at least
    "adopted": 0.5,  # her city took an entry home, with a result
    "city": 0.25,  # her city wrote about it, whoever it was
}


@dataclass(frozen=True, slots=True)
class Town:
    """A city as far as likeness goes. Empty or 0 is not known."""

    code: str
    country: str = ""
    region: str = ""
    population: float = 0.0
    terrain: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """A deed, and how much it is about the question (0 to 1)."""

    kind: str
    about: float
    title: str = ""
    url: str = ""

    @property
    def weight(self) -> float:
        """What is about the matter by half is about it: texts say the same in different words."""
        return WORTH[self.kind] * min(1.0, self.about / ENOUGH)


@dataclass(frozen=True, slots=True)
class Load:
    """How much she is asked. `limit` is her own, a month; `is_away`: nothing is put to her now."""

    open: int = 0
    month: int = 0
    year: int = 0
    limit: int = 2
    is_away: bool = False

    @property
    def is_full(self) -> bool:
        return self.is_away or self.month >= self.limit


@dataclass(frozen=True, slots=True)
class Peer:
    """`says` is how much what she and her city say they can help with is about the question (0 to 1).

    `written` is how much she wrote about anything: two answers about a matter tell more of somebody who
    gave three than of somebody who gave forty.
    """

    person: int
    town: Town | None = None
    says: float = 0.0
    city_says: float = 0.0
    topics: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    zone: str = "UTC"
    works: tuple[Work, ...] = ()
    written: int = 0
    load: Load = Load()


@dataclass(frozen=True, slots=True)
class Question:
    """`town` and `zone` are empty where the asker's city is hidden: nothing may follow from them."""

    topics: frozenset[str] = frozenset()
    language: str = "en"
    also_speaks: tuple[str, ...] = ()
    town: Town | None = None
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """`kind` is a deed's, or "says", "city_says", "topics", "like", "language", "hours", "capacity"."""

    kind: str
    weight: float
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    person: int
    score: float
    reasons: tuple[Reason, ...]
