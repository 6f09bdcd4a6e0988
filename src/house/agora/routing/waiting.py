"""What waits for an answer, for the office: by age, with how far it has come on its way to people."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from house.access.viewer import Viewer
from house.agora.models import Kind, Post, State
from house.agora.models.routing import Invitation, Route

MOST = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    post: Post
    route: Route | None
    invitations: list[Invitation]

    @property
    def told(self) -> str:
        """Where it stands, without whom it was put to."""
        if self.route is None:
            return _("Put to nobody yet")
        if self.route.state == Route.State.STUCK:
            return _("Nobody is left to ask")
        if self.route.state == Route.State.EXPERT:
            return _("An expert is asked")
        count = len(self.invitations)
        return ngettext("%(count)d person asked", "%(count)d people asked", count) % {
            "count": count
        }


def unanswered(viewer: Viewer, *, most: int = MOST) -> list[Waiting]:
    """Open questions and struggles without an answer, the oldest first, in three queries."""
    posts = list(
        Post.objects.visible_to(viewer)
        .published()
        .with_counts()
        .filter(state=State.OPEN, kind__in=[Kind.QUESTION, Kind.STRUGGLE], answer_count=0)
        .order_by("published_at", "code")[:most]
    )
    routes = {row.post_id: row for row in Route.objects.visible_to(viewer).filter(post__in=posts)}
    asked: dict[int, list[Invitation]] = defaultdict(list)
    for row in Invitation.objects.visible_to(viewer).filter(post__in=posts):
        asked[row.post_id].append(row)
    return [Waiting(post, routes.get(post.pk), asked[post.pk]) for post in posts]
