"""What a city has left: read through the ledger's own books, after what is due was settled."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.utils import timezone

from house.access.viewer import Viewer
from house.partners.ledger.due import settle
from house.partners.models import Account, Benefit, Hold
from house.partners.periods import Period
from house.vocabulary.models import City


@dataclass(frozen=True, slots=True)
class Balance:
    """One benefit in one period that runs now. `account` is the code of its statement."""

    city: str
    benefit: Benefit
    period: Period
    granted: int
    held: int
    used: int
    gone: int
    left: int
    account: str


def balances(city: City, *, at: datetime.datetime | None = None) -> list[Balance]:
    """By benefit, the soonest to expire first. The caller has read the city through its door."""
    return balances_of([city.pk], at=at)[city.pk]


def balances_of(
    cities: Collection[str], *, at: datetime.datetime | None = None
) -> dict[str, list[Balance]]:
    """Of several cities at once; a city without any has an empty list."""
    at = at or timezone.now()
    settle(cities, at=at)
    # every row: the caller names whose books she may read
    rows = Account.objects.filter(city__in=cities, begins_at__lte=at, ends_at__gt=at)
    found: dict[str, list[Balance]] = defaultdict(list)
    for row in rows.select_related("benefit").order_by("benefit__name", "ends_at", "pk"):
        found[row.city_id].append(balance_of(row))
    return found


def balance_of(account: Account) -> Balance:
    return Balance(
        city=account.city_id,
        benefit=account.benefit,
        period=Period(account.starts_on, account.ends_on, account.per),
        granted=account.granted,
        held=account.held,
        used=account.used,
        gone=account.gone,
        left=account.left,
        account=account.code,
    )


def holds_of(viewer: Viewer, cities: Collection[str]) -> list[Hold]:
    """What these cities have asked for and nobody decided yet, the oldest first."""
    waiting = Hold.objects.visible_to(viewer).waiting()  # type: ignore[attr-defined]
    return list(waiting.filter(account__city__in=cities).for_lists())
