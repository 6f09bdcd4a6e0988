"""Who sees what of the rules. Drafts are the curators'; a correction is its city's and theirs."""

from django.db.models import Model, Q

from house.access.audience import Audience
from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer
from house.atlas.clauses.models import Clause, State

CURATE, CORRECT = "atlas.curate", "atlas.correct"


def _open_to(viewer: Viewer) -> list[str]:
    return [token for token in (Audience.PUBLIC, Audience.ALLIANCE) if token in viewer.tokens]


class ClausePolicy(Policy):
    acts = frozenset({"edit"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can(CURATE):
            return EVERYTHING
        return Q(state=State.PUBLIC, audience__in=_open_to(viewer))

    def may_edit(self, viewer: Viewer, thing: Model) -> bool:
        return viewer.can(CURATE)


class VersionPolicy(Policy):
    """A reader of the clause sees what came out for her; what it said in a narrower time stays there."""

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can(CURATE):
            return EVERYTHING
        # every row: narrowed by the door itself in the same expression
        clauses = Clause.objects.visible_to(viewer).order_by()
        return Q(clause__in=clauses, audience__in=_open_to(viewer))


class CorrectionPolicy(Policy):
    acts = frozenset({"decide"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can(CURATE):
            return EVERYTHING
        if not viewer.is_member or not viewer.reads_inside:
            return NOTHING
        return Q(city_id__in=viewer.city_ids)

    def may_decide(self, viewer: Viewer, thing: Model) -> bool:
        return viewer.can(CURATE)
