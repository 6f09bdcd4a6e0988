"""Who may see and do what in the magazine. Each rule reads as one sentence of the room's README."""

from django.db.models import Model, Q

from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer
from house.magazine.models import Audience


def edits(viewer: Viewer) -> bool:
    return viewer.can("magazine.edit")


class IssuePolicy(Policy):
    """An issue that is out is seen by everybody; its articles have doors of their own."""

    acts = frozenset({"edit"})

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if edits(viewer) else Q(live=True)

    def may_edit(self, viewer: Viewer, issue: Model) -> bool:
        return edits(viewer)


class ArticlePolicy(Policy):
    """What is out: public articles and the sample by everybody, the rest by who may read the magazine."""

    acts = frozenset({"edit"})

    def seen_by(self, viewer: Viewer) -> Q:
        if edits(viewer):
            return EVERYTHING
        out = Q(live=True, issue__live=True)
        if viewer.can("magazine.read"):
            return out
        return out & (Q(audience=Audience.PUBLIC) | Q(issue__is_sample=True))

    def may_edit(self, viewer: Viewer, article: Model) -> bool:
        return edits(viewer)


class DeskPolicy(Policy):
    """Pictures, plans and steps of the review: the editors'."""

    acts = frozenset({"edit"})

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING if edits(viewer) else NOTHING

    def may_edit(self, viewer: Viewer, thing: Model) -> bool:
        return edits(viewer)
