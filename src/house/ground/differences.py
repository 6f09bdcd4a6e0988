"""A readable difference between two texts: word by word inside blocks that belong together.

Works on the words and not on the markup, so what is shown can be nothing but text: every piece is
escaped where it becomes HTML, and no tag of either side survives.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from typing import Literal

from django.utils.safestring import SafeString, mark_safe

from house.ground.text import one_line

Change = Literal["same", "added", "removed"]
_ENOUGH_ALIKE = 0.45  # two blocks that share less are shown as one gone and one new
_NEAR = 20  # how many lines ahead a partner is looked for
_LONG = 3000  # words; beyond this a block is compared as lines, not to stall a page
_TOKEN = re.compile(r"\s+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|\w+|[^\w\s]")
_TAGS: dict[Change, str] = {"added": "ins", "removed": "del"}


@dataclass(frozen=True, slots=True)
class Piece:
    change: Change
    text: str

    @property
    def html(self) -> SafeString:
        told = escape(self.text)
        tag = _TAGS.get(self.change)
        return mark_safe(f"<{tag}>{told}</{tag}>" if tag else told)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item or table row. `change` is "changed" when only some of its words are."""

    change: Change | Literal["changed"]
    pieces: tuple[Piece, ...]

    @property
    def html(self) -> SafeString:
        return mark_safe("".join(piece.html for piece in self.pieces))


def lines_of(text: str) -> list[str]:
    """The lines that say something, each on one line."""
    return [line for each in text.splitlines() if (line := one_line(each))]


def blocks(before: Sequence[str], after: Sequence[str]) -> Iterable[Block]:
    """What changed from lines to lines; the unchanged ones stand between, for reading in context."""
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, i, j, k, n in matcher.get_opcodes():
        if tag == "equal":
            yield from (Block("same", (Piece("same", line),)) for line in after[k:n])
        else:
            yield from _replaced(before[i:j], after[k:n])


def _replaced(gone: Sequence[str], come: Sequence[str]) -> Iterable[Block]:
    """Pair each new line with the old one it grew from, in order; what finds no partner is gone or new."""
    rest = list(gone)
    for line in come:
        partner = next((at for at, other in enumerate(rest[:_NEAR]) if _alike(other, line)), None)
        if partner is None:
            yield Block("added", (Piece("added", line),))
            continue
        yield from (Block("removed", (Piece("removed", each),)) for each in rest[:partner])
        yield Block("changed", tuple(_pieces(rest[partner], line)))
        rest = rest[partner + 1 :]
    yield from (Block("removed", (Piece("removed", each),)) for each in rest)


def _alike(one: str, other: str) -> bool:
    first, second = set(one.casefold().split()), set(other.casefold().split())
    shared = len(first & second)
    if 2 * shared / (len(first) + len(second)) >= _ENOUGH_ALIKE:
        return True
    matcher = SequenceMatcher(a=one[:400], b=other[:400], autojunk=False)
    return matcher.quick_ratio() >= _ENOUGH_ALIKE and matcher.ratio() >= _ENOUGH_ALIKE


def _pieces(before: str, after: str) -> list[Piece]:
    first, second = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(first) + len(second) > _LONG:
        return [Piece("removed", before), Piece("added", after)]
    pieces: list[Piece] = []
    for tag, i, j, k, n in SequenceMatcher(a=first, b=second, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(first[i:j])))
            continue
        if i < j:
            pieces.append(Piece("removed", "".join(first[i:j])))
        if k < n:
            pieces.append(Piece("added", "".join(second[k:n])))
    return pieces
