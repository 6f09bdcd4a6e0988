"""Which units a room keeps for things of its own, such as booked sessions.

Whoever withdraws such a unit by itself would have the thing without paying for it: it is decided where
the thing is. A room registers how its holds are found and where their page is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from house.partners.models import Hold


@dataclass(frozen=True, slots=True)
class Owner:
    """`holds` gives the keys of the room's holds, for a subquery; `page` the path where one is decided."""

    name: str
    holds: Callable[[], QuerySet]
    page: Callable[[int], str]


_owners: dict[str, Owner] = {}


def register(owner: Owner) -> None:
    _owners[owner.name] = owner


def owner_of(kept: Hold) -> Owner | None:
    # every row: only whether a room keeps it
    for owner in _owners.values():
        if Hold.objects.filter(pk=kept.pk, pk__in=owner.holds()).exists():
            return owner
    return None


def pages_of(kept: Iterable[Hold]) -> dict[int, str]:
    """Hold → the page of what it is kept for; those that no room keeps are left out."""
    keys = [each.pk for each in kept]
    # every row: only whether a room keeps it
    mine = Hold.objects.filter(pk__in=keys)
    return {
        pk: owner.page(pk)
        for owner in _owners.values()
        for pk in mine.filter(pk__in=owner.holds()).values_list("pk", flat=True)
    }


def owned() -> Q:
    """Holds that are decided in a room, not at the ledger."""
    found = Q(pk__in=[])
    for owner in _owners.values():
        found |= Q(pk__in=owner.holds())
    return found
