"""What helps when a city's sessions or visits are used: a day, another way, or somebody to ask."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.meetings import units
from house.partners import ledger
from house.partners.ledger.due import allowances_at, contracts_at
from house.partners.models import Account, Level
from house.vocabulary.models import City


@dataclass(frozen=True, slots=True)
class Way:
    text: str
    href: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    """Empty `ways`: something is left, and nothing needs a remedy."""

    city: City
    ways: list[Way] = field(default_factory=list)


def when_none_is_left(viewer: Viewer, city: City, now: datetime.datetime) -> Remedy:
    """For sessions of the running period; without ways where one is left."""
    left = [row.left for row in ledger.balances(city, at=now) if row.benefit.pk == units.SESSION]
    return Remedy(city) if any(left) else ways_on(viewer, city, now)


def ways_on(
    viewer: Viewer,
    city: City,
    when: datetime.datetime,
    *,
    benefit: str = units.SESSION,
    topic: str = "",
) -> Remedy:
    """The nearest ways on: the unit after that of `when`, the Agora, a level with more, a word to the office.

    `when` may lie ahead: nothing is granted or let run out by asking.
    """
    found = [*_next(city, benefit, when), *_agora(viewer, topic), *_level(city, benefit, when)]
    return Remedy(city, [*found, _office()])


def _next(city: City, benefit: str, at: datetime.datetime) -> list[Way]:
    contract = contracts_at(at, [city.pk]).get(city.pk)
    if contract is None:
        return []
    for allowance in allowances_at(at)[contract.level]:
        if allowance.benefit_id == benefit:
            following = contract.period(allowance.per, contract.period(allowance.per).ends_on)
            if contract.begins(following):
                day = date_format(following.starts_on, "j F Y")
                text = _(
                    "The next one comes on %(day)s. What takes place from then on can be booked today."
                )
                return [Way(text % {"day": day})]
    return []


def _agora(viewer: Viewer, topic: str) -> list[Way]:
    """Peers answer without a quota."""
    if not viewer.can("agora.write"):
        return []
    try:
        address = reverse("agora:post_new")
    except NoReverseMatch:
        return []
    if topic:
        address = f"{address}?{urlencode({'topic': topic})}"
    return [
        Way(
            _("Other cities answer in the Agora, as often as you ask."), address, _("Ask the Agora")
        )
    ]


def _level(city: City, benefit: str, at: datetime.datetime) -> list[Way]:
    contract = contracts_at(at, [city.pk]).get(city.pk)
    given = {
        level: max(
            (row.units * _A_YEAR[row.per] for row in rows if row.benefit_id == benefit), default=0
        )
        for level, rows in allowances_at(at).items()
    }
    now = given.get(contract.level, 0) if contract else 0
    more = [str(Level(level).label) for level in Level.values if given.get(level, 0) > now]
    if not more:
        return []
    text = _("These levels hold more of them: %(levels)s.") % {"levels": ", ".join(more)}
    return [Way(text, reverse("front:levels"), _("Compare the levels"))]


_A_YEAR = {"year": 1, "quarter": 4, "month": 12}


def _office() -> Way:
    return Way(
        _("The foundation can grant one more."),
        f"mailto:{settings.CONTACT_EMAIL}",
        _("Write to the foundation"),
    )


def ahead_of(cities: Collection[str], at: datetime.datetime) -> list[Account]:
    """Units that are kept in periods to come, which no balance of today shows."""
    # every row: the caller names whose books she may read
    rows = Account.objects.filter(city__in=cities, begins_at__gt=at, held__gt=0)
    return list(rows.select_related("benefit", "city").order_by("starts_on"))
