"""The piece of a passage that a result list shows, with the question's words marked. Never HTML."""

import re
from collections.abc import Collection

from house.retrieval.analysis import WORD, clean, forms_in
from house.retrieval.quotes import Span

WIDTH = 260  # characters
LEAD = 90  # of them, at most so many before the first word of the question

_END = re.compile(r"(?:[.!?…][\"'”’»)\]]*\s|[。！？]|\n)\s*")

Parts = list[tuple[str, bool]]


class Marker:
    """Knows the question's terms; remembers which words, as written, are theirs."""

    def __init__(self, forms: Collection[str]) -> None:
        self._forms = frozenset(forms)
        self._known: dict[str, dict[str, bool]] = {}

    def snippet(self, text: str, language: str) -> Parts:
        """(piece, is a word of the question) in reading order; joined they are what is shown.

        The sentences with most of the question's words, or the beginning where there is none.
        """
        hits = self._hits(text, language)
        return _marked(text, _window(text, hits), hits)

    def _hits(self, text: str, language: str) -> list[tuple[int, int]]:
        """Each different word is judged once, then looked for where it stands."""
        known = self._known.setdefault(language, {})
        mine = set()
        for word in set(WORD.findall(text)):
            is_hit = known.get(word)
            if is_hit is None:
                # Most words are plain ASCII: `clean` would only look at each and give it back.
                plain = word if word.isascii() else clean(word)
                is_hit = known[word] = not self._forms.isdisjoint(
                    forms_in(plain.casefold(), language)
                )
            if is_hit:
                mine.add(word)
        if not mine:
            return []
        return [match.span() for match in WORD.finditer(text) if match.group() in mine]


def _marked(text: str, window: Span, hits: list[tuple[int, int]]) -> Parts:
    parts: Parts = []
    at = window.start
    if at > 0:
        parts.append(("… ", False))
    for start, end in hits:
        if start < at or end > window.end:
            continue
        if start > at:
            parts.append((text[at:start], False))
        parts.append((text[start:end], True))
        at = end
    if at < window.end:
        parts.append((text[at : window.end], False))
    if window.end < len(text.rstrip()):
        parts.append((" …", False))
    return parts


def _window(text: str, hits: list[tuple[int, int]]) -> Span:
    """Where most different words of the question stand close together, from sentence to sentence."""
    if len(text) <= WIDTH:
        return Span(0, len(text))
    first, last = _closest(text, hits)
    start = max(0, first - LEAD)
    sentence = [match.end() for match in _END.finditer(text, start, first)]
    start = sentence[-1] if sentence else _word_start(text, start)
    limit = min(len(text), start + WIDTH)
    ends = [
        match.start() + 1 for match in _END.finditer(text, max(last, start + WIDTH // 2), limit)
    ]
    return Span(start, ends[-1] if ends else max(last, _word_end(text, start, limit)))


def _closest(text: str, hits: list[tuple[int, int]]) -> tuple[int, int]:
    best, most = (0, 0), 0
    for i, (start, _) in enumerate(hits):
        inside = [span for span in hits[i:] if span[1] - start <= WIDTH - LEAD // 2]
        held = len({text[a:b].casefold() for a, b in inside})
        if held > most:
            best, most = (start, inside[-1][1]), held
    return best


def _word_start(text: str, at: int) -> int:
    space = text.find(" ", at, at + LEAD // 2)
    return space + 1 if at and space >= 0 else at


def _word_end(text: str, start: int, limit: int) -> int:
    if limit == len(text):
        return limit
    space = text.rfind(" ", start + WIDTH // 2, limit)
    return space if space > 0 else limit
