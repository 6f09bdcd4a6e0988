"""Persons as the office looks after them: found by name, address, city and state."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from house.access.models import JournalRow
from house.access.viewer import Viewer
from house.office.journal import Told, in_words
from house.partners.models import Partnership, RightException, Seat
from house.people.models import ApiToken, Person, SignIn

# every row in this file: persons come through their door; what hangs on one comes with her

RECENT = 20
STATES: dict[str, str | Promise] = {
    "active": _("Active"),
    "seatless": _("Without a seat"),
    "never": _("Never signed in"),
    "suspended": _("Suspended"),
    "former": _("Erased"),
}
WORK: dict[str, str | Promise] = {
    "office": _("Office"),
    "curator": _("Curators"),
    "expert": _("Experts"),
}


def persons(viewer: Viewer) -> QuerySet[Person]:
    """With `state` and `is_seated`: the one word that matters most about each."""
    seated = Seat.objects.filter(
        person=OuterRef("pk"), partnership__in=Partnership.objects.running()
    )
    staff = Q(is_office=True) | Q(is_curator=True) | Q(is_expert=True)
    return (
        Person.objects.visible_to(viewer)
        .annotate(is_seated=Exists(seated))
        .annotate(
            state=Case(
                When(erased_at__isnull=False, then=Value("former")),
                When(is_active=False, then=Value("suspended")),
                When(Q(is_seated=False) & ~staff, then=Value("seatless")),
                When(last_login__isnull=True, then=Value("never")),
                default=Value("active"),
                output_field=CharField(),
            )
        )
    )


def found(rows: QuerySet[Person], wanted: dict[str, Any], *, state: str, work: str) -> Any:
    """By the words that were typed and the facet that was chosen."""
    rows = _typed(rows, wanted)
    if state in STATES:
        rows = rows.filter(state=state)
    if work in WORK:
        rows = rows.filter(**{f"is_{work}": True})
    return rows.select_related("city").order_by("name", "pk")


def _typed(rows: QuerySet[Person], wanted: dict[str, Any]) -> QuerySet[Person]:
    if words := wanted.get("q"):
        rows = rows.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if city := wanted.get("city"):
        rows = rows.filter(Q(city__name__icontains=city) | Q(city__slug=city))
    return rows


def counts(rows: QuerySet[Person], wanted: dict[str, Any]) -> dict[str, int]:
    """How many of each state and each kind of work, in one query."""
    states = {state: Count("pk", filter=Q(state=state)) for state in STATES}
    work = {kind: Count("pk", filter=Q(**{f"is_{kind}": True})) for kind in WORK}
    return _typed(rows, wanted).aggregate(all=Count("pk"), **states, **work)


@dataclass(frozen=True, slots=True)
class Key:
    """Of a key for programs, what the office may know: its label and its life, nothing that opens."""

    label: str
    created_at: datetime.datetime
    used_at: datetime.datetime | None
    expires_at: datetime.datetime
    revoked_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the office sees of one person beside her profile."""

    seats: list[Seat]
    exceptions: list[RightException]
    keys: list[Key]
    sign_ins: list[SignIn]
    done_to: list[Told]
    done_by: list[Told]


def sheet_of(person: Person, viewer: Viewer) -> Sheet:
    keys = ApiToken.objects.filter(person=person).order_by("-created_at")
    about = JournalRow.objects.filter(kind="people.person", object_id=str(person.pk))
    by = JournalRow.objects.filter(person_id=person.pk)
    return Sheet(
        seats=list(Seat.objects.filter(person=person).select_related("partnership__city")),
        exceptions=list(RightException.objects.filter(person=person).order_by("-starts_on")),
        keys=[
            Key(*row)
            for row in keys.values_list(
                "label", "created_at", "used_at", "expires_at", "revoked_at"
            )
        ],
        sign_ins=list(SignIn.objects.filter(person=person)[:RECENT]),
        done_to=_newest(about, viewer),
        done_by=_newest(by, viewer),
    )


def _newest(rows: QuerySet[JournalRow], viewer: Viewer) -> list[Told]:
    return (
        in_words(rows.order_by("-number")[:RECENT], viewer) if viewer.can("office.journal") else []
    )


def chosen(codes: Iterable[str], viewer: Viewer) -> list[Person]:
    return list(
        Person.objects.visible_to(viewer)
        .filter(code__in=list(codes)[:501])
        .select_related("city")
        .order_by("name", "pk")
    )
