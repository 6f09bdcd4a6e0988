"""What the judge may know: of the question, of each person, of her city and of how much she is asked."""

from dataclasses import dataclass, field
from typing import Any

# What somebody did that shows she knows: of which sort it is, and how much one such deed is worth
# when it is wholly about the matter. `judging.Weights` says how much a sort speaks for her.
WORTH = {
    "accepted": ("solved", 1.0),  # an answer that solved it for the asker
    "helped": ("solved", 0.9),  # an answer of which a city said that it helped
    "author": ("told", 1.0),  # an entry of ALEX
    "owner": ("told", 0.9),  # holds the role that owns an entry
    "contact": ("told", 0.9),  # is named to be asked about it
    "answered": ("answered", 1.0),
    "asked": ("asked", 1.0),  # put a like question once: has looked into it at least
    "adopted": ("city", 2.0),  # her city took an entry home, with a result
    "city": ("city", 1.0),  # her city wrote about it, whoever it was
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
    def sort(self) -> str:
        return WORTH[self.kind][0]

    @property
    def weight(self) -> float:
        return WORTH[self.kind][1] * self.about


@dataclass(frozen=True, slots=True)
class Experience:
    """How often she signed something on the question's topics, in whatever words and language."""

    solved: int = 0
    answered: int = 0
    asked: int = 0


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
    gave three than of somebody who gave forty. `declined` is how much of what she was asked, and did not
    answer, was about the question.
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
    in_topic: Experience = Experience()
    declined: float = 0.0
    load: Load = Load()


@dataclass(frozen=True, slots=True)
class Question:
    """`town` and `zone` are empty where the asker's city is hidden: nothing may follow from them.

    `by_meaning` is whether texts were compared by meaning, or by words alone.
    """

    topics: frozenset[str] = frozenset()
    language: str = "en"
    also_speaks: tuple[str, ...] = ()
    town: Town | None = None
    zone: str = ""
    by_meaning: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """`kind` is a deed's or one of its own, from "says" to "capacity": `reasons` has words for each."""

    kind: str
    weight: float
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    person: int
    score: float
    reasons: tuple[Reason, ...]
