"""What every reader gives back: documents in one shape, or a reason why there is none.

No Django models here: readers know files, `saving` knows the room.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from house.ground.captions.cues import Cue
from house.ground.unreadable import Note


@dataclass(frozen=True, slots=True)
class Section:
    """One piece of a document's text. Pieces that carry an `external_id` stay whole in the index."""

    text: str
    heading: str = ""
    external_id: str = ""
    html: str = ""
    language: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from and on what terms."""

    label: str
    url: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One document, ready to become an entry.

    `source_id` is the same whenever the same document is read again. `facts` holds template
    fields by their key, `notes` what was put right on the way in, as codes of `reasons`.
    """

    source_id: str
    title: str
    file: str
    line: int = 0
    kind: str = ""
    language: str = ""
    place: str = ""
    summary: str = ""
    outcome: str = ""
    topics: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    cues: tuple[Cue, ...] = ()
    origins: tuple[Origin, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @property
    def size(self) -> int:
        """How many pieces of text: what the progress bar counts."""
        return len(self.sections) or len(self.cues)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was not taken: which file, which line (0: all of it), and why."""

    file: str
    code: str
    line: int = 0
    source_id: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
