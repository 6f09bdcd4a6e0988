"""What a thing of the house says, so that words quoted from it can be looked up again.

A room registers in `apps.py`, for each of its routes at which quotable words stand, who can say what
stands there. A sayer begins with `visible_to(viewer)` and gives None for what that viewer does not find.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.urls import Resolver404, resolve

from house.access.viewer import Viewer

# The route of every address that isn't the house's own; its argument is `address`.
OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Saying:
    """`texts` are the plain words of each version that the viewer may read, the one in force first.

    `credit` is who says so, as candour names anybody now; where `is_hidden`, nothing else may be told of
    the author, and where not `names_persons`, her city may be named and she may not. `is_willing` is
    False while somebody whose consent a quote takes has not given it, or took it back; `title` is empty
    while it may not be told elsewhere.
    """

    title: str
    url: str
    texts: tuple[str, ...]
    credit: str = ""
    is_hidden: bool = False
    names_persons: bool = True
    is_willing: bool = True


Sayer = Callable[[Mapping[str, Any], Viewer], Saying | None]
_sayers: dict[str, Sayer] = {}


def register(route: str, sayer: Sayer) -> None:
    """`route` is the name of a URL with its namespace, or `OUTSIDE`. Registering again replaces."""
    _sayers[route] = sayer


def said_at(address: str, viewer: Viewer) -> Saying | None:
    """What stands at a path of the house (or at an address outside that a room keeps words of)."""
    if not address.startswith("/"):
        return _sayers[OUTSIDE]({"address": address}, viewer) if OUTSIDE in _sayers else None
    try:
        found = resolve(unquote(urlsplit(address).path))
    except Resolver404:
        return None
    sayer = _sayers.get(found.view_name)
    return sayer(found.kwargs, viewer) if sayer else None
