"""A readable difference between two texts: word by word inside blocks that belong together.

Works on the words and not on the markup, so what is shown can be nothing but text: every piece is
escaped where it becomes HTML, and no tag of either side survives.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from typing import Any, Literal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from house.alex.content import Content, is_empty
from house.alex.kinds import KINDS, Field
from house.alex.parts import clause_line
from house.ground.html import to_text
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


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """What changed under one heading. `blocks` hold the unchanged ones too, for reading in context."""

    key: str
    label: str
    blocks: tuple[Block, ...]

    @property
    def words_added(self) -> int:
        return self._count("added")

    @property
    def words_removed(self) -> int:
        return self._count("removed")

    def _count(self, change: Change) -> int:
        return sum(
            len(piece.text.split())
            for block in self.blocks
            for piece in block.pieces
            if piece.change == change
        )


def difference(kind: str, old: Content, new: Content) -> list[FieldDifference]:
    """What changed from the old text to the new, in the order of the page. Equal texts give nothing."""
    found = []
    for key, label, before, after in _pairs(kind, old, new):
        if before != after:
            found.append(FieldDifference(key, label, tuple(_blocks(before, after))))
    return found


def _pairs(
    kind: str, old: Content, new: Content
) -> Iterable[tuple[str, str, list[str], list[str]]]:
    for key, label in _COMMON_FIRST:
        yield key, str(label), _lines(old.get(key)), _lines(new.get(key))
    for field in KINDS[kind].fields:
        before, after = (_told(field, side["fields"].get(field.key)) for side in (old, new))
        yield field.key, str(field.label), before, after
    yield "sections", str(_("Text")), _section_lines(old), _section_lines(new)
    for key, label in _COMMON_LAST:
        yield key, str(label), _lines(old.get(key)), _lines(new.get(key))


_COMMON_FIRST = (
    ("title", _("Title")), ("summary", _("Summary")), ("outcome", _("Outcome")), ("outcome_why", _("Why")),
    ("outcome_evidence", _("Evidence of the outcome")),
)  # fmt: skip
_COMMON_LAST = (
    ("language", _("Language")), ("topics", _("Topics")), ("places", _("Places")), ("period_from", _("From")),
    ("period_until", _("Until")), ("sources", _("Sources")), ("attachments", _("Files")),
    ("licence", _("Licence")),
)  # fmt: skip


def _told(field: Field, value: Any) -> list[str]:
    if is_empty(value):
        return []
    match field.type:
        case "rich":
            return _text_lines(to_text(value))
        case "clauses":
            return [clause_line(row) for row in value]
        case "choice":
            return [str(field.choice_label(value))]
        case _:
            return _lines(value)


def _lines(value: Any) -> list[str]:
    """Anything else of a content, as lines a person can compare."""
    if is_empty(value):
        return []
    if isinstance(value, dict):
        return [" · ".join(one_line(str(each)) for each in value.values() if each != "")]
    if isinstance(value, list | tuple):
        return [line for each in value for line in _lines(each)]
    return _text_lines(str(value))


def _text_lines(text: str) -> list[str]:
    return [line for each in text.splitlines() if (line := one_line(each))]


def _section_lines(content: Content) -> list[str]:
    lines: list[str] = []
    for row in content["sections"]:
        lines += _text_lines(row.get("heading", ""))
        lines += _text_lines(to_text(row["html"]) if "html" in row else row.get("text", ""))
    return lines


def _blocks(before: Sequence[str], after: Sequence[str]) -> Iterable[Block]:
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
