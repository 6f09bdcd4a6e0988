"""The office's list of partnerships: what can be asked of it, and the rows of a page."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from house.access.viewer import Viewer
from house.partners import seating, thresholds
from house.partners.models import RANK, Level, Partnership, PartnershipChange, Seat


def due_days() -> int:
    """So many days before its end a renewal is due; the office may change it. One query."""
    return thresholds.value_of(thresholds.RENEWAL_DAYS)


def state_filters(today: datetime.date, days: int) -> dict[str, Q]:
    """Each partnership is in exactly one of the first four; one that is due is also one of those."""
    begun = Q(starts_on__lte=today)
    open_ended = Q(ends_on__isnull=True)
    return {
        "running": begun & (open_ended | Q(ends_on__gte=today)),
        "grace": begun & Q(ends_on__lt=today, last_day__gte=today),
        "planned": Q(starts_on__gt=today),
        "ended": Q(last_day__lt=today),
        "due": begun & Q(ends_on__lte=today + datetime.timedelta(days=days), last_day__gte=today),
    }


STATES: dict[str, str | Promise] = {
    "running": _("Running"),
    "grace": _("In its grace"),
    "planned": _("Not begun"),
    "ended": _("Over"),
    "due": _("Renewal due"),
}
SORTS: dict[str, str | Promise] = {
    "city": _("City"),
    "level": _("Level, highest first"),
    "end": _("End, soonest first"),
    "start": _("Beginning, newest first"),
    "seats": _("Seats, most first"),
}
_ORDER: dict[str, tuple[Any, ...]] = {
    "city": ("city__name", "-starts_on"),
    "level": ("-rank", "city__name"),
    "end": (F("ends_on").asc(nulls_last=True), "city__name"),
    "start": ("-starts_on", "city__name"),
    "seats": ("-seats_used", "city__name"),
}


@dataclass(frozen=True, slots=True)
class Row:
    partnership: Partnership
    level: str
    state: str
    is_due: bool
    seats_used: int
    seats: int
    planned: PartnershipChange | None

    @property
    def state_label(self) -> str:
        return str(STATES[self.state])

    @property
    def level_label(self) -> str:
        return str(Level(self.level).label)

    @property
    def is_over(self) -> bool:
        return self.seats_used > self.seats


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; anything unknown is as if it were not there."""

    q: str = ""
    level: str = ""
    state: str = ""
    sort: str = "city"

    @classmethod
    def read(cls, query: Any) -> "Asked":
        level, state = query.get("level", ""), query.get("state", "")
        sort = query.get("sort", "")
        return cls(
            q=query.get("q", "").replace("\x00", "").strip()[:80],
            level=level if level in Level.values else "",
            state=state if state in STATES else "",
            sort=sort if sort in SORTS else "city",
        )


def found(asked: Asked, viewer: Viewer, days: int) -> QuerySet[Partnership]:
    """Without a state: all that are not over."""
    today = timezone.now().date()
    rows = with_facts(Partnership.objects.visible_to(viewer))
    rows = rows.filter(_state(asked.state, today, days))
    if asked.level:
        rows = rows.filter(level_now=asked.level)
    return _named(rows, asked.q).order_by(*_ORDER[asked.sort], "pk")


def with_facts(rows: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """Everything that a row of the list shows, in one query."""
    # every row: a number that names nobody
    seats = Seat.objects.values("partnership").annotate(n=Count("pk")).order_by()
    ranks = [When(level_now=level, then=Value(rank)) for level, rank in RANK.items() if level]
    return (
        rows.with_level()  # type: ignore[attr-defined]
        .select_related("city")
        .annotate(
            seats_used=Coalesce(Subquery(seats.filter(partnership=OuterRef("pk")).values("n")), 0),
            rank=Case(*ranks, default=Value(0), output_field=IntegerField()),
        )
    )


def counts(asked: Asked, viewer: Viewer, days: int) -> dict[str, int]:
    """How many of each state under the other filters, in one query."""
    rows = _named(Partnership.objects.visible_to(viewer).with_level(), asked.q)
    if asked.level:
        rows = rows.filter(level_now=asked.level)
    filters = state_filters(timezone.now().date(), days)
    told = rows.aggregate(**{name: Count("pk", filter=each) for name, each in filters.items()})
    return told | {"": told["running"] + told["grace"] + told["planned"]}


def rows_of(partnerships: Iterable[Partnership], viewer: Viewer, days: int) -> list[Row]:
    """Two more queries, however many rows."""
    partnerships = list(partnerships)
    today = timezone.now().date()
    numbers = seating.seats_by_level()
    plans: dict[int, list[PartnershipChange]] = defaultdict(list)
    changes = PartnershipChange.objects.visible_to(viewer).planned()
    for change in changes.filter(partnership__in=partnerships):
        plans[change.partnership_id].append(change)
    return [_row(each, today, days, numbers, plans[each.pk]) for each in partnerships]


def state_of(partnership: Partnership, today: datetime.date) -> str:
    if partnership.starts_on > today:
        return "planned"
    if partnership.ends_on is None or partnership.ends_on >= today:
        return "running"
    return "grace" if partnership.last_day and partnership.last_day >= today else "ended"


def is_due(partnership: Partnership, today: datetime.date, days: int) -> bool:
    if partnership.ends_on is None or state_of(partnership, today) not in {"running", "grace"}:
        return False
    return partnership.ends_on <= today + datetime.timedelta(days=days)


def _row(
    partnership: Any,
    today: datetime.date,
    days: int,
    numbers: dict[str, int],
    plans: list[PartnershipChange],
) -> Row:
    seats = partnership.seats
    return Row(
        partnership,
        partnership.level_now,
        state_of(partnership, today),
        is_due(partnership, today, days),
        partnership.seats_used,
        numbers.get(partnership.level_now, 0) if seats is None else seats,
        plans[0] if plans else None,
    )


def _state(state: str, today: datetime.date, days: int) -> Q:
    filters = state_filters(today, days)
    return filters[state] if state else ~filters["ended"] | Q(last_day__isnull=True)


def _named(rows: Any, words: str) -> Any:
    for word in words.split():
        rows = rows.filter(
            Q(city__name__icontains=word)
            | Q(city__country_name__icontains=word)
            | Q(city__slug__icontains=word)
            | Q(city__code__iexact=word)
        )
    return rows
