"""Tables that leave the house as CSV or as a workbook. Every such file of the house is written here.

A cell that begins like a formula would be one in whatever opens the file: it goes out as text, behind an
apostrophe, in both forms, since a workbook may be saved as CSV by who receives it.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.cache import patch_cache_control

from house.ground.text import clean

Cell = str | int | float | bool | datetime.date | datetime.datetime | None
Row = Sequence[Cell]

# Also in their wide forms, which some spreadsheets read alike, and behind what they skip.
_FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@\t\r\n|%＝＋－＠]")
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMS = tuple(_TYPES)


def safe(cell: Cell) -> Cell:
    """The cell as it may go out: numbers and dates as they are, text that no program will run."""
    if not isinstance(cell, str):
        return cell
    told = clean(cell)  # which may lay bare what stood behind a control character
    return f"'{told}" if _FORMULA.match(cell) or _FORMULA.match(told) else told


def table_response(form: str, name: str, head: Sequence[str], rows: Iterable[Row]) -> HttpResponse:
    """A download of the rows, made now for who asks: nothing is stored, no cache keeps it.

    `form` is one of `FORMS`; `name` has no ending. The rows have come through a door.
    """
    body = (csv_of if form == "csv" else xlsx_of)(head, rows)
    response = HttpResponse(body, content_type=_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


def csv_of(head: Sequence[str], rows: Iterable[Row]) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([safe(label) for label in head])
    for row in rows:
        writer.writerow([_told(safe(cell)) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _told(cell: Cell) -> Any:
    if isinstance(cell, datetime.datetime):
        return cell.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return "" if cell is None else cell


def xlsx_of(head: Sequence[str], rows: Iterable[Row]) -> bytes:
    """One sheet, its first row held in place. Text is written as text: never a formula or a link."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, {**options, "remove_timezone": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.freeze_panes(1, 0)
        for column, label in enumerate(head):
            sheet.write_string(0, column, str(safe(label)), bold)
        sheet.set_column(0, max(len(head) - 1, 0), 18)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(map(safe, row)):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif isinstance(cell, datetime.datetime):
                    utc = cell.astimezone(datetime.UTC)
                    sheet.write_datetime(number, column, utc, moment)
                elif isinstance(cell, datetime.date):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, bool):
                    sheet.write_boolean(number, column, cell)
                elif cell is not None:
                    sheet.write_number(number, column, cell)
    return out.getvalue()
