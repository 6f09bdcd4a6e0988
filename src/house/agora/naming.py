"""How somebody is named in a thread already, so that a second word does not undo the first."""

from house.access.candour import Candour
from house.access.viewer import Viewer
from house.agora.models import Answer, Comment, Post


def naming_in(post: Post, viewer: Viewer) -> dict[str, str]:
    """As in what hid her most there; who asked as in the post. Whoever comes new is named."""
    hides_first = [Candour.SEALED, Candour.DESCRIBED, Candour.CITY, Candour.PERSON]
    hers = {"post": post, "author_id": viewer.person_id}
    # every row: the writer's own words in a thread behind her door
    said = (model.objects.filter(**hers) for model in (Answer, Comment))
    own = [row for rows in said for row in rows.values_list("candour", "described_as")]
    if own:
        candour, described_as = min(own, key=lambda row: hides_first.index(Candour(row[0])))
        return {"candour": candour, "described_as": described_as}
    if post.author_id == viewer.person_id:
        return {"candour": post.candour, "described_as": post.described_as}
    return {"candour": Candour.PERSON.value, "described_as": ""}
