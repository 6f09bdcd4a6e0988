"""What a seat has asked the foundation for: its part of the brief."""

from django.urls import reverse
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.partners.briefs import Line, Section
from house.partners.models import Hold, Seat


def tell(seat: Seat, viewer: Viewer) -> list[Section]:
    waiting = Hold.objects.visible_to(viewer).waiting().filter(seat=seat).for_lists()
    lines = [
        Line(
            hold.account.benefit.name,
            f"{reverse('partners:partnership')}#benefits",
            note=hold.what_for,
        )
        for hold in waiting
    ]
    return [Section("coming", _("what was asked of the foundation"), lines)]
