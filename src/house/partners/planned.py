"""What is planned for a city after a day: whoever keeps such things registers how to ask for them.

A change of partnership shows them before it is made, so that nobody finds out afterwards what it undid.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from house.partners.models import Partnership


@dataclass(frozen=True, slots=True)
class Planned:
    """`capability` is what it takes to keep to it; empty where only an end of the partnership undoes it."""

    text: str
    on: datetime.date
    capability: str = ""
    href: str = ""


Source = Callable[[Partnership, datetime.date], Iterable[Planned]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """`source(partnership, day)` tells what is planned for its city on that day or later."""
    if source not in _sources:
        _sources.append(source)
    return source


def planned_after(partnership: Partnership, day: datetime.date) -> list[Planned]:
    """The next one first."""
    found = [thing for source in _sources for thing in source(partnership, day)]
    return sorted(found, key=lambda thing: (thing.on, thing.text))
