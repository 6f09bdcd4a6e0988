"""Who did what that shows she knows: told by the rooms, as far as candour lets anybody tell.

Whoever looks for people to ask hands over things that it found, and gets back persons and cities.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Model

from house.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Deed:
    """`kind` is "author", "owner", "contact", "city" or "adopted"; of a person, or of a whole city."""

    kind: str
    thing: int
    person: int | None = None
    city: str = ""


@dataclass(frozen=True, slots=True)
class Teller:
    """`deeds` of these things; how much each person wrote in all, and on topics. Only what may be told."""

    model: type[Model]
    deeds: Callable[[Sequence[Model], Viewer], Iterable[Deed]]
    written: Callable[[Viewer], Counter[int]]
    written_on: Callable[[Collection[str], Viewer], Counter[int]]


_tellers: dict[type[Model], Teller] = {}


def register(teller: Teller) -> None:
    _tellers[teller.model] = teller


def deeds_of(things: Sequence[Model], viewer: Viewer) -> list[tuple[Model, Deed]]:
    found = []
    for model, teller in _tellers.items():
        mine = {thing.pk: thing for thing in things if type(thing) is model}
        if mine:
            found += [
                (mine[deed.thing], deed) for deed in teller.deeds(list(mine.values()), viewer)
            ]
    return found


def written_by(viewer: Viewer) -> Counter[int]:
    total: Counter[int] = Counter()
    for teller in _tellers.values():
        total.update(teller.written(viewer))
    return total


def written_on(topics: Collection[str], viewer: Viewer) -> Counter[int]:
    total: Counter[int] = Counter()
    for teller in _tellers.values():
        total.update(teller.written_on(topics, viewer))
    return total
