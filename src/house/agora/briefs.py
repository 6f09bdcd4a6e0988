"""What a successor must know of a seat: the threads that its holder began and that still wait."""

from django.utils.translation import gettext as _

from house.access.candour import names_city
from house.access.viewer import Viewer
from house.agora.models import Post, State
from house.partners.briefs import Line, Section
from house.partners.models import Seat

MOST = 20


def tell(seat: Seat, viewer: Viewer) -> list[Section]:
    """What hides its author is told to the holder alone: her colleagues must not learn of it here."""
    if seat.person_id is None:
        return []
    posts = Post.objects.visible_to(viewer).filter(author_id=seat.person_id, state=State.OPEN)
    lines = [
        Line(post.title, post.get_absolute_url(), note=str(post.get_kind_display()))
        for post in posts.order_by("-published_at")[:MOST]
        if names_city(post.candour) or viewer.person_id == seat.person_id
    ]
    return [Section("owes", _("Open threads in the Agora"), lines)] if lines else []
