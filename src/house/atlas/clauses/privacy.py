"""What rules give to a person's export, and what erasure does about it."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from house.atlas.clauses.models import Clause, Correction, Version
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person

# every row in this file: a person's own, for her alone or to be erased

_LISTS: tuple[tuple[str, Any, frozenset[str], Callable[[Person], QuerySet], tuple[str, ...]], ...] = (
    (
        "clauses-checked",
        _("Rules of cities that you checked."),
        frozenset({"clauses.Clause.checked_by"}),
        lambda p: Clause.objects.filter(checked_by=p),
        ("code", "city_id", "field", "type", "checked_on"),
    ),
    (
        "clause-versions",
        _("What you wrote of the rules of cities."),
        frozenset({"clauses.Version.made_by"}),
        lambda p: Version.objects.filter(made_by=p),
        ("clause__code", "number", "answer", "value", "unit", "words", "note", "quote", "why", "made_at"),
    ),
    (
        "clause-corrections",
        _("Corrections that you sent in or decided."),
        frozenset({"clauses.Correction.made_by", "clauses.Correction.decided_by"}),
        lambda p: Correction.objects.filter(Q(made_by=p) | Q(decided_by=p)),
        ("code", "city_id", "field", "type", "answer", "why", "state", "made_at", "reason", "decided_at"),
    ),
)  # fmt: skip


def register() -> None:
    for name, told, covers, found, fields in _LISTS:
        export.register(name, _rows(found, fields), told=told, covers=covers)
    erasure.register(
        "clauses",
        _erase,
        covers=frozenset[str]().union(*(covers for _n, _t, covers, *_r in _LISTS)),
        goes=_("That it was you who wrote, checked or corrected the rules of a city."),
        stays=_("What the rules say, with their sources: it is about cities, not about you."),
    )


def _rows(
    found: Callable[[Person], QuerySet], fields: tuple[str, ...]
) -> Callable[[Person], Section]:
    return lambda person: Section(rows_of(found(person).order_by("pk"), *fields))


def _erase(person: Person) -> None:
    Clause.objects.filter(checked_by=person).update(checked_by=None)
    Correction.objects.filter(made_by=person).update(made_by=None)
    Correction.objects.filter(decided_by=person).update(decided_by=None)
    # A version never changes but for this: whose hand it was.
    QuerySet(Version).filter(made_by=person).update(made_by=None)
