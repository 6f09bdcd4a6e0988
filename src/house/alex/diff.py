"""What changed between two texts of an entry, under the headings of its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from house.alex.content import Content, is_empty
from house.alex.kinds import KINDS, Field
from house.alex.parts import clause_line
from house.ground.differences import Block, Change, blocks, lines_of
from house.ground.html import to_text
from house.ground.text import one_line


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
            found.append(FieldDifference(key, label, tuple(blocks(before, after))))
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
            return lines_of(to_text(value))
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
    return lines_of(str(value))


def _section_lines(content: Content) -> list[str]:
    lines: list[str] = []
    for row in content["sections"]:
        lines += lines_of(row.get("heading", ""))
        lines += lines_of(to_text(row["html"]) if "html" in row else row.get("text", ""))
    return lines
