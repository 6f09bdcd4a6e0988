"""Who sees that somebody was asked, and who may do what about it."""

from django.db.models import Model, Q

from house.access.policy import EVERYTHING, NOTHING, Policy
from house.access.viewer import Viewer
from house.agora.models import Post
from house.agora.models.routing import Invitation, Route, Willingness

# every row in this file: the doors themselves are made here


class RoutePolicy(Policy):
    """Who asked, and moderators."""

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("agora.moderate"):
            return EVERYTHING
        if viewer.person_id is None:
            return NOTHING
        return Q(post__in=Post.objects.filter(author=viewer.person_id))


class InvitationPolicy(RoutePolicy):
    """Also who is asked, and who passed it on to her. She answers for herself alone."""

    acts = frozenset({"answer"})

    def seen_by(self, viewer: Viewer) -> Q:
        if viewer.can("agora.moderate"):
            return EVERYTHING
        if viewer.person_id is None:
            return NOTHING
        hers = Q(person_id=viewer.person_id) | Q(passed_by_id=viewer.person_id)
        return hers | super().seen_by(viewer)

    def may_answer(self, viewer: Viewer, invitation: Model) -> bool:
        assert isinstance(invitation, Invitation)  # noqa: S101 -- the registry's promise, told to mypy
        return viewer.person_id is not None and invitation.person_id == viewer.person_id


class WillingnessPolicy(Policy):
    """Hers alone."""

    def seen_by(self, viewer: Viewer) -> Q:
        return Q(person_id=viewer.person_id) if viewer.person_id is not None else NOTHING


def rules() -> dict[type[Model], Policy]:
    return {
        Route: RoutePolicy(),
        Invitation: InvitationPolicy(),
        Willingness: WillingnessPolicy(),
    }
