"""What gatherings give to a person's export, and what erasure does about it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from house.gatherings import waiting
from house.gatherings.models import (
    Event,
    JoinLink,
    Organiser,
    ProgrammeVersion,
    Registration,
    ScheduleFile,
    SessionPlace,
    Speaker,
)
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person

# every row in this file: a person's own, for her alone or to be erased

_LISTS: tuple[tuple[str, Any, frozenset[str], Callable[[Person], QuerySet], tuple[str, ...]], ...] = (
    (
        "gatherings",
        _("Events that you registered for, your answers and what you said you need."),
        frozenset({"gatherings.Registration.person"}),
        lambda p: Registration.objects.filter(person=p),
        (
            "event__title", "event__starts_at", "seat", "state", "answers", "needs", "made_at", "came_at",
            "knew",
        ),
    ),
    (
        "gathering-sessions",
        _("Sessions of events that you chose."),
        frozenset(),
        lambda p: SessionPlace.objects.filter(registration__person=p),
        ("session__title", "session__starts_at", "is_waiting", "made_at"),
    ),
    (
        "gatherings-spoken",
        _("Sessions that name you as a speaker, and whether you agreed to be named."),
        frozenset({"gatherings.Speaker.person"}),
        lambda p: Speaker.objects.filter(person=p),
        ("session__title", "session__starts_at", "role", "consent"),
    ),
    (
        "gatherings-organised",
        _("Events that you made or look after."),
        frozenset({"gatherings.Event.author", "gatherings.Organiser.person"}),
        lambda p: Event.objects.filter(
            Q(author=p) | Q(pk__in=Organiser.objects.filter(person=p).values("event"))
        ),
        ("title", "starts_at", "state", "made_at"),
    ),
    (
        "gathering-programmes",
        _("Versions of programmes that you published."),
        frozenset({"gatherings.ProgrammeVersion.made_by"}),
        lambda p: ProgrammeVersion.objects.filter(made_by=p),
        ("event__title", "number", "note", "made_at"),
    ),
    (
        "gathering-schedules",
        _("Schedule files that you chose and did not confirm yet."),
        frozenset({"gatherings.ScheduleFile.given_by"}),
        lambda p: ScheduleFile.objects.filter(given_by=p),
        ("event__title", "name", "made_at"),
    ),
    (
        "gathering-links",
        _("Your own links to enter events online."),
        frozenset({"gatherings.JoinLink.person"}),
        lambda p: JoinLink.objects.filter(person=p),
        ("event__title", "url"),
    ),
)  # fmt: skip


def register() -> None:
    for name, told, covers, found, fields in _LISTS:
        export.register(name, _rows(found, fields), told=told, covers=covers)
    erasure.register(
        "gatherings",
        _erase,
        covers=frozenset[str]().union(*(covers for _n, _t, covers, *_r in _LISTS)),
        goes=_(
            "Your places at coming events, your answers and what you said you need, your name in "
            "programmes and your own links to enter."
        ),
        stays=_("That somebody of your city came to an event, and which events you made."),
    )


def _rows(
    found: Callable[[Person], QuerySet], fields: tuple[str, ...]
) -> Callable[[Person], Section]:
    return lambda person: Section(_as_known(rows_of(found(person).order_by("pk"), *fields)))


def _as_known(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """An event that was taken out of her sight is named as she knew it."""
    for row in rows:
        knew = row.pop("knew", {})
        yield {name: knew.get(name.removeprefix("event__"), told) for name, told in row.items()}


def _erase(person: Person) -> None:
    mine = Registration.objects.filter(person=person)
    for registration in mine.live().filter(event__starts_at__gt=timezone.now()):
        waiting.leave(registration)
    mine.update(answers={}, needs="")
    Speaker.objects.filter(person=person).update(person=None, role="")
    JoinLink.objects.filter(person=person).delete()
    ScheduleFile.objects.filter(given_by=person).delete()
    Organiser.objects.filter(person=person).delete()
