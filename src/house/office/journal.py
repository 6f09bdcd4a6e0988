"""The journal as the desk reads it: searched, a page at a time, with the names that persons have now."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.models import JournalRow
from house.access.viewer import Viewer
from house.ground.text import one_line
from house.office.acts import told
from house.people.models import Person

# every row in this file: the desk reads the journal whole; persons come through their door

SIZE, MOST = 50, 50_000
HEAD = ("number", "at", "person", "act", "kind", "thing", "reason", "facts", "digest")


@dataclass(frozen=True, slots=True)
class Told:
    """A row in plain words."""

    number: int
    at: datetime.datetime
    who: str
    act: str
    thing: str
    reason: str


def found(wanted: dict[str, Any], viewer: Viewer) -> QuerySet[JournalRow]:
    """The rows that fit, newest first. `wanted` is the cleaned data of a `JournalForm`."""
    rows = JournalRow.objects.order_by("-number")
    if wanted.get("q"):
        rows = rows.filter(reason__icontains=wanted["q"])
    if wanted.get("act"):
        rows = rows.filter(act=wanted["act"])
    if person := wanted.get("person"):
        named = Q(name__icontains=person) | Q(email__iexact=person) | Q(code=person)
        rows = rows.filter(
            person_id__in=Person.objects.visible_to(viewer).filter(named).values("pk")
        )
    if thing := wanted.get("thing"):
        kind, _space, key = one_line(thing).lower().rpartition(" ")
        kind, key = (kind, key) if kind else (key, "")
        rows = rows.filter(kind__icontains=kind.replace(" ", ""))
        rows = rows.filter(object_id=key) if key else rows
    if since := wanted.get("since"):
        rows = rows.filter(at__gte=_midnight(since))
    if until := wanted.get("until"):
        rows = rows.filter(at__lt=_midnight(until + datetime.timedelta(days=1)))
    return rows


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def page(rows: QuerySet[JournalRow], before: int | None) -> tuple[list[JournalRow], int | None]:
    """A page of rows older than `before`, and what the next is older than: quick also at the end."""
    if before is not None:
        rows = rows.filter(number__lt=before)
    taken = list(rows[: SIZE + 1])
    return taken[:SIZE], taken[SIZE - 1].number if len(taken) > SIZE else None


def in_words(rows: Iterable[JournalRow], viewer: Viewer) -> list[Told]:
    """One query, for the names. Erased persons have none: the journal keeps their number."""
    rows = list(rows)
    keys = {row.person_id for row in rows if row.person_id is not None}
    names = dict(Person.objects.visible_to(viewer).filter(pk__in=keys).values_list("pk", "name"))
    return [
        Told(row.number, row.at, _who(row, names), told(row.act), _thing(row), row.reason)
        for row in rows
    ]


def _who(row: JournalRow, names: dict[int, str]) -> str:
    if row.person_id is None:
        return _("The house itself, or an author")
    return names.get(row.person_id, _("Person %(number)s") % {"number": row.person_id})


def _thing(row: JournalRow) -> str:
    if not row.kind:
        return ""
    try:
        name = str(apps.get_model(row.kind)._meta.verbose_name)
    except LookupError:
        name = row.kind
    return f"{name} {row.object_id}"


def for_table(rows: QuerySet[JournalRow]) -> Iterable[tuple[Any, ...]]:
    """What leaves as a file: numbers of persons, no names, with the digests, so that it proves itself."""
    for row in rows[:MOST].iterator(chunk_size=2000):
        who, what = (row.number, row.at, row.person_id), (row.act, row.kind, row.object_id)
        yield (*who, *what, row.reason, row.facts, row.digest)
