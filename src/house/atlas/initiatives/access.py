"""Who sees what of the map. Everybody sees what is shown; the rest is for those who look after the atlas."""

from django.db.models import Model, Q

from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer
from house.atlas.initiatives.models import State

CURATE = "atlas.curate"


class InitiativePolicy(Policy):
    acts = frozenset({"edit"})

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if viewer.can(CURATE) else Q(state=State.SHOWN)

    def may_edit(self, viewer: Viewer, thing: Model) -> bool:
        return viewer.can(CURATE)


class LayerPolicy(Policy):
    acts = frozenset({"edit"})

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if viewer.can(CURATE) else Q(is_public=True)

    def may_edit(self, viewer: Viewer, thing: Model) -> bool:
        return viewer.can(CURATE)


class InsidePolicy(Policy):
    """Suggestions, imports and answers: only for who looks after the atlas."""

    acts = frozenset({"decide"})

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if viewer.can(CURATE) else NOTHING

    def may_decide(self, viewer: Viewer, thing: Model) -> bool:
        return viewer.can(CURATE)
