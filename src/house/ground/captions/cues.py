from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from house.ground.text import clean, one_line
from house.ground.unreadable import Note


@dataclass(frozen=True, slots=True)
class Cue:
    """What one voice says from `start` to `end`, in seconds."""

    start: float
    end: float
    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A transcript as its file told it. `about`: the title, id, url and licence that it named."""

    cues: tuple[Cue, ...]
    notes: tuple[Note, ...] = ()
    language: str = ""
    about: Mapping[str, str] = field(default_factory=dict)


def tidy_cue(cue: Mapping[str, Any]) -> dict[str, Any]:
    """One cue as the house keeps it: seconds to the thousandth, an end not before its start, clean words."""
    start = float(cue["start"])
    return {
        "start": round(start, 3),
        "end": round(max(start, float(cue.get("end") or start)), 3),
        "speaker": one_line(str(cue.get("speaker") or ""))[:120],
        "text": clean(str(cue.get("text") or "")).strip(),
    }


def moment_anchor(second: float) -> str:
    """The anchor of a line of a transcript, in the form of a media fragment: "t=12.5"."""
    told = f"{float(second):.3f}".rstrip("0").rstrip(".")
    return f"t={told}"
