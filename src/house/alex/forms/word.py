"""Word's HTML that reaches the server as text: without the editor, or through a program.

The sanitiser drops Word's tags, styles and attributes by itself. What it can't know is done here
first: which words are a reviewer's, and which paragraphs are lists (they say how deep they stand in
a style that is about to be dropped).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LEVEL = re.compile(
    r"<p\b[^>]*?mso-list:\s*(l\d+)\s+level(\d)[^>]*>(.*?)</p\s*>", re.IGNORECASE | re.DOTALL
)
# The bullet or number that Word writes for programs that know no lists.
_MARKER = re.compile(
    r"<!(?:--)?\[if !supportLists\](?:--)?>(.*?)<!(?:--)?\[endif\](?:--)?>", re.DOTALL
)
_RULES = re.compile(r"@list\s+(l\d+):level(\d)[^{]*\{([^}]*)\}")
_FORMAT = re.compile(r"mso-level-number-format:\s*([\w-]+)")
_TAG = re.compile(r"<[^>]*>|&nbsp;|\s")
_COUNTED = re.compile(r"\(?(?:\d+|[A-Za-z]{1,5})[.)]")


@dataclass(frozen=True, slots=True)
class _Item:
    list: str
    level: int
    tag: str
    html: str


_FRAGMENT = re.compile(r"<!--StartFragment-->(.*)<!--EndFragment-->", re.DOTALL)
_REVIEWERS = re.compile(
    r"<del\b.*?</del\s*>|<a\b[^>]*msocomanchor[^>]*>.*?</a\s*>", re.IGNORECASE | re.DOTALL
)
# Bookmarks, comment marks and links into the Word file itself: their words stay.
_BOOKMARK = re.compile(
    r"<a\b(?![^>]*href=[\"']?(?:https?:|mailto:|tel:))[^>]*>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL
)
_EMPTY = re.compile(
    r"<p\b[^>]*>(?:\s|\u00a0|&nbsp;|</?(?:o:p|span)\b[^>]*>)*</p\s*>", re.IGNORECASE
)


def from_word(html: str) -> str:
    """The same text without Word's own rubbish, its marked paragraphs as nested lists."""
    if "mso-" not in html and "urn:schemas-microsoft-com" not in html:
        return html
    fragment = _FRAGMENT.search(html)
    told = _REVIEWERS.sub("", fragment[1] if fragment else html)
    return _EMPTY.sub("", _with_lists(_BOOKMARK.sub(r"\1", told), rules=html))


def _with_lists(html: str, *, rules: str) -> str:
    formats = {
        (found[1], int(found[2])): "ul" if _format(found[3]) == "bullet" else "ol"
        for found in _RULES.finditer(rules)
    }
    made: list[str] = []
    run: list[_Item] = []
    end = 0
    for found in _LEVEL.finditer(html):
        between = html[end : found.start()]
        if run and between.strip():
            made.append(_nested(run))
            run = []
        if not run:
            made.append(between)
        run.append(_item(found, formats))
        end = found.end()
    made.append(_nested(run))
    return "".join([*made, html[end:]])


def _format(rules: str) -> str:
    found = _FORMAT.search(rules)
    return found[1] if found else "decimal"


def _item(found: re.Match[str], formats: dict[tuple[str, int], str]) -> _Item:
    marker = _MARKER.search(found[3])
    sign = _TAG.sub("", marker[1]) if marker else ""
    tag = formats.get((found[1], int(found[2])), "ol" if _COUNTED.fullmatch(sign) else "ul")
    return _Item(found[1], int(found[2]), tag, _MARKER.sub("", found[3]))


def _nested(items: list[_Item]) -> str:
    return "".join(_written(items))


def _written(items: list[_Item]) -> Iterator[str]:
    """Each open list waits with its last item open, so that a deeper one can stand inside it."""
    waiting: list[_Item] = []
    for item in items:
        while waiting and (
            waiting[-1].level > item.level
            or (waiting[-1].level == item.level and _other_list(waiting[-1], item))
        ):
            yield f"</li></{waiting.pop().tag}>"
        if waiting and waiting[-1].level == item.level:
            yield "</li>"
            waiting.pop()
        else:
            yield f"<{item.tag}>"
        yield f"<li><p>{item.html}</p>"
        waiting.append(item)
    while waiting:
        yield f"</li></{waiting.pop().tag}>"


def _other_list(one: _Item, other: _Item) -> bool:
    return one.tag != other.tag or (one.level == 1 and one.list != other.list)
