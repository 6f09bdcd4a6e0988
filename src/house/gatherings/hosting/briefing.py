"""What a seat owes for gatherings that its city hosts, and what is planned in a city."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.gatherings.models.hosting import HostingOffer, HostingTask, OfferState, Side
from house.partners.briefs import Line, Section
from house.partners.models import Partnership, Seat
from house.partners.planned import Planned


def tell(seat: Seat, viewer: Viewer) -> list[Section]:
    """Tasks of whoever sits there, and offers of the city that wait or are accepted."""
    city = seat.partnership.city_id
    offers = HostingOffer.objects.visible_to(viewer).filter(city=city)
    coming = offers.filter(state__in=[OfferState.WAITING, OfferState.ASKED, OfferState.ACCEPTED])
    tasks = (
        HostingTask.objects.visible_to(viewer)
        .open()
        .filter(offer__city=city, side=Side.CITY, owner=seat.person_id, owner__isnull=False)
        .filter(offer__state=OfferState.ACCEPTED)
        .select_related("offer")
    )
    return [
        Section(
            "owes",
            _("tasks for gatherings that the city hosts"),
            [
                Line(task.title, task.offer.get_absolute_url(), task.due_on, task.offer.title)
                for task in tasks
            ],
        ),
        Section(
            "coming",
            _("gatherings that the city offers to host"),
            [
                Line(
                    offer.title,
                    offer.get_absolute_url(),
                    offer.starts_on,
                    str(offer.get_state_display()),
                )
                for offer in coming.order_by("starts_on", "pk")
            ],
        ),
    ]


def planned(partnership: Partnership, day: datetime.date) -> Iterator[Planned]:
    # every row: of the city whose partnership is looked at by who may change it
    offers = HostingOffer.objects.filter(
        city=partnership.city_id,
        ends_on__gte=day,
        state__in=[OfferState.WAITING, OfferState.ASKED, OfferState.ACCEPTED],
    )
    for offer in offers.order_by("starts_on", "pk"):
        yield Planned(
            _("Hosts: %(title)s") % {"title": offer.title},
            max(offer.starts_on, day),
            "gatherings.host",
            offer.get_absolute_url(),
        )
