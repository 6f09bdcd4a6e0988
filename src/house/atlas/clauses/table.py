"""The comparison as rows of a file: exactly the rows, cities and answers that the page shows."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _

from house.atlas.clauses.queries import Board, Cell, Row
from house.atlas.clauses.words import verdict_label
from house.ground.tables import Row as Line


def answer_label(cell: Cell) -> str:
    return {"yes": _("Yes"), "no": _("No")}.get(cell.answer, _("Unknown"))


def head() -> list[str]:
    return [
        _("Rule"), _("Question"), _("Compared"), _("City"), _("Answer"), _("In words"), _("Number"),
        _("Unit"), _("Date"), _("Note"), _("In force from"), _("In force until"), _("Official text"),
        _("Language"), _("Source"), _("Address of the source"), _("Checked on"), _("Demonstration"),
        _("Page"), _("Taken on"),
    ]  # fmt: skip


def lines(board: Board, *, address: str, today: datetime.date) -> Iterator[Line]:
    """One line for each question and city, so that a program can read it."""
    for row in board.rows:
        for cell in row.cells:
            yield _line(row, cell, address, today)


def _line(row: Row, cell: Cell, address: str, today: datetime.date) -> Line:
    start = (
        str(row.kind.label), str(row.kind.question), verdict_label(row.verdict), cell.city.label(),
        answer_label(cell), cell.words,
    )  # fmt: skip
    told, clause = cell.told, cell.clause
    if told is None or clause is None:
        return (*start, *[None] * 12, address, today)
    return (
        *start, float(told.value) if told.value is not None else None, told.unit, told.day, told.note,
        told.valid_from, told.valid_until, told.quote, told.quote_language, told.source_title,
        told.source_url, clause.checked_on, _("Yes") if clause.is_demonstration else _("No"),
        address, today,
    )  # fmt: skip
