from django.db.models import Q

from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer


class PartnershipPolicy(Policy):
    """Who is a partner, and at which level, is public."""

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING


class SeatPolicy(Policy):
    """Members and the foundation see who sits where."""

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if viewer.is_member or viewer.is_staff else NOTHING


class CirclePolicy(Policy):
    """A circle is known to those in it, and to the office."""

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if viewer.is_office else Q(pk__in=viewer.circle_ids)


class RightPolicy(Policy):
    """What each level may do is what cities compare before they join: public."""

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING
