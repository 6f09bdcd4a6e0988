"""What leaves as CSV or as a workbook runs nowhere."""

import csv
import datetime
import io
import zipfile

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import example, given
from hypothesis import strategies as st

from house.ground.tables import csv_of, safe, table_response, xlsx_of

STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    " =",
    "\u00a0=",
    "＝",
    "＋",
    "－",
    "＠",
    "|",
    "%",
    "\ufeff=",
]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_csv(body):
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


def read_xlsx(body):
    """The texts of the first sheet's cells, and the raw sheet."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        shared = fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(item.itertext()) for item in shared.iter(f"{MAIN}si")], sheet


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("rest", ["cmd|' /C calc'!A0", 'HYPERLINK("http://evil.example")', ""])
def test_hole_13_no_cell_is_a_formula(start, rest):
    cell = start + rest
    for row in read_csv(csv_of([cell], [[cell, "plain"]])):
        assert row[0].startswith("'")
    texts, sheet = read_xlsx(xlsx_of(["head"], [[cell, "plain"]]))
    assert "<f>" not in sheet
    assert [text[0] for text in texts] == ["h", "'", "p"]


@given(cell=st.text(max_size=20))
@example(cell="\x1b=1+1")
def test_hole_13_whatever_the_text_it_never_begins_like_a_formula(cell):
    told = safe(cell)
    assert not told.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_stay_numbers_and_dates_dates():
    moment = datetime.datetime(2026, 1, 31, 12, 30, tzinfo=datetime.UTC)
    row = ["Ghent", -3, 1.5, None, datetime.date(2026, 1, 31), moment]
    body = csv_of(["city", "a", "b", "c", "d", "e"], [row])
    assert body.startswith(b"\xef\xbb\xbf")
    assert read_csv(body)[1] == ["Ghent", "-3", "1.5", "", "2026-01-31", "2026-01-31T12:30:00Z"]
    _texts, sheet = read_xlsx(xlsx_of(["city"], [row]))
    assert "<v>-3</v>" in sheet
    assert "<v>46053</v>" in sheet


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_download_is_kept_by_nobody(form):
    response = table_response(form, "balances", ["city"], [["Ghent"]])
    assert response["Content-Disposition"] == f'attachment; filename="balances.{form}"'
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
