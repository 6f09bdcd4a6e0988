"""From bytes to a table: what a file is, is told from what stands in it, not from its name."""

import csv
import io
import json
from collections.abc import Iterator

from house.atlas.initiatives.importing import reading_json, reading_xml
from house.atlas.initiatives.importing.tables import (
    CELL,
    FILE_BYTES,
    ROWS,
    Row,
    Table,
    UnreadableFile,
)
from house.ground.decoding import decode
from house.ground.text import clean
from house.ground.unreadable import Unreadable

_SEPARATORS = "\t,;|"


# What a person may choose where the guess was wrong; empty: look for yourself.
ENCODINGS = ("utf-8", "cp1252", "latin-1", "cp1250", "cp1251", "mac_roman")


def read(data: bytes, *, encoding: str = "") -> Table:
    """Raises `UnreadableFile`. Of `encoding` a person has said that the file is written in it."""
    if len(data) > FILE_BYTES:
        raise UnreadableFile("too-big")
    text, encoding, is_guessed = _said(data, encoding) if encoding else _text(data)
    table = _table(text, data, encoding, is_guessed)
    if not table.rows and not table.lost:
        raise UnreadableFile("empty")
    if len(table.rows) > ROWS:
        raise UnreadableFile("too-many")
    return table


def _text(data: bytes) -> tuple[str, str, bool]:
    try:
        text, notes = decode(data)
    except Unreadable as problem:
        raise UnreadableFile(problem.code) from None
    for note in notes:
        if note.code == "encoding-guessed":
            return text, str(note.facts["encoding"]), True
    return text, "utf-8", False


def _said(data: bytes, encoding: str) -> tuple[str, str, bool]:
    try:
        return clean(data.decode(encoding)), encoding, False
    except (UnicodeDecodeError, LookupError):
        raise UnreadableFile("encoding") from None


def _table(text: str, data: bytes, encoding: str, is_guessed: bool) -> Table:
    begin = text.lstrip()[:1]
    if begin == "<":
        return reading_xml.read(data)  # its own declaration says in which letters
    if begin in {"{", "["}:
        try:
            return reading_json.read(json.loads(text))
        except (ValueError, RecursionError):
            raise UnreadableFile("json") from None
    return Table("csv", list(_rows(text)), encoding, is_guessed)


def _rows(text: str) -> Iterator[Row]:
    lines = io.StringIO(text, newline="")
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    if not first.count(separator):
        raise UnreadableFile("unknown")
    # A table of tabs is not quoted; a stray quotation mark would swallow the rest of the file.
    quoting = csv.QUOTE_NONE if separator == "\t" and '"' not in first else csv.QUOTE_MINIMAL
    csv.field_size_limit(1_000_000)
    try:
        table = csv.reader(lines, delimiter=separator, quoting=quoting)
        head = _head(next(table))
        for number, cells in enumerate(table):
            if number > ROWS:
                raise UnreadableFile("too-many")
            if any(cell.strip() for cell in cells):
                yield {
                    name: cell.strip()[:CELL]
                    for name, cell in zip(head, cells, strict=False)
                    if name
                }
    except csv.Error:
        raise UnreadableFile("unknown") from None


def _head(cells: list[str]) -> list[str]:
    """Names of columns, numbered where two are called the same."""
    taken: dict[str, int] = {}
    head = []
    for cell in cells:
        name = " ".join(cell.split())[:120]
        taken[name] = taken.get(name, 0) + 1
        head.append(f"{name} {taken[name]}" if name and taken[name] > 1 else name)
    return head
