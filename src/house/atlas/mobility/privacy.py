"""What the index gives to a person's export, and what erasure does about it: corrections are the city's."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from house.atlas.mobility.models import Correction, NameMatch
from house.people import erasure, export
from house.people.export import Section, rows_of
from house.people.models import Person

# every row in this file: a person's own, for her alone or to be erased

_CORRECTIONS = frozenset({"mobility.Correction.made_by", "mobility.Correction.decided_by"})
_MATCHES = frozenset({"mobility.NameMatch.decided_by"})
_FIELDS = (
    "place__name", "field", "value", "on", "source", "url", "reason", "state", "answer", "made_at",
    "decided_at",
)  # fmt: skip


def register() -> None:
    export.register(
        "mobility-corrections", _corrections, covers=_CORRECTIONS,
        told=_("Figures of the shared-mobility index that you corrected, or whose correction you decided."),
    )  # fmt: skip
    export.register(
        "mobility-matches", _matches, covers=_MATCHES,
        told=_("Names of places that you matched to cities for the shared-mobility index."),
    )  # fmt: skip
    erasure.register(
        "mobility", _erase, covers=_CORRECTIONS | _MATCHES,
        goes=_("Your name beside corrections of the shared-mobility index and names that you matched."),
        stays=_("The corrections themselves: they are your city's, and the index is computed from them."),
    )  # fmt: skip


def _corrections(person: Person) -> Section:
    rows: Any = Correction.objects.filter(Q(made_by=person) | Q(decided_by=person))
    return Section(rows_of(rows.order_by("pk"), *_FIELDS))


def _matches(person: Person) -> Section:
    rows: Any = NameMatch.objects.filter(decided_by=person)
    return Section(
        rows_of(rows.order_by("pk"), "location", "country", "codes", "reason", "decided_at")
    )


def _erase(person: Person) -> None:
    Correction.objects.filter(made_by=person).update(made_by=None)
    Correction.objects.filter(decided_by=person).update(decided_by=None)
    NameMatch.objects.filter(decided_by=person).update(decided_by=None)
