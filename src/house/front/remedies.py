"""What a refusal offers: the nearest ways by which this viewer may still get there."""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from house.access.doors import may
from house.access.viewer import Viewer
from house.partners.models import Seat
from house.partners.viewing import seat_holders
from house.people.models import Person


class Way(NamedTuple):
    href: str
    label: str


def ways_on(viewer: Viewer, path: str = "") -> list[Way]:
    """The best first; at most one query. `path` is where she wanted to go, to come back after signing in."""
    return list(_ways(viewer, path))


def _ways(viewer: Viewer, path: str) -> Iterator[Way]:
    if viewer.person_id is None:
        back = f"?{urlencode({'next': path})}" if path else ""
        yield Way(f"{reverse('account_login')}{back}", _("Sign in"))
        yield Way(reverse("front:join"), _("Apply to join"))
        yield Way(reverse("front:levels"), _("Compare the levels"))
        return
    if not viewer.city_ids:
        if not viewer.capabilities:
            yield Way(reverse("partners:join"), _("Ask for a seat of your city"))
            yield Way(reverse("front:join"), _("Apply to join"))
            yield Way(reverse("front:levels"), _("Compare the levels"))
        return
    if (coordinator := _coordinator_for(viewer)) is not None:
        label = _("Ask %(name)s, who coordinates for your city") % {"name": coordinator.name}
        yield Way(reverse("people:write", args=[coordinator.code]), label)
    if viewer.can("partnership.read"):
        yield Way(reverse("partners:partnership"), _("See what your partnership includes"))
    yield Way(reverse("front:levels"), _("Compare the levels"))


def _coordinator_for(viewer: Viewer) -> Person | None:
    """A colleague who speaks for a city of hers and whom she may write to; nobody for who speaks herself."""
    if viewer.coordinates:
        return None
    seats = Seat.objects.visible_to(viewer).filter(
        partnership__city__in=viewer.city_ids,
        kind__in=[Seat.Kind.COORDINATOR, Seat.Kind.CONTACT],
        person__in=seat_holders(),
        person__is_active=True,
    )
    # A coordinator before a contact: the words sort so.
    seat = seats.select_related("person").order_by("-kind", "pk").first()
    if seat is None or seat.person is None or not may(viewer, "write", seat.person):
        return None
    return seat.person
