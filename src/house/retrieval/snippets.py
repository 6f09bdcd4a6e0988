"""The piece of a passage that a result list shows, with the question's words marked. Never HTML."""

from collections.abc import Collection

from house.retrieval.analysis import forms_in, spans_of
from house.retrieval.quotes import Span, sentences

WIDTH = 260  # characters

Parts = list[tuple[str, bool]]


def snippet(text: str, language: str, forms: Collection[str]) -> Parts:
    """(piece, is a word of the question) in reading order; the pieces joined are what is shown.

    The sentences with most of the question's words, or the beginning where there is none.
    """
    hits = (
        [
            (start, end)
            for start, end, word in spans_of(text)
            if not forms.isdisjoint(forms_in(word, language))
        ]
        if (forms := frozenset(forms))
        else []
    )
    window = _window(text, language, hits)
    return marked(text, window, hits)


def marked(text: str, window: Span, hits: list[tuple[int, int]]) -> Parts:
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
