"""Cuts a text into the pieces that the model knows: the likeliest row of them (a unigram model, by Viterbi).

The `tokenizers` library does the same and keeps a tree of 250,000 pieces in 280 MB of each process; a plain
table of them takes a sixth. No piece holds a space but at its beginning, so that a text is cut word by word,
and a word that was cut is remembered.
"""

import json
from array import array
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

SPACE = "▁"
_REMEMBERED = 20_000  # words
_UNKNOWN_COSTS = 10.0  # more than the least likely piece


class Pieces:
    """Of a `tokenizer.json` with a unigram model. Safe from many threads."""

    def __init__(self, file: Path) -> None:
        model = json.loads(file.read_text(encoding="utf-8"))["model"]
        self._ids = {piece: number for number, (piece, _score) in enumerate(model["vocab"])}
        self._scores = array("d", (score for _piece, score in model["vocab"]))
        self._unknown: int = model["unk_id"]
        self._unknown_score = min(self._scores) - _UNKNOWN_COSTS
        self._longest = max(map(len, self._ids))
        self._of_word = lru_cache(_REMEMBERED)(self._cut)

    def ids(self, text: str) -> list[int]:
        return [number for word in _words(text) for number, _length in self._of_word(word)]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """From where to where in the text each piece reaches; the space before it belongs to it."""
        spans, start = [], 0 if text.startswith((" ", SPACE)) else -1
        for word in _words(text):
            for _number, length in self._of_word(word):
                spans.append((max(start, 0), start + length))
                start += length
        return spans

    def _cut(self, word: str) -> tuple[tuple[int, int], ...]:
        """(id, length) of each piece; letters that no piece knows stand together as one."""
        size = len(word)
        best = [0.0] + [float("-inf")] * size  # of the rows that end at each place
        last: list[tuple[int, int]] = [(0, 0)] * (
            size + 1
        )  # (id, length) of the piece that ends there
        for start in range(size):
            so_far = best[start]
            for end in range(start + 1, min(start + self._longest, size) + 1):
                number = self._ids.get(word[start:end])
                if number is None:
                    if end > start + 1:
                        continue
                    number, score = self._unknown, so_far + self._unknown_score
                else:
                    score = so_far + self._scores[number]
                if score > best[end]:
                    best[end], last[end] = score, (number, end - start)
        found: list[tuple[int, int]] = []
        end = size
        while end:
            number, length = last[end]
            end -= length
            if number == self._unknown and found and found[-1][0] == self._unknown:
                length += found.pop()[1]
            found.append((number, length))
        return tuple(reversed(found))


def _words(text: str) -> Iterator[str]:
    """Each with the space before it; the first has one too."""
    if not text:
        return
    spaced = text.replace(" ", SPACE)
    first, *others = spaced.removeprefix(SPACE).split(SPACE)
    yield SPACE + first
    for word in others:
        yield SPACE + word
