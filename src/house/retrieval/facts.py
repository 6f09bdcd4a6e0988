"""What a room tells about one of its things beside its words. No Django here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """Shown beside a quote, as far as candour allows: an empty string or None is not shown.

    `outcome` is one of "worked", "mixed", "failed", "too_early" or empty; `year` is the year of
    what is told, not of the writing.
    """

    title: str
    url: str
    kind: str = ""
    city: str = ""
    city_slug: str = ""
    country: str = ""
    year: int | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to ask. `name` may be a role ("Housing department"); `why` is one short sentence.

    `url` leads to where one can ask; a room that has no such place leaves it empty.
    """

    name: str
    role: str = ""
    city: str = ""
    city_slug: str = ""
    url: str = ""
    why: str = ""
