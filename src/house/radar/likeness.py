"""Which items tell the same: a pure function of them, whatever order they come in (decision 112).

Strong evidence joins at once: one address, or one title of some length in two sources. Else words decide,
by runs of three kept as a bottom-k sketch (Broder 1997; Cohen and Kaplan 2007): it finds copies that were
cut or got a new headline. Within a language meaning has the last word, with some common words; across
languages it speaks alone, so its bar is strict and the two must name a town or a number in common.
"""

import datetime
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np
from numpy.typing import NDArray

from house.ground.text import folded

WINDOW = datetime.timedelta(days=5)  # between the first and any later telling
SKETCH = 128  # hashes
RUN = 3  # words
FEWEST_RUNS = 8  # fewer say nothing about likeness
TITLE_WORDS = 4
COPY = 0.5  # of the shorter one's runs stand in the longer one
NEAR, NEAR_COPY = 0.90, 0.10  # meaning within one language, and the share of runs beside it
# Meaning across languages: where both name a town or a number in common; where both and two numbers.
ACROSS, ACROSS_SURE = 0.88, 0.83
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)*")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")
_CARRIED = re.compile(
    r"^(utm_.*|fbclid|gclid|mc_[ce]id|ref|ref_src|source|cmpid|at_.*|wt_mc|xtor|ns_.*)$"
)
# What agencies and papers put around a title: "Reuters: …", "… | The City Paper", "… - live".
_AROUND = re.compile(r"^\s*[\w .]{2,24}:\s+|\s+[|–—-]\s+[^|–—-]{2,40}$")


@dataclass(frozen=True)
class Mark:
    """One item as likeness sees it. `key` is unique; items are told apart by nothing else."""

    key: int
    source: int
    title: str
    text: str
    language: str
    published_at: datetime.datetime
    canonical: str = ""
    sketch: bytes = b""
    vector: bytes = b""
    cities: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def bare_title(self) -> str:
        return bare_title(self.title)

    @cached_property
    def runs(self) -> frozenset[int]:
        return frozenset(np.frombuffer(self.sketch, dtype="<u4").tolist())

    @cached_property
    def direction(self) -> NDArray[np.float32]:
        return np.frombuffer(self.vector, dtype="<f2").astype(np.float32)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Those that tell something apart: years and single digits are everywhere."""
        found = {
            re.sub(r"[.,\s]", "", each) for each in _NUMBER.findall(f"{self.title} {self.text}")
        }
        return frozenset(n for n in found if len(n) > 1 and not re.fullmatch("(19|20)[0-9]{2}", n))


def cluster(marks: Iterable[Mark]) -> list[list[int]]:
    """Keys that belong together, each cluster and the list of them in order of telling."""
    ordered = sorted(marks, key=lambda mark: (mark.published_at, mark.key))
    book = Book()
    found: dict[int, list[int]] = {}
    for mark in ordered:
        head = book.find(mark)
        found.setdefault(mark.key if head is None else head, []).append(mark.key)
        book.add(mark, story=mark.key if head is None else head)
    return list(found.values())


class Book:
    """What was told lately, by what it may be found by; a few look-ups instead of a comparison with all."""

    def __init__(self) -> None:
        self._marks: list[Mark] = []
        self._stories: list[int] = []
        self._begun: dict[int, datetime.datetime] = {}
        self._by: dict[tuple[str, object], list[int]] = defaultdict(list)
        self._vectors: list[NDArray[np.float32]] = []
        self._with_vector: list[int] = []

    def add(self, mark: Mark, *, story: int) -> None:
        place = len(self._marks)
        self._marks.append(mark)
        self._stories.append(story)
        begun = self._begun.get(story)
        self._begun[story] = mark.published_at if begun is None else min(begun, mark.published_at)
        for trace in _traces(mark):
            self._by[trace].append(place)
        if mark.vector:
            self._vectors.append(mark.direction)
            self._with_vector.append(place)

    def find(self, mark: Mark) -> int | None:
        """The story that this one tells too: the most alike, among equals the one begun first."""
        best: tuple[float, float, int] | None = None
        for place in self._candidates(mark):
            other, story = self._marks[place], self._stories[place]
            begun = self._begun[story]
            if abs(mark.published_at - begun) > WINDOW or not (alike := likeness(mark, other)):
                continue
            rank = (-alike, begun.timestamp(), story)
            if best is None or rank < best:
                best = rank
        return None if best is None else best[2]

    def _candidates(self, mark: Mark) -> list[int]:
        found = {place for trace in _traces(mark) for place in self._by.get(trace, ())}
        if mark.vector and self._vectors:
            near = np.stack(self._vectors) @ mark.direction
            found |= {self._with_vector[i] for i in np.flatnonzero(near >= min(NEAR, ACROSS_SURE))}
        return sorted(found)


def _traces(mark: Mark) -> Iterable[tuple[str, object]]:
    if mark.canonical:
        yield ("address", mark.canonical)
    if _telling(mark.bare_title):
        yield ("title", mark.bare_title)
    for run in mark.runs:
        yield ("run", run)


def likeness(one: Mark, other: Mark) -> float:
    """0: they tell different things; else how sure it is, up to 1. The same both ways round."""
    if one.canonical and one.canonical == other.canonical:
        return 1.0
    shared = copied(one, other)
    if shared >= COPY:
        return 0.5 + shared / 2 - 0.01
    if (
        one.source != other.source
        and one.bare_title == other.bare_title
        and _telling(one.bare_title)
    ):
        return 0.95
    if not one.vector or not other.vector or one.source == other.source:
        return 0.0
    near = float(one.direction @ other.direction)
    if one.language == other.language:
        return near / 2 if near >= NEAR and shared >= NEAR_COPY else 0.0
    towns, numbers = one.cities & other.cities, one.numbers & other.numbers
    bar = ACROSS_SURE if towns and len(numbers) > 1 else ACROSS
    return near / 2 if near >= bar and (towns or numbers) else 0.0


def copied(one: Mark, other: Mark) -> float:
    """How much of the shorter one's word runs stand in the longer one, as far as the sketches tell."""
    if min(len(one.runs), len(other.runs)) < FEWEST_RUNS:
        return 0.0
    # Below the smaller of the largest hashes both sketches are complete, so the shares there are unbiased.
    bound = min(_bound(one), _bound(other))
    mine = {run for run in one.runs if run <= bound}
    hers = {run for run in other.runs if run <= bound}
    fewest = min(len(mine), len(hers))
    return len(mine & hers) / fewest if fewest >= FEWEST_RUNS else 0.0


