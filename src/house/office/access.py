from django.db.models import Q
from django.utils import timezone

from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer


class PeopleActPolicy(Policy):
    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if viewer.can("office.people") else NOTHING


class RevealPolicy(Policy):
    """Who may take part sees that it was asked; the author sees what the office did with her name."""

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("office.reveal"):
            return EVERYTHING
        if viewer.person_id is None:
            return NOTHING
        over = Q(agreed_at__isnull=False) | Q(refused_at__isnull=False)
        return Q(author_id=viewer.person_id) & (over | Q(lapses_at__lte=timezone.now()))
