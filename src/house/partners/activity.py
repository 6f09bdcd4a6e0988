"""When a city last gave a sign of life. Each room that sees cities act registers how it finds out.

A source takes the codes of cities and gives the last moment of each that it knows of, in a constant
number of queries. It tells moments alone: neither who it was nor what she did.
"""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from house.access.viewer import Viewer
from house.partners.models import Hold, Partnership, Seat

Source = Callable[[Collection[str]], dict[str, datetime.datetime]]

_sources: dict[str, tuple[str | Promise, Source]] = {}


def register(name: str, label: str | Promise, source: Source) -> None:
    """`label` says what the sign was, such as "Sign-in". Registering a name again replaces its source."""
    _sources[name] = (label, source)


@dataclass(frozen=True, slots=True)
class Sign:
    at: datetime.datetime
    what: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """A running partnership whose city has given no sign for a while; `last` is None where it never did."""

    partnership: Partnership
    last: Sign | None
    days: int


def last_signs(cities: Collection[str]) -> dict[str, Sign]:
    """The latest sign of each city, whichever room saw it."""
    found: dict[str, Sign] = {}
    for label, source in _sources.values():
        for city, at in source(cities).items():
            if city not in found or at > found[city].at:
                found[city] = Sign(at, str(label))
    return found


def quiet_cities(viewer: Viewer, *, days: int, at: datetime.datetime | None = None) -> list[Quiet]:
    """The longest quiet first. A city that has just joined has its first days to come in."""
    at = at or timezone.now()
    running = list(
        Partnership.objects.visible_to(viewer)
        .running(at.date())
        .with_level(at.date())
        .select_related("city")
    )
    signs = last_signs({each.city_id for each in running})
    found = []
    for each in running:
        last = signs.get(each.city_id)
        since = last.at.date() if last else each.starts_on
        if (silent := (at.date() - since).days) >= days:
            found.append(Quiet(each, last, silent))
    return sorted(found, key=lambda quiet: (-quiet.days, quiet.partnership.city.name))


def signed_in(cities: Collection[str]) -> dict[str, datetime.datetime]:
    # every row: a moment for a whole city names nobody
    rows = Seat.objects.filter(partnership__city__in=cities, person__last_login__isnull=False)
    latest = rows.order_by().values("partnership__city").annotate(last=Max("person__last_login"))
    return dict(latest.values_list("partnership__city", "last"))


def asked(cities: Collection[str]) -> dict[str, datetime.datetime]:
    # every row: as above
    rows = Hold.objects.filter(account__city__in=cities, person__isnull=False)
    latest = rows.order_by().values("account__city").annotate(last=Max("asked_at"))
    return dict(latest.values_list("account__city", "last"))


register("sign-in", _("Sign-in"), signed_in)
register("benefit", _("Asked for a benefit"), asked)
