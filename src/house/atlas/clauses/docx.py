"""The comparison as a Word document: its table with a heading row on every page, then the official texts."""

import datetime
import io
from typing import Any

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from house.atlas.clauses.kinds import Field
from house.atlas.clauses.queries import Board, Cell
from house.atlas.clauses.words import verdict_label
from house.ground.text import clean
from house.vocabulary.languages import RIGHT_TO_LEFT

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx_response(board: Board, *, address: str, today: datetime.date) -> HttpResponse:
    """A download made now for who asks: nothing is stored, no cache keeps it."""
    response = HttpResponse(docx_of(board, address=address, today=today), content_type=TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="rules-{board.field}.docx"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


def docx_of(board: Board, *, address: str, today: datetime.date) -> bytes:
    made = Document()
    title = _("Rules compared: %(field)s") % {"field": Field(board.field).label}
    _prepare(made, title, today)
    made.add_heading(title, level=1)
    made.add_paragraph(", ".join(city.label() for city in board.cities))
    made.add_paragraph(
        _("Taken on %(day)s from %(address)s")
        % {"day": date_format(today, "j F Y"), "address": address}
    )
    made.add_paragraph(
        _("“Unknown” means that no text has been read that answers the question. It is not a no.")
    )
    _sources(made, _table(made, board))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _prepare(made: Any, title: str, today: datetime.date) -> None:
    """A4 on its side, in the reader's language, without the template's author and its day of 2013."""
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(18)
    made.styles["Normal"].font.size = Pt(9.5)
    facts = made.core_properties
    facts.title, facts.language = title, get_language() or "en"
    facts.author, facts.comments = "", ""
    facts.created = facts.modified = datetime.datetime.combine(today, datetime.time())


def _table(made: Any, board: Board) -> list[Cell]:
    """Writes the table; gives the cells that have a source, in the order of their numbers."""
    table = made.add_table(rows=1, cols=len(board.cities) + 2, style="Table Grid")
    labels = [_("Rule"), *(city.label() for city in board.cities), _("Compared")]
    for place, label in zip(table.rows[0].cells, labels, strict=True):
        place.paragraphs[0].add_run(label).bold = True
    _repeat(table.rows[0])
    sourced: list[Cell] = []
    for row in board.rows:
        places = table.add_row().cells
        places[0].paragraphs[0].add_run(str(row.kind.label)).bold = True
        places[0].add_paragraph(str(row.kind.question))
        for place, cell in zip(places[1:-1], row.cells, strict=True):
            if cell.told is not None:
                sourced.append(cell)
            _answer(place, cell, len(sourced))
        places[-1].paragraphs[0].add_run(verdict_label(row.verdict))
    return sourced


def _answer(place: Any, cell: Cell, number: int) -> None:
    paragraph = place.paragraphs[0]
    run = paragraph.add_run(clean(cell.words))
    if cell.told is None:
        run.italic = True
        return
    paragraph.add_run(f" [{number}]").font.superscript = True
    if cell.told.note:
        place.add_paragraph(clean(cell.told.note))
    if cell.told.valid_from:
        day = date_format(cell.told.valid_from, "j F Y")
        place.add_paragraph(_("In force from %(day)s") % {"day": day})


def _sources(made: Any, cells: list[Cell]) -> None:
    if not cells:
        return
    made.add_heading(_("Official texts"), level=2)
    for number, cell in enumerate(cells, start=1):
        told = cell.told
        if told is None or cell.clause is None:
            continue
        lead = made.add_paragraph()
        lead.add_run(f"[{number}] {cell.city.label()}, {cell.clause.kind.label}. ").bold = True
        lead.add_run(f"{clean(told.source_title)}. {told.source_url}")
        if cell.clause.is_demonstration:
            lead.add_run(" " + _("(demonstration)"))
        _in_language(made.add_paragraph().add_run(clean(told.quote)), told.quote_language)


def _repeat(row: Any) -> None:
    """The heading row stands again on each page, and screen readers know it as one."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 -- python-docx has no public way


def _in_language(run: Any, language: str) -> None:
    facts = run._r.get_or_add_rPr()  # noqa: SLF001 -- python-docx has no public way
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT:
        facts.append(OxmlElement("w:rtl"))
        mark.set(qn("w:bidi"), language)
    facts.append(mark)
