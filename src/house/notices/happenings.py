"""What happened in the rooms, told to whom it concerns. The one way by which a room causes notices.

A room registers its kinds in `apps.py`, and its actions call `tell` in their own transaction. Who
follows the thread, the topic, the city or the kind is found later, by the worker; what a notice
says is made when it is read or sent, for its receiver as viewer, by the kind's `told`. What `told`
leaves out is not told at all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise

from house.access.viewer import Viewer
from house.notices import rounds, untold
from house.notices.models import Happening, Notice, Reason, Subscription

# every row in this file: who is told is settled here; what she is told is asked of the room's door


@dataclass(frozen=True, slots=True)
class Told:
    """One happening in words, for one viewer.

    `url` is a path of the house; `credit` names whom candour allows.
    """

    title: str
    url: str
    line: str = ""
    credit: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of happening. `told` opens the things through their door for the viewer and leaves out the rest.

    `takes` is the capability a receiver needs; `section` groups the digest: "questions", "answers",
    "successes", "gatherings", "sessions", "groups", "topics", "alex", "radar".
    """

    name: str
    label: str | Promise
    model: type[Model]
    takes: str
    section: str
    told: Callable[[Sequence[int], Viewer], Mapping[int, Told]]
    # New persons follow it from their first day.
    is_followed_by_all: bool = False


ANSWERABLE = "answerable"  # in the notes of what a room could not tell

# Open questions that the viewer could answer, the best first: at most so many.
Answerable = Callable[[Viewer, int], Sequence[Told]]
_kinds: dict[str, Kind] = {}
_answerable: list[Answerable] = []


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def kind_of(name: str) -> Kind:
    return _kinds[name]


def is_known(name: str) -> bool:
    return name in _kinds


def register_answerable(find: Answerable) -> None:
    """The digest begins with these. `find` opens them through their door."""
    if find not in _answerable:
        _answerable.append(find)


def answerable(viewer: Viewer, most: int) -> list[Told]:
    found: list[Told] = []
    for find in _answerable:
        try:
            found += find(viewer, most - len(found)) if len(found) < most else ()
        except Exception as problem:  # noqa: BLE001 -- a room's outer edge: a digest goes out without it
            untold.note(ANSWERABLE, viewer.person_id or 0, problem)
    return found[:most]


def kinds() -> tuple[Kind, ...]:
    return tuple(_kinds.values())


def tell(
    kind: str,
    thing: Model,
    *,
    key: str,
    by: Viewer | None = None,
    to: Mapping[int, str] | None = None,
    topics: Iterable[str] = (),
    city: str | None = None,
    thread: str = "",
    is_direct: bool = False,
) -> Happening:
    """Note that something happened, in the caller's transaction; the same `key` notes it once.

    `to` names persons (person id → `Reason`) who are told whatever they follow. `topics` are slugs.
    `city` is the code of a city that may be named with the thing: never one that candour hides.
    `thread` ("agora.post:CODE") tells who follows that thread. `is_direct` reaches those in `to` by
    mail at once, whatever their rhythm. Who acted is never told of it.
    """
    if kind not in _kinds:
        raise LookupError(f"No kind of happening is called {kind!r}")
    happening, is_new = Happening.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "thing": thing.pk,
            "actor_id": by.person_id if by else None,
            "topics": sorted(topics),
            "city_id": city,
            "thread": thread,
        },
    )
    if is_new:
        actor = by.person_id if by else None
        Notice.objects.bulk_create(
            Notice(happening=happening, person_id=person, reason=reason, is_direct=is_direct)
            for person, reason in (to or {}).items()
            if person != actor
        )
        rounds.soon()
    return happening


def forget_city(kinds: Iterable[str], thing: Model) -> None:
    """Its author hides her city from now on: neither a notice nor its reason may go on telling it."""
    told = Happening.objects.filter(kind__in=kinds, thing=thing.pk, city__isnull=False)
    Notice.objects.filter(happening__in=told, reason=Reason.CITY).delete()
    told.update(city=None)


def follow(person: int, target: str) -> None:
    """`target`: "thread:agora.post:CODE", "topic:SLUG", "city:CODE", "kind:agora.asked" or "search:WORDS".

    Following lifts an earlier mute only by the person's own act (`following.follow`), so what the
    house does by itself never does.
    """
    Subscription.objects.get_or_create(person_id=person, target=target)


__all__ = [
    "Kind",
    "Reason",
    "Told",
    "answerable",
    "follow",
    "forget_city",
    "is_known",
    "kind_of",
    "kinds",
    "register",
    "register_answerable",
    "tell",
]
