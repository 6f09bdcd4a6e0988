"""What a reader holds in memory of the words file: columns as arrays, posting lists as asked for.

A snapshot never changes once made (caches apart); a newer one shares what it can with the older.
Arrays are indexed by document or passage number, so number 0 is empty.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from house.retrieval.analysis import fold
from house.retrieval.engines.base import Floats, Scope

_FIELD_WEIGHTS = np.array([2.0, 1.5, 1.0], np.float32)  # title, heading, text
# Passage and field of each place as one number, all numbers as one string: ten times cheaper than
# a Python tuple for each.
_PLACES = """
SELECT group_concat(doc * 4 + CASE col WHEN 'title' THEN 0 WHEN 'heading' THEN 1 ELSE 2 END)
FROM term_places WHERE term = ?"""
_CACHED_POSTINGS = 3_000_000
_NEVER, _ALWAYS = -(2**31), 2**31 - 1


@dataclass(frozen=True, slots=True)
class Posting:
    """Where a term stands: passage numbers in order, how often (by field), and whether in titles."""

    rows: NDArray[np.int64]
    counts: Floats
    in_title: NDArray[np.bool_]
    in_text: NDArray[np.bool_]


@dataclass(slots=True)
class Snapshot:
    path: str
    stamp: int = -1
    # by document number
    objects: list[tuple[str, int]] = field(default_factory=lambda: [("", 0)])
    titles: list[str] = field(default_factory=lambda: [""])
    folded_titles: list[str] = field(default_factory=lambda: [""])
    facets: list[Mapping[str, tuple[str, ...]]] = field(default_factory=lambda: [{}])
    audience: NDArray[np.int32] = field(default_factory=lambda: np.array([-1], np.int32))
    since: NDArray[np.int64] = field(default_factory=lambda: np.array([_ALWAYS], np.int64))
    until: NDArray[np.int64] = field(default_factory=lambda: np.array([_NEVER], np.int64))
    prior: Floats = field(default_factory=lambda: np.zeros(1, np.float32))
    # by passage number
    document: NDArray[np.int32] = field(default_factory=lambda: np.zeros(1, np.int32))
    ids: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))
    digests: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))
    lengths: Floats = field(default_factory=lambda: np.zeros(1, np.float32))
    language: NDArray[np.int16] = field(default_factory=lambda: np.zeros(1, np.int16))
    # shared between snapshots of one file: codes and members are only ever added
    audience_codes: dict[str, int] = field(default_factory=dict)
    language_codes: dict[str, int] = field(default_factory=lambda: {"": 0})
    members: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    # of this snapshot alone
    live_rows: int = 0
    live_documents: int = 0
    mean_length: float = 1.0
    _postings: dict[str, Posting] = field(default_factory=dict)
    _cached: int = 0
    _scopes: dict[Scope, NDArray[np.bool_]] = field(default_factory=dict)

    def languages(self) -> list[str]:
        return list(self.language_codes)

    def newer(self, db: sqlite3.Connection) -> "Snapshot":
        """The same snapshot while nothing was written, else one with what was written since."""
        stamp = db.execute("SELECT stamp FROM clock").fetchone()[0]
        if stamp == self.stamp:
            return self
        db.execute("BEGIN")  # documents and passages of one moment
        try:
            stamp = db.execute("SELECT stamp FROM clock").fetchone()[0]
            since = (self.stamp,)
            documents = db.execute(
                "SELECT doc, kind, pk, title, audience, facets, since, until, prior"
                " FROM document WHERE stamp > ? ORDER BY doc",
                since,
            ).fetchall()
            passages = db.execute(
                "SELECT row, doc, id, digest, length, language FROM passage WHERE stamp > ?", since
            ).fetchall()
            gone = [doc for (doc,) in db.execute("SELECT doc FROM gone WHERE stamp > ?", since)]
        finally:
            db.execute("COMMIT")
        return self._with(stamp, documents, passages, gone)

    def _with(self, stamp: int, documents: list, passages: list, gone: list[int]) -> "Snapshot":
        size = max([len(self.objects), *(row[0] + 1 for row in documents)])
        new = Snapshot(
            path=self.path,
            stamp=stamp,
            objects=_grown(self.objects, size, ("", 0)),
            titles=_grown(self.titles, size, ""),
            folded_titles=_grown(self.folded_titles, size, ""),
            facets=_grown(self.facets, size, {}),
            audience=_longer(self.audience, size, -1),
            since=_longer(self.since, size, _ALWAYS),
            until=_longer(self.until, size, _NEVER),
            prior=_longer(self.prior, size, 0),
            audience_codes=self.audience_codes,
            language_codes=self.language_codes,
            members=self.members,
            numbers=self.numbers,
        )
        for doc, kind, pk, title, audience, facets, since, until, prior in documents:
            new.objects[doc] = (kind, pk)
            new.titles[doc] = title
            new.folded_titles[doc] = f" {fold(title)}"
            new.facets[doc] = {name: tuple(values) for name, values in json.loads(facets).items()}
            new.audience[doc] = self.audience_codes.setdefault(audience, len(self.audience_codes))
            if since is not None or until is not None:
                new.since[doc] = _NEVER if since is None else since
                new.until[doc] = _ALWAYS if until is None else until
            new.prior[doc] = prior
            new.numbers[kind, pk] = doc
            for name, values in new.facets[doc].items():
                for value in values:
                    self.members[name, value].append(doc)
        for doc in gone:
            if doc < size:
                new.audience[doc] = -1
                new.titles[doc] = new.folded_titles[doc] = ""
        rows = max([len(self.document), *(row[0] + 1 for row in passages)])
        codes = self.language_codes
        columns = list(zip(*passages, strict=True)) or [()] * 6
        at = np.array(columns[0], np.int64)
        new.document = _longer(self.document, rows, 0)
        new.ids = _longer(self.ids, rows, 0)
        new.digests = _longer(self.digests, rows, 0)
        new.lengths = _longer(self.lengths, rows, 0)
        new.language = _longer(self.language, rows, 0)
        new.document[at] = columns[1]
        new.ids[at] = columns[2]
        new.digests[at] = columns[3]
        new.lengths[at] = columns[4]
        new.language[at] = [codes.setdefault(language, len(codes)) for language in columns[5]]
        alive = (new.audience >= 0)[new.document]
        new.live_rows = int(alive.sum())
        new.live_documents = int((new.audience >= 0).sum())
        new.mean_length = float(new.lengths[alive].mean()) if new.live_rows else 1.0
        return new

    def documents_in(self, scope: Scope) -> NDArray[np.bool_]:
        """By document number: what this scope holds."""
        codes = [self.audience_codes[t] for t in scope.tokens if t in self.audience_codes]
        held = np.isin(self.audience, np.array(codes, np.int32))
        for name, values in scope.facets:
            held &= self._flags(n for value in values for n in self.members.get((name, value), ()))
        since, until = scope.period
        if since is not None:
            held &= self.until >= since.toordinal()
        if until is not None:
            held &= self.since <= until.toordinal()
        if scope.objects is not None:
            held &= self._flags(self.numbers.get(thing, 0) for thing in scope.objects)
        return held

    def rows_in(self, scope: Scope) -> NDArray[np.bool_]:
        """By passage number; the few scopes in use are remembered."""
        rows = self._scopes.get(scope) if scope.objects is None else None
        if rows is None:
            rows = self.documents_in(scope)[self.document]
            if scope.objects is None:
                if len(self._scopes) > 32:
                    self._scopes.clear()
                self._scopes[scope] = rows
        return rows

    def _flags(self, numbers: object) -> NDArray[np.bool_]:
        flags = np.zeros(len(self.audience), np.bool_)
        inside = [n for n in numbers if n < len(flags)]  # members may know a newer snapshot's
        flags[inside] = True
        return flags

    def posting(self, db: sqlite3.Connection, term: str) -> Posting:
        found = self._postings.get(term)
        if found is None:
            found = self._read_posting(db, term)
            if self._cached > _CACHED_POSTINGS:
                self._postings.clear()
                self._cached = 0
            self._postings[term] = found
            self._cached += len(found.rows) + 50
        return found

    def _read_posting(self, db: sqlite3.Connection, term: str) -> Posting:
        text = db.execute(_PLACES, (term,)).fetchone()[0] or ""
        places = np.fromstring(text, dtype=np.int64, sep=",") if text else np.empty(0, np.int64)
        rows = places >> 2
        places, rows = places[rows < len(self.document)], rows[rows < len(self.document)]
        if not len(rows):
            nothing = np.empty(0, np.bool_)
            return Posting(rows, np.empty(0, np.float32), nothing, nothing)
        fields = places & 3
        starts = np.flatnonzero(np.concatenate([[True], rows[1:] != rows[:-1]]))
        return Posting(
            rows=rows[starts],
            counts=np.add.reduceat(_FIELD_WEIGHTS[fields], starts),
            in_title=np.logical_or.reduceat(fields == 0, starts),
            in_text=np.logical_or.reduceat(fields != 0, starts),
        )


def merged(postings: list[Posting]) -> Posting:
    """One posting for a term's several forms."""
    if len(postings) == 1:
        return postings[0]
    rows = np.concatenate([posting.rows for posting in postings])
    order = np.argsort(rows, kind="stable")
    rows = rows[order]
    if not len(rows):
        return postings[0]
    starts = np.flatnonzero(np.concatenate([[True], rows[1:] != rows[:-1]]))
    counts = np.concatenate([posting.counts for posting in postings])[order]
    in_title = np.concatenate([posting.in_title for posting in postings])[order]
    in_text = np.concatenate([posting.in_text for posting in postings])[order]
    return Posting(
        rows=rows[starts],
        counts=np.add.reduceat(counts, starts),
        in_title=np.logical_or.reduceat(in_title, starts),
        in_text=np.logical_or.reduceat(in_text, starts),
    )


def _grown(values: list, size: int, empty: object) -> list:
    return values + [empty] * (size - len(values))


def _longer(values: NDArray, size: int, empty: float) -> NDArray:
    longer = np.full(size, empty, values.dtype)
    longer[: len(values)] = values
    return longer
