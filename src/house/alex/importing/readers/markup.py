"""Markdown and HTML pages, with front matter where there is some."""

import re
from collections.abc import Iterator, Mapping

from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from house.alex.importing.limits import DOCUMENT_LETTERS, ID_LETTERS, TITLE_LETTERS
from house.alex.importing.naming import title_of, topics_of
from house.alex.importing.readers import transcripts
from house.alex.importing.records import Origin, Record, Refusal
from house.alex.importing.sections import refuse_deep, sections_of
from house.ground.captions.transcripts import is_timed_table
from house.ground.decoding import decode
from house.ground.html import safe_url
from house.ground.text import one_line, shorten
from house.ground.unreadable import Note, Unreadable

_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"([\w-]+)[ \t]*:[ \t]*(.*)")
_KNOWN = {
    "id", "title", "lang", "language", "kind", "type", "place", "city", "summary", "description",
    "outcome", "topics", "tags", "source", "url", "licence", "license", "layout", "date",
}  # fmt: skip
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_ASIDE = (
    "script, style, noscript, template, nav, footer, aside, form, iframe, object, svg, [hidden]"
)


def read_markdown(data: bytes, name: str) -> Iterator[Record | Refusal]:
    text, notes = decode(data)
    if is_timed_table(text):
        yield transcripts.timed_table(text, name, notes)
        return
    matter, body = front_matter(text)
    _check_length(body)
    html = _MARKDOWN.render(body)
    refuse_deep(html)
    heading = LexborHTMLParser(html).css_first("h1, h2")
    yield _record(html, name, matter, notes, title=heading.text() if heading else "")


def read_html(data: bytes, name: str) -> Iterator[Record | Refusal]:
    text, notes = decode(data)
    matter, body = front_matter(text)
    _check_length(body)
    refuse_deep(body)
    tree = LexborHTMLParser(body)
    said = _said(tree)
    main = tree.css_first("main, article, [role=main]") or tree.body
    if main is None:
        raise Unreadable("no-text")
    for node in main.css(_ASIDE):
        node.decompose()
    heading = main.css_first("h1")
    name_in_tab = said.pop("title", "")
    title = heading.text() if heading else name_in_tab
    yield _record(main.html or "", name, {**said, **matter}, notes, title=title)


def _said(tree: LexborHTMLParser) -> dict[str, str]:
    """What a page's head says about it."""
    said: dict[str, str] = {}
    if tree.root is not None and (language := tree.root.attributes.get("lang")):
        said["lang"] = language
    if title := tree.css_first("title"):
        said["title"] = title.text()
    if summary := tree.css_first("meta[name=description]"):
        said["summary"] = summary.attributes.get("content") or ""
    if address := tree.css_first("link[rel=canonical]"):
        said["url"] = address.attributes.get("href") or ""
    return said


def _check_length(text: str) -> None:
    if len(text) > DOCUMENT_LETTERS:
        raise Unreadable("too-long", limit=DOCUMENT_LETTERS)


def _record(
    html: str, name: str, matter: Mapping[str, str], notes: tuple[Note, ...], *, title: str
) -> Record:
    title = shorten(matter.get("title") or title, TITLE_LETTERS)
    sections = tuple(sections_of(html, title=title))
    if not sections:
        raise Unreadable("no-text")
    source = one_line(matter.get("source", ""))
    url = safe_url(matter.get("url", "")) or safe_url(source)
    licence = one_line(matter.get("licence") or matter.get("license") or "")
    return Record(
        source_id=one_line(matter.get("id", ""))[:ID_LETTERS] or name[-ID_LETTERS:],
        title=title or title_of(name),
        file=name,
        kind=matter.get("kind") or matter.get("type") or "",
        language=matter.get("lang") or matter.get("language") or "",
        place=one_line(matter.get("place") or matter.get("city") or ""),
        summary=(matter.get("summary") or matter.get("description") or "").strip(),
        outcome=one_line(matter.get("outcome", "")),
        topics=topics_of(matter.get("topics") or matter.get("tags") or ""),
        sections=sections,
        origins=(Origin(source or url, url, licence),) if source or url or licence else (),
        facts={key: value for key, value in matter.items() if key not in _KNOWN and value},
        notes=notes,
    )


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The `key: value` lines between two rules at the top, and the rest. Lists become comma-parted text.

    Only this plain part of YAML is read: no anchors, no types, no nesting.
    """
    found = _MATTER.match(text)
    if not found:
        return {}, text
    matter: dict[str, str] = {}
    key = ""
    for line in found[1].split("\n"):
        pair = _PAIR.fullmatch(line.rstrip())
        if pair:
            key = pair[1].casefold().replace("-", "_")
            matter[key] = _plain(pair[2])
        elif key and line.strip():
            item = line.strip()
            more = _plain(item.removeprefix("- ")) if item.startswith("- ") else item
            joint = ", " if item.startswith("- ") else " "
            matter[key] = f"{matter[key]}{joint}{more}" if matter[key] else more
    return matter, text[found.end() :]


def _plain(value: str) -> str:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_plain(item) for item in value[1:-1].split(","))
    if value in {"|", ">", "|-", ">-"}:
        return ""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
