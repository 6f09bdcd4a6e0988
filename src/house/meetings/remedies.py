"""What helps when a city's sessions or visits are used: a day, another way, or somebody to ask."""

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.meetings import units
from house.meetings.models import Session
from house.partners.ledger.due import allowances_at, contracts_at
from house.partners.models import Account, Level, Per
from house.partners.periods import midnight
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


def when_none_is_left(viewer: Viewer, city: City, when: datetime.datetime) -> Remedy:
    """For sessions of the period of `when`; without ways where one is left."""
    return ways_on(viewer, city, when) if is_none_left(city, when) else Remedy(city)


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


def is_none_left(city: City, when: datetime.datetime, benefit: str = units.SESSION) -> bool:
    """Does the period of `when` bring the city none, or is everything of it kept or used?

    A period of which the books hold nothing yet brings what the city's level gives.
    """
    # every row: of a city whose books the caller may read
    rows = Account.objects.filter(city=city, benefit=benefit, begins_at__lte=when, ends_at__gt=when)
    left = [row.left for row in rows]
    return not any(left) if left else not _brings(city, benefit, when)


def _brings(city: City, benefit: str, when: datetime.datetime) -> bool:
    contract = contracts_at(when, [city.pk]).get(city.pk)
    return contract is not None and any(
        each.benefit_id == benefit
        and each.benefit.is_offered
        and contract.begins(contract.period(each.per))
        for each in allowances_at(when)[contract.level]
    )


def next_day(city: City, benefit: str, at: datetime.datetime) -> datetime.date | None:
    """On which the period after that of `at` begins, where the partnership still runs then.

    None also where what it brings is booked ahead.
    """
    return next(_days_ahead(city, benefit, at, periods=1), None)


def _days_ahead(
    city: City, benefit: str, at: datetime.datetime, *, periods: int
) -> Iterator[datetime.date]:
    """On which those of the next periods begin of which something is left."""
    contract = contracts_at(at, [city.pk]).get(city.pk)
    rows = allowances_at(at)[contract.level] if contract else []
    for per in [row.per for row in rows if row.benefit_id == benefit]:
        period = contract.period(per)
        for _ahead in range(periods):
            period = contract.period(per, period.ends_on)
            begins = midnight(period.starts_on, city.time_zone)
            if contract.begins(period) and not is_none_left(city, begins, benefit):
                yield period.starts_on


def first_bookable(wanting: Collection[Remedy], now: datetime.datetime) -> datetime.datetime | None:
    """Where each of these cities has no session left: when the first of them has one again."""
    if not all(each.ways for each in wanting):
        return None
    days = [
        midnight(day, each.city.time_zone)
        for each in wanting
        for day in _days_ahead(each.city, units.SESSION, now, periods=_A_YEAR[Per.QUARTER])
    ]
    return min(days, default=None)


def first_for_move(session: Session, now: datetime.datetime) -> datetime.datetime | None:
    """Where the running period has none left, a session whose unit is of one to come stays in that."""
    if session.hold is None or session.hold.account.begins_at <= now:
        return None
    return session.hold.account.begins_at if is_none_left(session.city, now) else None


def _next(city: City, benefit: str, at: datetime.datetime) -> list[Way]:
    day = next_day(city, benefit, at)
    if day is None:
        return []
    text = _("The next one comes on %(day)s. What takes place from then on can be booked today.")
    return [Way(text % {"day": date_format(day, "j F Y")})]


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
