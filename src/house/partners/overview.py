"""What a city's own page says of its partnership, in words. The caller has let the reader in."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from house.access.capabilities import CAPABILITIES
from house.access.viewer import Viewer
from house.partners.ledger import Balance
from house.partners.models import (
    RANK,
    Hold,
    Invitation,
    Level,
    Partnership,
    PartnershipChange,
    RightException,
    Seat,
    Tenure,
)
from house.partners.rights import cells, ruling_table
from house.people.models import Person


@dataclass(frozen=True, slots=True)
class Right:
    """One capability as a city's members have it. `levels` are those that would add it."""

    name: str
    told: str | Promise
    allowed: bool
    levels: tuple[str, ...] = ()
    exception: RightException | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A seat with who holds it; `person_url` is empty where the reader may not open her profile."""

    seat: Seat
    since: datetime.datetime | None
    person_url: str
    invitation: Invitation | None = None
    last: Tenure | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    on: datetime.date
    what: str
    note: str = ""


def partnership_of(city_id: str) -> Partnership | None:
    """The one that runs, else the last one that ran."""
    # every row: who is a partner is public; the newest counts where one renewed the other
    found = Partnership.objects.with_level().select_related("city").filter(city=city_id)
    return found.running().order_by("-starts_on").first() or found.order_by("-starts_on").first()


def rights_of(level: str, exceptions: list[RightException]) -> list[Right]:
    """What members of a city at this level may do; what no level brings is not mentioned."""
    table = cells(ruling_table())
    special = {each.capability: each for each in exceptions}
    found = []
    for name, capability in CAPABILITIES.items():
        levels = [each for each in Level.values if name in table[each]]
        exception = special.get(name)
        if capability.is_hidden or not (levels or exception):
            continue
        by_level = level in levels
        more = tuple(str(Level(each).label) for each in levels if RANK[each] > RANK[level])
        allowed = exception.is_granted if exception else by_level
        found.append(Right(name, capability.told, allowed, () if by_level else more, exception))
    return found


def exceptions_of(city_id: str, viewer: Viewer) -> list[RightException]:
    found = RightException.objects.visible_to(viewer).in_force().filter(city=city_id)
    return list(found.order_by("ends_on", "pk"))


def changes_of(partnership: Partnership, viewer: Viewer) -> list[PartnershipChange]:
    """What happened and what is planned, newest first."""
    found = PartnershipChange.objects.visible_to(viewer).filter(
        partnership=partnership, withdrawn_at=None
    )
    return list(found.select_related("partnership"))


def places_of(partnership: Partnership, viewer: Viewer) -> list[Place]:
    """Every seat with its holder, its term and its invitation, in a fixed number of queries."""
    seats = list(
        Seat.objects.visible_to(viewer)
        .filter(partnership=partnership)
        .select_related("person", "partnership")
        .order_by("team", "pk")
    )
    last: dict[int, Tenure] = {}
    for term in (
        Tenure.objects.visible_to(viewer)
        .filter(seat__in=[seat.pk for seat in seats])
        .select_related("person")
        .order_by("began_at", "pk")
    ):
        last[term.seat_id] = term
    invited = {
        each.seat_id: each
        for each in Invitation.objects.visible_to(viewer).unanswered().filter(seat__in=seats)
    }
    shown = set(
        Person.objects.visible_to(viewer)
        .filter(pk__in=[seat.person_id for seat in seats if seat.person_id])
        .values_list("pk", flat=True)
    )
    return [
        Place(
            seat,
            _since(seat, last.get(seat.pk)),
            seat.person.get_absolute_url() if seat.person and seat.person.pk in shown else "",
            invited.get(seat.pk),
            last.get(seat.pk),
        )
        for seat in seats
    ]


def _since(seat: Seat, last: Tenure | None) -> datetime.datetime | None:
    is_hers = last is not None and last.ended_at is None and last.person_id == seat.person_id
    return last.began_at if is_hers and last else None


def decided_of(city_id: str, viewer: Viewer) -> list[Hold]:
    """What the foundation or the city decided of what was asked for, in the last year, newest first."""
    year = timezone.now() - datetime.timedelta(days=365)
    found = Hold.objects.visible_to(viewer).filter(account__city=city_id, decided_at__gte=year)
    return list(found.for_lists().order_by("-decided_at")[:20])


def endings_of(
    partnership: Partnership,
    balances: list[Balance],
    exceptions: list[RightException],
    changes: list[PartnershipChange],
    places: list[Place],
) -> list[Ending]:
    """What ends, runs out or changes when; the soonest first."""
    today = timezone.now().date()
    found = [
        Ending(
            each.period.last_day,
            _("%(left)s unused: %(benefit)s") % {"left": each.left, "benefit": each.benefit.name},
            _("What is left after this day runs out."),
        )
        for each in balances
        if each.left
    ]
    if partnership.ends_on:
        found.append(Ending(partnership.ends_on, _("The partnership")))
        if partnership.last_day and partnership.last_day > partnership.ends_on:
            found.append(
                Ending(partnership.last_day, _("Its grace"), _("Then everything inside closes."))
            )
    for exception in exceptions:
        told = CAPABILITIES[exception.capability].told
        what = (
            _("An exception: you may %(told)s")
            if exception.is_granted
            else _("An exception: you may not %(told)s")
        )
        found.append(Ending(exception.ends_on, what % {"told": told}, exception.reason))
    found += [
        Ending(each.effective_on, told_change(each), each.reason)
        for each in changes
        if each.effective_on > today
    ]
    found += [
        Ending(
            timezone.localdate(place.invitation.expires_at),
            _("The invitation to %(name)s") % {"name": place.invitation.name},
        )
        for place in places
        if place.invitation and place.invitation.expires_at
    ]
    return sorted(found, key=lambda each: each.on)


def told_change(change: PartnershipChange) -> str:
    if change.act == PartnershipChange.Act.LEVEL and change.level:
        return _("Level changes to %(level)s") % {"level": change.get_level_display()}
    return str(change.get_act_display())


def facts_in_words(partnership: Partnership) -> dict[str, Any]:
    """How it stands today: for the opening lines of the page."""
    today = timezone.now().date()
    ends, last = partnership.ends_on, partnership.last_day
    return {
        "level": Level(partnership.level_now).label,  # type: ignore[attr-defined] # `with_level`
        "is_over": last is not None and last < today,
        "is_in_grace": ends is not None and ends < today and last is not None and last >= today,
        "is_to_come": partnership.starts_on > today,
    }
