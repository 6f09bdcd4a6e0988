"""HTML to sections at its headings."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from house.alex.importing.limits import TAG_DEPTH, TITLE_LETTERS
from house.alex.importing.records import Section
from house.ground.html import sanitise, to_text
from house.ground.text import shorten
from house.ground.unreadable import Unreadable

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*?(/?)>")
# Never open for long: void, closed by what follows, or unclosed by habit in old pages.
_SHALLOW = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "option",
    "b", "i", "u", "s", "em", "strong", "font", "big", "small", "tt", "code", "a", "span",
    "center", "html", "head", "body",
}  # fmt: skip
_LEVEL = {"h2": 0, "h3": 1, "h4": 2}


def refuse_deep(html: str) -> None:
    """Parsers need the square of the depth; no honest document is a thousand levels deep."""
    depth = 0
    for tag in _TAG.finditer(html):
        if tag[3] or tag[2].lower() in _SHALLOW:
            continue
        depth += -1 if tag[1] and depth else 0 if tag[1] else 1
        if depth > TAG_DEPTH:
            raise Unreadable("too-deep")


def sections_of(html: str, *, title: str = "") -> Iterator[Section]:
    """One section a heading, with the path to it; a first heading that repeats the title is dropped."""
    path: list[str] = ["", "", ""]
    gathered: list[str] = []
    for name, markup, text in _blocks(html):
        if name not in _LEVEL:
            gathered.append(markup)
            continue
        yield from _section(path, gathered)
        gathered = []
        level = _LEVEL[name]
        heading = shorten(text, TITLE_LETTERS)
        if not any(path) and heading == title:
            heading = ""
        path[level:] = [heading] + [""] * (2 - level)
    yield from _section(path, gathered)


def _blocks(html: str) -> Iterator[tuple[str, str, str]]:
    """(tag, markup, words) of what stands at the top, in order."""
    body = LexborHTMLParser(f"<body>{sanitise(html)}</body>").body
    node = body.child if body is not None else None
    while node is not None:
        tag = node.tag or ""
        words = node.text(deep=True) if tag in _LEVEL else ""
        yield tag, node.html or "", words
        node = node.next


def _section(path: list[str], gathered: list[str]) -> Iterator[Section]:
    html = "".join(gathered).strip()
    text = to_text(html) if html else ""
    if text:
        yield Section(text=text, html=html, heading=" › ".join(part for part in path if part))
