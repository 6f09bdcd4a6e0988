"""What a thread's page says of who was asked, to the asker and to her who is asked; to others nothing."""

from dataclasses import dataclass, field

from house.access.viewer import Viewer
from house.agora.models import Post, State
from house.agora.models.routing import Invitation


@dataclass(frozen=True, slots=True)
class Asked:
    is_own: bool = False
    rows: list[tuple[str, str]] = field(default_factory=list)
    may_ask: bool = False
    invitation: Invitation | None = None


def asked_about(post: Post, viewer: Viewer) -> Asked:
    """In one query."""
    if viewer.person_id is None or post.is_draft:
        return Asked()
    if post.author_id != viewer.person_id:
        mine = Invitation.objects.visible_to(viewer).filter(
            post=post, person=viewer.person_id, state__in=Invitation.OPEN
        )
        return Asked(invitation=mine.first())
    rows = Invitation.objects.visible_to(viewer).filter(post=post).select_related("person")
    told = [(row.person.name, str(row.get_state_display())) for row in rows]
    may_ask = post.state == State.OPEN and not post.is_hidden and viewer.can("agora.write")
    return Asked(is_own=True, rows=told, may_ask=may_ask)
