"""Why a file that somebody brought can't be taken: raised by whoever reads it, said by whoever asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was put right while reading, as a code with its facts."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class Unreadable(Exception):  # noqa: N818 -- reads as what happened; becomes a sentence or a Refusal
    """Raised inside a reader where the whole file (or document) can't be taken."""

    def __init__(self, code: str, *, line: int = 0, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.facts = facts
