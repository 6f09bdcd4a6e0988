"""Who belongs to the alliance now: the holders of running seats, and the foundation's own people.

Seats are the business of the floor above, which tells here how to find their holders.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

_seated: list[Callable[[], QuerySet[Any]]] = []


def register(holders: Callable[[], QuerySet[Any]]) -> None:
    """`holders` gives the keys of persons who hold a seat now, as a subquery."""
    _seated.append(holders)


def belongs() -> Q:
    """Over the columns of `Person`. A seat lost or a partnership ended counts from the next question on."""
    found = Q(is_office=True) | Q(is_curator=True) | Q(is_expert=True)
    for holders in _seated:
        found |= Q(pk__in=holders())
    return found & Q(is_active=True, erased_at__isnull=True, erase_after__isnull=True)
