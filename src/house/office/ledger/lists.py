"""What the desk lists about the ledger, on its pages and as files: each begins at the door of who asks."""

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.ground.tables import Row
from house.partners import activity, thresholds
from house.partners.models import Account, Level, Movement, Partnership
from house.people.models import Person
from house.vocabulary.models import City

# What a list may be ordered by; anything else asked for orders by the first.
SORTS = {
    "city": ("city__name", "benefit__name", "ends_at"),
    "benefit": ("benefit__name", "city__name", "ends_at"),
    "period": ("ends_at", "city__name", "benefit__name"),
    "left": ("left_now", "city__name", "benefit__name"),
    "held": ("held", "city__name", "benefit__name"),
    "used": ("used", "city__name", "benefit__name"),
}


def accounts_for(
    viewer: Viewer, *, city: str = "", benefit: str = "", show: str = "", sort: str = ""
) -> QuerySet[Account]:
    """Those of the periods that run now, or of those that are over."""
    now = timezone.now()
    rows = Account.objects.visible_to(viewer).for_lists().with_left()
    running = Q(begins_at__lte=now, ends_at__gt=now)
    if show == "waiting":
        rows = rows.filter(held__gt=0)
    elif show == "over":
        rows = rows.exclude(running)
    else:
        rows = rows.filter(running)
    if city:
        rows = rows.filter(city__slug=city)
    if benefit:
        rows = rows.filter(benefit=benefit)
    descending, key = sort.startswith("-"), sort.removeprefix("-")
    first, *rest = SORTS.get(key, SORTS["city"])
    return rows.order_by(f"-{first}" if descending and key in SORTS else first, *rest, "pk")


def tabs(current: str) -> list[tuple[str, str, bool, None]]:
    """The pages of the ledger at the desk, as the tabs component takes them."""
    pages = {
        "ledger": _("Balances"),
        "ledger_waiting": _("Asked for"),
        "ledger_benefits": _("Benefits"),
        "ledger_renewals": _("Renewals due"),
        "ledger_quiet": _("Cities going quiet"),
    }
    return [
        (reverse(f"office:{name}"), label, name == current, None) for name, label in pages.items()
    ]


BALANCES = (
    "City",
    "Benefit",
    "From",
    "To",
    "Granted",
    "Held",
    "Used",
    "Expired or carried",
    "Left",
)


def balance_rows(accounts: QuerySet[Account]) -> Iterator[Row]:
    for row in accounts:
        yield (
            row.city.name, row.benefit.name, row.starts_on, row.last_day, row.granted,
            row.held, row.used, row.gone, row.left,
        )  # fmt: skip


def movements_of(viewer: Viewer, city: City) -> QuerySet[Movement]:
    return Movement.objects.visible_to(viewer).filter(account__city=city).for_statements()


def named(viewer: Viewer, rows: Sequence[Movement]) -> list[tuple[Movement, str]]:
    """Each row with who made it: looked up now, for the ledger itself keeps numbers."""
    people = Person.objects.visible_to(viewer).in_bulk({row.actor for row in rows if row.actor})
    return [(row, _actor(row, people)) for row in rows]


def _actor(row: Movement, people: dict[int, Person]) -> str:
    if row.actor is None:
        return _("The house")
    return people[row.actor].name if row.actor in people else _("Somebody who left")


STATEMENT = (
    "When", "Benefit", "Period from", "What", "Granted", "Held", "Used", "Expired or carried",
    "Left afterwards", "By", "Reason",
)  # fmt: skip


def statement_rows(viewer: Viewer, city: City) -> Iterator[Row]:
    for row, who in named(viewer, list(movements_of(viewer, city))):
        yield (
            row.at, row.account.benefit.name, row.account.starts_on, row.get_kind_display(), row.granted,
            row.held, row.used, row.gone, row.left_after, who, row.reason,
        )  # fmt: skip


def renewals_for(viewer: Viewer) -> tuple[list[Partnership], int]:
    """Those that end within the days that the office set or are in their grace; and that number of days."""
    days = thresholds.value_of(thresholds.RENEWAL_DAYS)
    today = timezone.now().date()
    rows = (
        Partnership.objects.visible_to(viewer)
        .running()
        .with_level()
        .filter(ends_on__lte=today + datetime.timedelta(days=days))
        .select_related("city")
        .order_by("ends_on", "city__name", "pk")
    )
    return list(rows), days


RENEWALS = ("City", "Level", "Since", "Ends", "Open until", "Days left")


def renewal_rows(viewer: Viewer) -> Iterator[Row]:
    for row in renewals_for(viewer)[0]:
        yield (
            row.city.name, str(Level(row.level_now).label), row.starts_on, row.ends_on, row.last_day,
            days_to(row.ends_on),
        )  # fmt: skip


def days_to(day: datetime.date | None) -> int:
    """Negative when it has passed."""
    return (day - timezone.now().date()).days if day else 0


def quiet_for(viewer: Viewer) -> tuple[list[activity.Quiet], int]:
    days = thresholds.value_of(thresholds.QUIET_DAYS)
    return activity.quiet_cities(viewer, days=days), days


QUIET = ("City", "Level", "Last sign", "What it was", "Days since")


def quiet_rows(viewer: Viewer) -> Iterator[Row]:
    for row in quiet_for(viewer)[0]:
        level: Any = row.partnership
        yield (
            row.partnership.city.name, str(Level(level.level_now).label), row.last.at if row.last else None,
            row.last.what if row.last else "", row.days,
        )  # fmt: skip
