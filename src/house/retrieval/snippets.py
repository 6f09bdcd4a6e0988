"""The piece of a passage that a result list shows, with the question's words marked. Never HTML."""

from collections.abc import Collection

from house.retrieval.analysis import WORD, clean, forms_in
from house.retrieval.quotes import Span, sentences

WIDTH = 260  # characters

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
        return _marked(text, _window(text, language, hits), hits)

    def _hits(self, text: str, language: str) -> list[tuple[int, int]]:
        """Each different word is judged once, then looked for where it stands."""
        known = self._known.setdefault(language, {})
        mine = set()
        for word in set(WORD.findall(text)):
            is_hit = known.get(word)
            if is_hit is None:
                forms = forms_in(clean(word).casefold(), language)
                is_hit = known[word] = not self._forms.isdisjoint(forms)
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


def _window(text: str, language: str, hits: list[tuple[int, int]]) -> Span:
    """The best run of whole sentences up to `WIDTH`, or the best part of a longer sentence."""
    spans = sentences(text, language)
    if not spans:
        return Span(0, min(len(text), WIDTH))
    best, most = spans[0], -1
    for i, first in enumerate(spans):
        last = first
        for span in spans[i + 1 :]:
            if span.end - first.start > WIDTH:
                break
            last = span
        window = Span(first.start, last.end)
        held = len({text[a:b].casefold() for a, b in hits if first.start <= a and b <= last.end})
        if held > most:
            best, most = window, held
    if len(best) <= WIDTH:
        return best
    inside = [start for start, _ in hits if best.start <= start < best.end]
    start = max(best.start, (inside[0] if inside else best.start) - WIDTH // 4)
    while start > best.start and not text[start - 1].isspace():
        start -= 1
    end = min(best.end, start + WIDTH)
    while end < best.end and end > start + WIDTH // 2 and not text[end].isspace():
        end -= 1
    return Span(start, end)
