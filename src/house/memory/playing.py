"""Sound and film that a room keeps: another page of the house plays it for whoever may hear it there.

So ALEX holds no copy of what people may take back: the room is asked at each reading.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from house.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Played:
    url: str
    media_type: str


# The path of a page about a recording → what is played; None for other pages and what is closed to her.
Find = Callable[[str, Viewer], Played | None]
_finders: list[Find] = []


def register(find: Find) -> None:
    if find not in _finders:
        _finders.append(find)


def played(url: str, viewer: Viewer) -> Played | None:
    """What stands behind an address of this house, for her; None for an address elsewhere."""
    path = url.removeprefix(settings.BASE_URL)
    if path == url or not path.startswith("/"):
        return None
    return next((found for find in _finders if (found := find(path, viewer))), None)
