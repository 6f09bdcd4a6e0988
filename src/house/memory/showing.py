"""What a city may begin a showcase with: its own entries of the lexicon, told by the room that keeps them.

Whoever shows something to the world hands over a viewer and gets texts; it never learns who wrote them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from house.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Beginning:
    """An entry as a starting point. `text` is safe HTML, empty in lists."""

    key: int
    slug: str
    title: str
    summary: str
    city: str
    language: str
    topics: tuple[str, ...] = ()
    text: str = ""
    # Not everybody may read the entry: what is copied from it, everybody may.
    is_public: bool = True


class Shelf(Protocol):
    """The room that keeps the lexicon."""

    def offered(self, viewer: Viewer) -> list[Beginning]:
        """Entries of her cities that name the city, public or in her own hands; the newest first."""

    def open(self, viewer: Viewer, slug: str) -> Beginning | None:
        """One of these with its text, or None."""

    def links(self, keys: Sequence[int], viewer: Viewer) -> dict[int, Beginning]:
        """Of these, what the viewer may read and what names its city: where a showcase may lead back to."""


_shelf: list[Shelf] = []


def register(shelf: Shelf) -> None:
    """The room that keeps the lexicon calls this once, in `apps.py`."""
    _shelf[:] = [shelf]


def shelf() -> Shelf:
    return _shelf[0]
