from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.retrieval.suggestions import suggest


def offered(words: str, viewer: Viewer) -> list[dict[str, str]]:
    """Suggestions as the question field reads them."""
    kinds = {"topic": _("Topic"), "title": _("Entry")}
    return [
        {"label": one.text, "kind": kinds.get(one.kind, ""), "url": one.url}
        for one in suggest(words, viewer=viewer, limit=6)
    ]
