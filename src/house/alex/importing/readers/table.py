"""CSV: one document a row, or, where there is a column `doc`, one passage a row."""

import csv
from collections.abc import Iterator

from house.alex.importing.grouping import Grouping
from house.alex.importing.limits import (
    DOCUMENT_LETTERS,
    ID_LETTERS,
    PASSAGE_LETTERS,
    TITLE_LETTERS,
)
from house.alex.importing.naming import github_url, topics_of
from house.alex.importing.records import Origin, Record, Refusal, Section
from house.ground.decoding import decode
from house.ground.html import safe_url
from house.ground.text import one_line, shorten
from house.ground.unreadable import Note, Unreadable

_ALIASES = {
    "source_id": "id", "external_id": "id", "document": "doc", "body": "text", "content": "text",
    "abstract": "summary", "description": "summary", "language": "lang", "type": "kind",
    "city": "place", "location": "place", "license": "licence", "tags": "topics",
    "keywords": "topics", "link": "url",
}  # fmt: skip
_KNOWN = {
    "id", "doc", "title", "heading", "text", "summary", "lang", "kind", "place", "source", "url",
    "licence", "topics", "outcome", "page", "via",
}  # fmt: skip


def read(data: bytes, name: str) -> Iterator[Record | Refusal]:
    """Cells are text and stay text: `=1+1` is imported as it stands and run nowhere."""
    text, notes = decode(data)
    rows = _rows(text, name)
    _line, first = next(rows, (1, []))
    columns = [_column(cell) for cell in first]
    if "doc" in columns and "text" in columns:
        yield from _passages(rows, columns, name)
    elif "title" in columns and len([column for column in columns if column]) > 1:
        yield from _documents(rows, columns, name, notes)
    else:
        raise Unreadable("no-columns", line=1)


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(DOCUMENT_LETTERS)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            raise Unreadable("table", line=line, problem=str(problem)) from None
        if any(cell.strip() for cell in cells):
            yield line, cells


def _delimiter(text: str) -> str:
    """The mark that parts the first row into most cells."""
    first = text.lstrip("\n").split("\n", 1)[0]
    return max(",;\t|", key=first.count)


def _column(cell: str) -> str:
    name = "_".join(one_line(cell).casefold().split())
    return _ALIASES.get(name, name)


def _cells(
    rows: Iterator[tuple[int, list[str]]], columns: list[str], name: str
) -> Iterator[tuple[int, dict[str, str]] | Refusal]:
    for line, cells in rows:
        if any(cell.strip() for cell in cells[len(columns) :]):
            facts = {"found": len(cells), "wanted": len(columns)}
            yield Refusal(name, "row-width", line=line, facts=facts)
            continue
        row = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}
        yield line, row


def _passages(
    rows: Iterator[tuple[int, list[str]]], columns: list[str], name: str
) -> Iterator[Record | Refusal]:
    group = Grouping(name)
    for item in _cells(rows, columns, name):
        if isinstance(item, Refusal):
            yield item
        else:
            group.add(item[0], item[1])
    yield from group.records()


def _documents(
    rows: Iterator[tuple[int, list[str]]], columns: list[str], name: str, notes: tuple[Note, ...]
) -> Iterator[Record | Refusal]:
    seen: dict[str, tuple[int, dict[str, str]]] = {}
    for item in _cells(rows, columns, name):
        if isinstance(item, Refusal):
            yield item
            continue
        line, row = item
        try:
            record = _document(line, row, name, notes)
        except Unreadable as why:
            yield Refusal(name, why.code, line=line, source_id=row.get("id", ""), facts=why.facts)
            continue
        first, before = seen.setdefault(record.source_id, (line, row))
        if first == line:
            yield record
        elif before != row:
            facts = {"id": record.source_id, "first": first}
            yield Refusal(name, "duplicate-id", line=line, source_id=record.source_id, facts=facts)


def _document(line: int, row: dict[str, str], name: str, notes: tuple[Note, ...]) -> Record:
    title = shorten(row.get("title", ""), TITLE_LETTERS)
    if not title:
        raise Unreadable("field-missing", field="title")
    if len(row.get("id", "")) > ID_LETTERS:
        raise Unreadable("field-too-long", field="id", limit=ID_LETTERS)
    body, summary = row.get("text", ""), row.get("summary", "")
    facts = {column: cell for column, cell in row.items() if cell and column not in _KNOWN}
    if not body and not summary and not facts:
        raise Unreadable("field-missing", field="text")
    if any(len(cell) > PASSAGE_LETTERS * 4 for cell in row.values()):
        raise Unreadable("field-too-long", field="text", limit=PASSAGE_LETTERS * 4)
    source = one_line(row.get("source", ""))
    url = safe_url(row.get("url", "")) or safe_url(source) or github_url(source)
    licence = one_line(row.get("licence", ""))
    return Record(
        # Without an id of its own a row is known by its title: a row may move within the table.
        source_id=one_line(row.get("id", "")) or f"{name}#{title}"[-ID_LETTERS:],
        title=title,
        file=name,
        line=line,
        kind=row.get("kind", ""),
        language=row.get("lang", ""),
        place=one_line(row.get("place", "")),
        summary=summary,
        outcome=one_line(row.get("outcome", "")),
        topics=topics_of(row.get("topics", "")),
        sections=(Section(text=body, heading=row.get("heading", "")),) if body else (),
        origins=(Origin(source or url, url, licence),) if source or url else (),
        facts=facts,
        notes=notes,
    )
