"""Two texts that grew from one: put together where they changed different paragraphs."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import pairwise

_VOID = {"br", "hr"}
Change = tuple[
    int, int, tuple[str, ...]
]  # from and until which paragraph of the base; what stands there now


class _Cutter(HTMLParser):
    """Notes where each outermost element of sanitised HTML begins."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.depth = 0
        self.starts: list[int] = []
        self.lines = [0]
        for line in html.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth == 0:
            line, column = self.getpos()
            self.starts.append(self.lines[line - 1] + column)
        if tag not in _VOID:
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.depth = max(0, self.depth - 1)


def paragraphs_of(html: str) -> list[str]:
    """The outermost elements in order; joined, they are the text again, to the letter."""
    cuts = sorted({0, *_Cutter(html).starts, len(html)})
    return [html[i:j] for i, j in pairwise(cuts)]


def merged(base: str, ours: str, theirs: str) -> str | None:
    """Both texts in one, or None where they changed the same place or neighbours: a person decides then."""
    if ours == theirs:
        return ours
    old = paragraphs_of(base)
    changes = sorted(
        {*_changes(old, paragraphs_of(ours)), *_changes(old, paragraphs_of(theirs))},
        key=lambda change: change[:2],
    )
    made: list[str] = []
    at = -1  # so that a change at the very beginning is no neighbour of another
    for start, end, new in changes:
        if start <= at:
            return None
        made += old[max(at, 0) : start]
        made += new
        at = end
    return "".join([*made, *old[max(at, 0) :]])


def _changes(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    return [(i, j, tuple(new[k:n])) for tag, i, j, k, n in matcher.get_opcodes() if tag != "equal"]
