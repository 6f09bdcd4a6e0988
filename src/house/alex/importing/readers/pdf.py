"""PDF by pypdf: a section a page, with its number and the bookmark it stands under."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PdfReadError, WrongPasswordError

from house.alex.importing.limits import DOCUMENT_LETTERS, ID_LETTERS, TITLE_LETTERS
from house.alex.importing.naming import title_of
from house.alex.importing.records import Record, Refusal, Section
from house.ground.text import clean, shorten
from house.ground.unreadable import Note, Unreadable

_HYPHENED = re.compile(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])")
_MANY = 4  # pages: fewer prove no running line
_FEW = 20  # letters: a page with fewer is a picture with a page number


def read(data: bytes, name: str) -> Iterator[Record | Refusal]:
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("pdf-broken", problem="it does not begin as a PDF does")
    try:
        reader = PdfReader(io.BytesIO(data))
        _unlock(reader)
        pages = _without_running_lines([_words(page.extract_text()) for page in reader.pages])
        outline = _bookmarks(reader)
        title = reader.metadata.title if reader.metadata else ""
    except Unreadable:
        raise
    except (MemoryError, RecursionError):
        raise
    except Exception as problem:  # pypdf lets many kinds of error through on damaged files
        raise Unreadable(
            "pdf-broken", problem=shorten(str(problem), 120) or type(problem).__name__
        ) from problem
    yield _record(pages, outline, name, title if isinstance(title, str) else "")


def _unlock(reader: PdfReader) -> None:
    """An empty password opens what only forbids printing; anything else is locked."""
    if not reader.is_encrypted:
        return
    try:
        opened = bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError, PdfReadError, WrongPasswordError):
        opened = False
    if not opened:
        raise Unreadable("pdf-encrypted")


def _record(pages: list[str], outline: dict[int, str], name: str, title: str) -> Record:
    told = [(number, text) for number, text in enumerate(pages, 1) if len(text) >= _FEW]
    if not told:
        raise Unreadable("pdf-scanned" if pages else "no-text")
    if sum(len(text) for _n, text in told) > DOCUMENT_LETTERS:
        raise Unreadable("too-long", limit=DOCUMENT_LETTERS)
    sections = []
    heading = ""
    for number, text in enumerate(pages, 1):
        heading = outline.get(number, heading)
        if len(text) >= _FEW:
            sections.append(Section(text=text, heading=heading, page=number))
    notes: tuple[Note, ...] = ()
    if missing := len(pages) - len(told):
        notes = (Note("pdf-pages-without-text", {"count": missing, "pages": len(pages)}),)
    return Record(
        source_id=name[-ID_LETTERS:],
        title=_title(title, name),
        file=name,
        sections=tuple(sections),
        notes=notes,
    )


def _title(said: str, name: str) -> str:
    """Its own title, unless a word processor put a file name there."""
    said = shorten(said, TITLE_LETTERS)
    useless = not said or re.search(
        r"\.(docx?|pdf|indd|qxd|tex)$|^(untitled|microsoft word)", said, re.IGNORECASE
    )
    return title_of(name) if useless else said


def _words(text: str) -> str:
    return _HYPHENED.sub("", clean(text)).strip()


def _without_running_lines(pages: list[str]) -> list[str]:
    """Pages without the lines that head or foot most of them, whatever number stands in them."""
    told = [page.split("\n") for page in pages if page]
    if len(told) < _MANY:
        return pages
    edges = Counter(mark for lines in told for mark in {_mark(line) for line in _edges(lines)})
    running = {mark for mark, count in edges.items() if count > len(told) * 0.6}
    return ["\n".join(_trimmed(page.split("\n"), running)).strip() for page in pages]


def _edges(lines: list[str]) -> list[str]:
    return [*lines[:2], *lines[2:][-2:]]


def _trimmed(lines: list[str], running: set[str]) -> list[str]:
    edges = {0, 1, len(lines) - 1, len(lines) - 2}
    return [line for i, line in enumerate(lines) if i not in edges or _mark(line) not in running]


def _mark(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _bookmarks(reader: PdfReader) -> dict[int, str]:
    """Page → the first bookmark that points to it."""
    found: dict[int, str] = {}

    def walk(items: list[Any], depth: int) -> None:
        for item in items:
            if isinstance(item, list):
                if depth < 5:
                    walk(item, depth + 1)
                continue
            number = reader.get_destination_page_number(item)
            if number is not None and number >= 0:
                found.setdefault(number + 1, shorten(str(item.title), TITLE_LETTERS))

    try:
        walk(reader.outline, 0)
    except Exception:  # noqa: BLE001 -- bookmarks are a help; broken ones must not cost the text
        return {}
    return found
