"""Passages, one a line, to documents: for JSONL, and for tables with a `doc` column."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from house.alex.importing.limits import ID_LETTERS, PASSAGE_LETTERS, TITLE_LETTERS
from house.alex.importing.naming import github_url, topics_of
from house.alex.importing.records import Origin, Record, Refusal, Section
from house.ground.decoding import refuse_mojibake
from house.ground.html import safe_url
from house.ground.text import clean, one_line, shorten
from house.ground.unreadable import Note, Unreadable

_SHORT = (
    "title", "heading", "lang", "language", "kind", "place", "source", "licence", "license", "via",
    "url", "outcome", "summary",
)  # fmt: skip


@dataclass(slots=True)
class _Document:
    line: int
    first: dict[str, str]
    topics: tuple[str, ...]
    sections: list[Section] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


class Grouping:
    """Collects lines; a document with one bad line is refused whole, so that none is half there."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.documents: dict[str, _Document] = {}
        self.seen: dict[str, tuple[int, str]] = {}

    def add(self, line: int, row: Mapping[str, Any]) -> None:
        doc = ""
        try:
            doc = _name(row, "doc") or _name(row, "id")
            self._take(line, doc, row)
        except Unreadable as why:
            found = Refusal(self.file, why.code, line=line, source_id=doc, facts=why.facts)
            self.documents.setdefault(doc, _Document(line, {}, ())).refusals.append(found)

    def _take(self, line: int, doc: str, row: Mapping[str, Any]) -> None:
        external_id = _name(row, "id")
        if not external_id:
            raise Unreadable("field-missing", field="id")
        text = _text(row, "text", PASSAGE_LETTERS)
        if not text:
            raise Unreadable("field-missing", field="text")
        refuse_mojibake(text)
        facts = {name: _text(row, name, PASSAGE_LETTERS) for name in _SHORT}
        document = self.documents.get(doc)
        if document is None:
            document = _Document(line, facts, topics_of(row.get("topics")))
            self.documents[doc] = document
        elif not document.first:
            document.first = facts
        before = self.seen.setdefault(external_id, (line, f"{doc}\n{text}"))
        if before[0] != line:
            if before[1] != f"{doc}\n{text}":
                raise Unreadable("duplicate-id", id=external_id, first=before[0])
            document.notes.append(Note("duplicate-line", {"first": before[0], "line": line}))
            return
        document.sections.append(
            Section(
                text=text,
                heading=shorten(facts["heading"], TITLE_LETTERS),
                external_id=external_id,
                language=facts["lang"] or facts["language"],
                page=_page(row.get("page")),
            )
        )

    def records(self) -> Iterator[Record | Refusal]:
        for doc, document in self.documents.items():
            if document.refusals:
                yield from document.refusals
            else:
                yield self._record(doc, document)

    def _record(self, doc: str, document: _Document) -> Record:
        first = document.first
        languages = Counter(section.language for section in document.sections)
        licence = first["licence"] or first["license"]
        source = first["source"]
        url = safe_url(first["url"]) or safe_url(source) or github_url(source)
        label = " · ".join(part for part in (source, first["via"]) if part)
        return Record(
            source_id=doc,
            title=shorten(first["title"], TITLE_LETTERS) or shorten(doc, TITLE_LETTERS),
            file=self.file,
            line=document.line,
            kind=first["kind"],
            language=languages.most_common(1)[0][0],
            place=one_line(first["place"]),
            summary=first["summary"],
            outcome=one_line(first["outcome"]),
            topics=document.topics,
            sections=tuple(document.sections),
            origins=(Origin(one_line(label), url, one_line(licence)),) if label or url else (),
            notes=tuple(document.notes),
        )


def _text(row: Mapping[str, Any], name: str, limit: int) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable("field-not-text", field=name)
    if len(value) > limit:
        raise Unreadable("field-too-long", field=name, limit=limit)
    return clean(value).strip()


def _name(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    return one_line(_text(row, name, ID_LETTERS))


def _page(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 7:
        value = int(value)
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and 0 < value < 1_000_000 else None
