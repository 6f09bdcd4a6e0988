"""The embedded engine: a words file (SQLite FTS5) and memory-mapped vectors, in one folder.

    current             name of the words file that answers
    words-0001-….sqlite words and columns        vectors/<space>/  vectors of one model and basis
    write.lock          held by whoever writes

Readers look at `current` and at two counters before each search and follow any change.
"""

import secrets
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from house.retrieval.analysis import fold
from house.retrieval.embedding.base import Bytes, PassageVectors
from house.retrieval.engines import evidence, words
from house.retrieval.engines.base import (
    Candidates,
    IndexedDocument,
    Query,
    Scope,
    Term,
    VectorSpace,
    Watermark,
)
from house.retrieval.engines.files import Connections, locked, read_text, replace_text
from house.retrieval.engines.snapshot import Posting, Snapshot, merged
from house.retrieval.engines.spelling import Vocabulary
from house.retrieval.engines.vectors import VectorSet, VectorView
from house.retrieval.lexicon import is_mark
from house.retrieval.ranking import pick

_BATCH = 500
_NAME = f"words-{words.FORMAT}-"


class SQLiteEngine:
    def __init__(self, folder: Path, space: VectorSpace | None = None) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = folder / "write.lock"
        self._current = folder / "current"
        self._vectors = folder / "vectors"
        self._refreshing = threading.Lock()
        self._words: Connections | None = None
        self._snapshot: Snapshot | None = None
        self._vocabulary: Vocabulary | None = None
        self._set: VectorSet | None = None
        self._view: VectorView | None = None
        self._found: tuple[Snapshot, VectorView, NDArray[np.int64]] | None = None
        self.use_vectors(space)

    # Writing

    def upsert(self, documents: Iterable[IndexedDocument]) -> None:
        with locked(self._lock):
            with self._live().writing() as db:
                left = words.put(db, documents)
            self._forget(left)

    def delete(self, objects: Iterable[tuple[str, int]]) -> None:
        with locked(self._lock):
            with self._live().writing() as db:
                left = words.drop(db, objects)
            self._forget(left)
            words.tidy(self._live().get())

    def tidy(self) -> None:
        with locked(self._lock):
            words.tidy(self._live().get())

    def put_vectors(self, digests: Sequence[int], vectors: PassageVectors) -> None:
        if self._set is None:
            raise LookupError("No vector space is in use")
        with locked(self._lock):
            db = self._live().get()
            sql = "SELECT 1 FROM passage WHERE digest = ? LIMIT 1"
            keep = [i for i, digest in enumerate(digests) if db.execute(sql, (digest,)).fetchone()]
            self._set.put(
                [digests[i] for i in keep],
                PassageVectors(
                    raw=vectors.raw[keep],
                    norms=vectors.norms[keep],
                    tokens=None if vectors.tokens is None else [vectors.tokens[i] for i in keep],
                ),
            )

    def use_vectors(self, space: VectorSpace | None) -> None:
        self._set = None if space is None else VectorSet.of(self._vectors, space)
        self._view = None

    def drop_other_vectors(self) -> None:
        """Remove the sets of models that no longer answer."""
        with locked(self._lock):
            for other in VectorSet.all(self._vectors):
                if self._set is None or other.folder != self._set.folder:
                    shutil.rmtree(other.folder)

    def rebuild(
        self,
        documents: Iterable[IndexedDocument],
        *,
        reload: Callable[[list[tuple[str, int]]], Iterable[IndexedDocument]],
    ) -> None:
        with locked(self.folder / "rebuild.lock"):
            started = words.stamp_of(self._live().get())
            name = f"{_NAME}{secrets.token_hex(6)}.sqlite"
            building = words.create(self.folder / name)
            iterator = iter(documents)
            while batch := list(islice(iterator, _BATCH)):
                with building.writing() as db:
                    words.put(db, batch)
            building.get().execute("INSERT INTO terms(terms) VALUES ('optimize')")
            with locked(self._lock):
                changed = words.changed_since(self._live().get(), started)
                with building.writing() as db:
                    words.drop(db, changed)
                    words.put(db, reload(changed))
                words.tidy(building.get())
                wanted = building.get().execute("SELECT digest FROM passage").fetchall()
                replace_text(self._current, name)
                self._remove_others(keep=name)
                for vectors in VectorSet.all(self._vectors):
                    vectors.sweep(np.array([digest for (digest,) in wanted], np.int64))
            building.close()

    # Reading

    def search(self, query: Query, scope: Scope, *, by_words: int = 120) -> Candidates:
        now = self._now()
        shot, view = now.shot, now.view
        allowed = now.rows_for(query, scope)
        postings = [now.posting(term) for term in query.terms]
        weights = np.array(
            [
                term.weight * evidence.idf(shot.live_rows, len(posting.rows))
                for term, posting in zip(query.terms, postings, strict=True)
            ],
            np.float32,
        )
        marked = np.array([is_mark(term.forms[0]) for term in query.terms], np.bool_)
        scores = evidence.bm25(shot, postings, np.where(marked, 0, weights))
        marks = evidence.borne(shot, postings, np.where(marked, weights, 0))
        raw = projected = late = None
        if query.vectors is not None and view is not None and len(view.raw):
            at = self._places(now)
            raw, projected = evidence.similar(view, at, allowed, query.vectors)
        rows = pick(raw, projected, scores, marks, allowed, by_words=by_words)
        if raw is not None and query.vectors.tokens is not None:
            late = evidence.late(query.vectors.tokens, view, at, rows, scores[rows])
        documents = shot.document[rows].astype(np.int64)
        languages = shot.languages()
        return Candidates(
            passages=shot.ids[rows],
            documents=documents,
            objects=[shot.objects[doc] for doc in documents],
            languages=[languages[code] for code in shot.language[rows]],
            prior=shot.prior[documents],
            weights=weights,
            in_text=evidence.stands(postings, rows, "in_text"),
            in_title=evidence.stands(postings, rows, "in_title"),
            bm25=scores[rows],
            **evidence.meaning(raw, projected, rows, scores[rows]),
            late=late,
        )

    def near_words(self, word: str, scope: Scope, *, limit: int) -> list[str]:
        now = self._now()
        allowed = now.shot.rows_in(scope)
        for slips in (1, 2):
            found: list[tuple[int, str]] = []
            for near in self._terms(now).near(word, slips):
                form = words.WORD_MARK + near
                held = int(allowed[now.posting(Term(near, (form,))).rows].sum())
                if held:
                    found.append((-held, near))
            if (
                found
            ):  # judged by what is in scope alone: a hidden word must not even get in the way
                return [near for _, near in sorted(found)[:limit]]
        return []

    def count_terms(self, terms: Sequence[Term], scope: Scope) -> list[int]:
        now = self._now()
        allowed = now.shot.rows_in(scope)
        return [int(allowed[now.posting(term).rows].sum()) for term in terms]

    def find_titles(self, prefix: str, scope: Scope, *, limit: int) -> list[tuple[str, int]]:
        shot = self._now().shot
        wanted = [f" {word}" for word in fold(prefix).split()]
        found = []
        for doc in np.flatnonzero(shot.documents_in(scope)) if wanted else ():
            title = shot.folded_titles[doc]
            if all(word in title for word in wanted):
                begins = title.startswith(wanted[0])
                found.append((not begins, -float(shot.prior[doc]), title, int(doc)))
        return [shot.objects[doc] for *_, doc in sorted(found)[:limit]]

    def list_documents(self, scope: Scope) -> list[tuple[str, int]]:
        shot = self._now().shot
        docs = np.flatnonzero(shot.documents_in(scope))
        return [shot.objects[doc] for doc in docs[np.lexsort((-docs, -shot.prior[docs]))]]

    def facets_of(self, objects: Sequence[tuple[str, int]]) -> list[Mapping[str, tuple[str, ...]]]:
        shot = self._now().shot
        docs = (shot.numbers.get(thing, 0) for thing in objects)
        return [shot.facets[doc] if doc < len(shot.facets) else {} for doc in docs]

    def tokens_of(self, digests: Sequence[int]) -> list[Bytes]:
        view = self._now().view
        nothing = np.empty((0, 0 if view is None else view.tokens.width), np.int8)
        if view is None:
            return [nothing] * len(digests)
        places = view.find(np.array(digests, np.int64))
        found = iter(view.tokens_of(places[places >= 0]))
        return [next(found) if place >= 0 else nothing for place in places]

    def pending(self, limit: int) -> list[int]:
        now = self._now()
        return _missing(now.shot, now.view)[:limit].tolist()

    def watermark(self) -> Watermark:
        now = self._now()
        missing = 0 if self._set is None else len(_missing(now.shot, now.view))
        return Watermark(
            generation=now.shot.stamp,
            documents=now.shot.live_documents,
            passages=now.shot.live_rows,
            vectors=0 if now.view is None else len(now.view.digests),
            pending=missing,
        )

    # What is live now

    def _live(self) -> Connections:
        """The words file that `current` names; an index of another format counts as none."""
        name = read_text(self._current)
        if not name.startswith(_NAME):
            with locked(self._lock):
                name = read_text(self._current)
                if not name.startswith(_NAME):
                    name = f"{_NAME}{secrets.token_hex(6)}.sqlite"
                    words.create(self.folder / name).close()
                    replace_text(self._current, name)
        live = self._words
        if live is None or live.path.name != name:
            live = self._words = Connections(self.folder / name)
        return live

    def _now(self) -> "_Moment":
        """What stands in the index now. All reads of one search use the same moment."""
        for _ in range(5):
            live = self._live()
            try:
                db = live.get()
                break
            except sqlite3.OperationalError:
                if live.path.exists():
                    raise  # else a swap removed it between our two looks
        shot = self._snapshot
        if shot is None or shot.path != str(live.path) or shot.stamp != words.stamp_of(db):
            with self._refreshing:
                shot = self._snapshot
                if shot is None or shot.path != str(live.path):
                    shot = Snapshot(path=str(live.path))
                shot = self._snapshot = shot.newer(db)
        vectors, view = self._set, None
        if vectors is not None:
            view = self._view = vectors.view(self._view)
        return _Moment(db, shot, view)

    def _places(self, now: "_Moment") -> NDArray[np.int64]:
        """By passage number: where its vector stands in the view, -1 without one."""
        known = self._found
        if known is None or known[0] is not now.shot or known[1] is not now.view:
            known = self._found = (now.shot, now.view, now.view.find(now.shot.digests))
        return known[2]

    def _terms(self, now: "_Moment") -> Vocabulary:
        known = self._vocabulary
        if known is None or known.is_stale(now.shot.stamp):
            with self._refreshing:
                known = self._vocabulary = Vocabulary.read(now.db, now.shot.stamp)
        return known

    # Files

    def _forget(self, digests: set[int]) -> None:
        if digests:
            for vectors in VectorSet.all(self._vectors):
                vectors.forget(digests)

    def _remove_others(self, keep: str) -> None:
        for path in self.folder.glob("words-*"):
            if not path.name.startswith(keep):
                path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Moment:
    """One consistent look at the index: this thread's connection, columns, vectors."""

    db: sqlite3.Connection
    shot: Snapshot
    view: VectorView | None

    def posting(self, term: Term) -> Posting:
        return merged([self.shot.posting(self.db, form) for form in term.forms])

    def rows_for(self, query: Query, scope: Scope) -> NDArray[np.bool_]:
        allowed = self.shot.rows_in(scope)
        if query.excluded or query.required:
            allowed = allowed.copy()
        for term in query.required:
            held = np.zeros(len(allowed), np.bool_)
            held[self.posting(term).rows] = True
            allowed &= held
        for term in query.excluded:
            allowed[self.posting(term).rows] = False
        return allowed


def _missing(shot: Snapshot, view: VectorView | None) -> NDArray[np.int64]:
    alive = (shot.audience >= 0)[shot.document]
    digests = shot.digests[alive]
    if view is not None:
        digests = digests[view.find(digests) < 0]
    _, first = np.unique(digests, return_index=True)
    return digests[np.sort(first)]
