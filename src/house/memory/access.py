from django.db.models import Q

from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer


class PeerQuestionPolicy(Policy):
    """Its asker and the office; a room that puts it to peers makes its own thing with its own door."""

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.is_office:
            return EVERYTHING
        return Q(asker_id=viewer.person_id) if viewer.person_id is not None else NOTHING
