from django.db.models import Model, Q
from django.utils import timezone

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


class TablePolicy(Policy):
    """What each level may do is what cities compare before they join: public, once it is in force."""

    acts = frozenset({"edit"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("office.rights"):
            return EVERYTHING
        return Q(effective_from__lte=timezone.now(), withdrawn_at__isnull=True)

    def may_edit(self, viewer: Viewer, table: Model) -> bool:
        return viewer.can("office.rights")


class ChangePolicy(Policy):
    """What happened to a partnership and what is planned: its own city and the office."""

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("office.partnerships"):
            return EVERYTHING
        return Q(partnership__city__in=viewer.city_ids)


class ExceptionPolicy(Policy):
    """Those it concerns, and the office."""

    acts = frozenset({"revoke"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("office.rights"):
            return EVERYTHING
        seen = Q(city__in=viewer.city_ids)
        return seen | Q(person_id=viewer.person_id) if viewer.person_id else seen

    def may_revoke(self, viewer: Viewer, exception: Model) -> bool:
        return viewer.can("office.rights")
