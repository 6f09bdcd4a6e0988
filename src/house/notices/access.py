from django.db.models import Q

from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer


class MailPolicy(Policy):
    """Who looks after mail sees that it was sent and how it went. Nobody sees what it said: it isn't kept."""

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if viewer.can("office.work") else NOTHING