def _bound(mark: Mark) -> int:
    return max(mark.runs) if len(mark.runs) >= SKETCH else 2**32


def sketch_of(title: str, text: str) -> bytes:
    """The smallest hashes of its runs of words (of letters, where words have no spaces between)."""
    words = _WORD.findall(folded(f"{text or title}"))
    parts = [piece for word in words for piece in (word if _UNSPACED.search(word) else (word,))]
    runs = {" ".join(parts[i : i + RUN]) for i in range(len(parts) - RUN + 1)}
    hashes = sorted(
        int.from_bytes(hashlib.blake2b(run.encode(), digest_size=4).digest(), "little")
        for run in runs
    )
    return np.array(sorted(set(hashes))[:SKETCH], dtype="<u4").tobytes()


def vector_of(direction: Sequence[float] | NDArray[np.float32]) -> bytes:
    return np.asarray(direction, dtype="<f2").tobytes()


def bare_title(title: str) -> str:
    """Without case, accents, punctuation, and what a paper puts around it."""
    inner = _AROUND.sub("", title)
    return " ".join(_WORD.findall(folded(inner if len(inner.split()) >= TITLE_WORDS else title)))


def _telling(bare: str) -> bool:
    return len(bare.split()) >= TITLE_WORDS or len(_UNSPACED.findall(bare)) >= 2 * TITLE_WORDS


def canonical_url(url: str) -> str:
    """The address without scheme, "www.", "m.", marks of campaigns, fragment and last slash."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
        port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host:
        return ""
    for prefix in ("www.", "m.", "amp."):
        host = host.removeprefix(prefix)
    asked = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _CARRIED.match(name.lower())
    )
    path = parts.path.removesuffix("/amp/").removesuffix("/amp").rstrip("/")
    query = f"?{urlencode(asked)}" if asked else ""
    # A bare front page tells nothing apart: every item of a careless feed may lead there.
    return f"{host}{port}{path}{query}" if path or query else ""


def digest(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest() if value else ""
