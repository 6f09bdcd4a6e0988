"""Transcripts that no human spoke: loops over silence, and languages that are not there."""

from collections import Counter
from collections.abc import Container, Sequence
from itertools import groupby

import py3langid

from house.ground.captions.cues import Cue
from house.ground.text import shorten
from house.ground.unreadable import Unreadable

# Of 13,000 lines of real council captions, runs of four equal lines held at most 2 %; of the one
# with a loop in it 27 %.
_RUN = 4
_SHARE = 0.1
_FEW = 12  # cues: below that a refrain proves nothing
_WINDOW = 20
_CHUNK = 1500  # letters from which a language is told


def refuse_repetition(cues: Sequence[Cue]) -> None:
    if len(cues) < _FEW:
        return
    said = [(" ".join(cue.text.casefold().split()), cue) for cue in cues]
    runs = [(words, list(group)) for words, group in groupby(said, key=lambda pair: pair[0])]
    long = [(words, group) for words, group in runs if len(group) >= _RUN]
    count = sum(len(group) for _words, group in long)
    if count > len(cues) * _SHARE:
        _words, worst = max(long, key=lambda run: len(run[1]))
        _refuse(count, len(cues), worst[0][1])
    loops = [
        window for window in _windows(said) if len({words for words, _c in window}) < _WINDOW * 0.3
    ]
    looped = len(loops) * _WINDOW
    if looped > len(cues) * _SHARE * 2:
        _refuse(looped, len(cues), loops[0][0][1])


def _windows(said: list[tuple[str, Cue]]) -> list[list[tuple[str, Cue]]]:
    return [said[i : i + _WINDOW] for i in range(0, len(said) - _WINDOW + 1, _WINDOW)]


def _refuse(count: int, lines: int, cue: Cue) -> None:
    minutes, seconds = divmod(int(cue.start), 60)
    hours, minutes = divmod(minutes, 60)
    at = f"{hours}:{minutes:02}:{seconds:02}"
    raise Unreadable("repetition", count=count, lines=lines, text=shorten(cue.text, 60), at=at)


def spoken_language(cues: Sequence[Cue], said: str, *, known: Container[str]) -> str:
    """The language of most of the transcript. Raises where it is not what it is said to be, or none known.

    `said`: by the file or the person who brings it; empty where nobody did.
    """
    chunks = _chunks(cues)
    told = Counter(py3langid.classify(chunk)[0] for chunk in chunks)
    found, count = told.most_common(1)[0] if told else ("", 0)
    sure = count * 3 > len(chunks) * 2 and max(map(len, chunks), default=0) > 200
    wanted = said.split("-", maxsplit=1)[0].lower()
    if not sure:
        return wanted or (found if found in known else "")
    if wanted and wanted != found:
        raise Unreadable("language-unlike", said=said, found=found)
    if not wanted and found not in known:
        raise Unreadable("language-unknown", found=found)
    return wanted or found


def _chunks(cues: Sequence[Cue]) -> list[str]:
    """At most 24 stretches of the text, spread over all of it."""
    text = " ".join(cue.text for cue in cues)
    chunks = [text[i : i + _CHUNK] for i in range(0, len(text), _CHUNK)]
    return chunks[:: max(1, len(chunks) // 24)]
