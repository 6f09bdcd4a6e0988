from django.db.models import Q

from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer


class MailPolicy(Policy):
    """Who looks after mail sees that it was sent and how it went. Nobody sees what it said: it isn't kept."""

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if viewer.can("office.work") else NOTHING


class HappeningPolicy(Policy):
    """Nobody looks at happenings themselves: a notice tells, and the room's own door decides what."""


class LetterPolicy(Policy):
    """Who looks after mail sees what kinds of letters wait, how long and why; not what they are about."""

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if viewer.can("office.work") else NOTHING


class OwnPolicy(Policy):
    """A person's own notices, subscriptions and choices, for her alone."""

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(person_id=viewer.person_id) if viewer.person_id is not None else NOTHING
