"""Vectors of one model on disk: rows that are only ever appended, and a table that says whose they are.

Bytes are written and synced before the table names them, so that after a crash every named row is
whole; what lies behind the last named row is overwritten by the next.
"""

import json
import mmap
import os
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from house.retrieval.embedding.base import Bytes, Floats, PassageVectors
from house.retrieval.engines.base import VectorSpace
from house.retrieval.engines.files import Connections, read_text, replace_text

_ASKED_BEFORE_GIVEN_BACK = 8

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vector (
    digest INTEGER PRIMARY KEY, row INTEGER NOT NULL UNIQUE, norm REAL NOT NULL,
    start INTEGER NOT NULL, tokens INTEGER NOT NULL, stamp INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS vector_stamp ON vector (stamp);
CREATE TABLE IF NOT EXISTS clock (one INTEGER PRIMARY KEY CHECK (one = 1), stamp INTEGER, gone INTEGER);
INSERT OR IGNORE INTO clock VALUES (1, 0, 0);
"""


@dataclass(frozen=True, slots=True)
class VectorView:
    """What a reader sees of a set at one moment; `digests` is sorted, the rest follows it."""

    stamp: tuple[int, int]
    digests: NDArray[np.int64]
    rows: NDArray[np.int64]
    norms: Floats
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]
    raw: Floats
    tokens: "TokenFile"

    def find(self, digests: NDArray[np.int64]) -> NDArray[np.int64]:
        """Positions in this view, -1 where a digest has no vector."""
        if not len(self.digests):
            return np.full(len(digests), -1, np.int64)
        at = np.searchsorted(self.digests, digests)
        at[at == len(self.digests)] = 0
        return np.where(self.digests[at] == digests, at, -1)

    def tokens_of(self, positions: NDArray[np.int64]) -> list[Bytes]:
        return self.tokens.read(self.starts[positions].tolist(), self.counts[positions].tolist())


class TokenFile:
    """Token vectors, memory-mapped: a few hundred of a million rows are read for each question.

    Now and then the pages read are given back, or in time all of the file would count as this
    process's memory. They stay in the system's cache, so reading them again costs next to nothing.
    """

    def __init__(self, path: Path, width: int) -> None:
        self.width = width
        self._path = path
        self._map: mmap.mmap | None = None
        self._rows: Bytes = np.empty((0, width), np.int8)
        self._asked = 0

    def read(self, starts: list[int], counts: list[int]) -> list[Bytes]:
        spans = [(start, start + count) for start, count in zip(starts, counts, strict=True)]
        rows = self._up_to(max((end for _, end in spans), default=0))
        self._asked += 1
        if self._map is not None and self._asked % _ASKED_BEFORE_GIVEN_BACK == 0:
            self._map.madvise(mmap.MADV_DONTNEED)
        return [rows[start:end] for start, end in spans]

    def _up_to(self, end: int) -> Bytes:
        if len(self._rows) < end:
            with self._path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            whole = len(self._map) // self.width * self.width
            self._rows = np.frombuffer(self._map, np.int8, whole).reshape(-1, self.width)
        return self._rows


class VectorSet:
    """The caller holds the index's write lock around `put`, `forget` and `sweep`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.space = VectorSpace(**json.loads((folder / "space.json").read_text()))
        self._raw, self._tokens = folder / "raw.f32", folder / "tokens.i8"
        self._database = Connections.create(folder / "vectors.sqlite", _SCHEMA)
        self._raw.touch()
        self._tokens.touch()
        self._token_file = TokenFile(self._tokens, self.space.token_dimensions)

    @classmethod
    def of(cls, folder: Path, space: VectorSpace) -> "VectorSet":
        """The set of this space among the sets of `folder`, made when it is new."""
        facts = asdict(space)
        name = re.sub(r"[^A-Za-z0-9._-]+", "_", "--".join(str(fact) for fact in facts.values()))
        name = f"{name[-80:]}-{zlib.crc32(json.dumps(facts).encode()):08x}"
        (folder / name).mkdir(parents=True, exist_ok=True)
        if not read_text(folder / name / "space.json"):
            replace_text(folder / name / "space.json", json.dumps(facts))
        return cls(folder / name)

    @classmethod
    def all(cls, folder: Path) -> "list[VectorSet]":
        return [cls(found.parent) for found in sorted(folder.glob("*/space.json"))]

    def put(self, digests: Sequence[int], vectors: PassageVectors) -> None:
        known = self.known(digests)
        fresh = {digest: i for i, digest in enumerate(digests) if digest not in known}
        if not fresh:
            return
        wanted = list(fresh.values())
        width = self.space.token_dimensions
        tokens = [
            vectors.tokens[i] if vectors.tokens and width else np.empty((0, width), np.int8)
            for i in wanted
        ]
        with self._database.writing() as db:
            row = db.execute("SELECT coalesce(max(row) + 1, 0) FROM vector").fetchone()[0]
            start = db.execute("SELECT coalesce(max(start + tokens), 0) FROM vector").fetchone()[0]
            stamp = db.execute("UPDATE clock SET stamp = stamp + 1 RETURNING stamp").fetchone()[0]
            raw = np.ascontiguousarray(vectors.raw[wanted], np.float32)
            _write(self._raw, row * self.space.dimensions * 4, raw.tobytes())
            _write(self._tokens, start * width, b"".join(piece.tobytes() for piece in tokens))
            named = []
            for offset, (digest, i) in enumerate(fresh.items()):
                count = len(tokens[offset])
                named.append((digest, row + offset, float(vectors.norms[i]), start, count, stamp))
                start += count
            db.executemany("INSERT INTO vector VALUES (?, ?, ?, ?, ?, ?)", named)

    def known(self, digests: Iterable[int]) -> set[int]:
        db, found = self._database.get(), set()
        wanted = list(digests)
        for i in range(0, len(wanted), 500):
            part = wanted[i : i + 500]
            marks = ",".join("?" * len(part))
            sql = f"SELECT digest FROM vector WHERE digest IN ({marks})"  # noqa: S608 -- marks only
            found |= {digest for (digest,) in db.execute(sql, part)}
        return found

    def forget(self, digests: Iterable[int]) -> None:
        """Zero the bytes, then drop the rows: a crash between leaves rows that match nothing."""
        width, db = self.space.token_dimensions, self._database.get()
        found = []
        for digest in digests:
            sql = "SELECT row, start, tokens FROM vector WHERE digest = ?"
            for row, start, count in db.execute(sql, (digest,)):
                length = self.space.dimensions * 4
                _write(self._raw, row * length, bytes(length))
                _write(self._tokens, start * width, bytes(count * width))
                found.append((digest,))
        if found:
            with self._database.writing():
                db.executemany("DELETE FROM vector WHERE digest = ?", found)
                db.execute("UPDATE clock SET gone = gone + 1")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def sweep(self, wanted: NDArray[np.int64]) -> None:
        """Forget what no passage asks for any more (left behind by a crash)."""
        digests = np.array(
            [d for (d,) in self._database.get().execute("SELECT digest FROM vector")]
        )
        if len(digests):
            self.forget(int(d) for d in digests[~np.isin(digests, wanted)])

    def view(self, before: VectorView | None = None) -> VectorView:
        """The newest view; `before` itself when nothing changed, extended when rows were added."""
        db = self._database.get()
        stamp: tuple[int, int] = db.execute("SELECT stamp, gone FROM clock").fetchone()
        if before is not None and before.stamp == stamp:
            return before
        since = before.stamp[0] if before is not None and before.stamp[1] == stamp[1] else 0
        sql = "SELECT digest, row, norm, start, tokens FROM vector WHERE stamp > ? AND stamp <= ?"
        named = db.execute(sql, (since, stamp[0])).fetchall()
        columns = list(zip(*named, strict=True)) or [()] * 5
        kinds = (np.int64, np.int64, np.float32, np.int64, np.int64)
        arrays = [np.array(c, kind) for c, kind in zip(columns, kinds, strict=True)]
        if since and before is not None:
            old = (before.digests, before.rows, before.norms, before.starts, before.counts)
            arrays = [np.concatenate(pair) for pair in zip(old, arrays, strict=True)]
        order = np.argsort(arrays[0], kind="stable")
        digests, rows, norms, starts, counts = (array[order] for array in arrays)
        return VectorView(
            stamp=stamp,
            digests=digests,
            rows=rows,
            norms=norms,
            starts=starts,
            counts=counts,
            raw=_mapped(
                self._raw,
                np.float32,
                int(rows.max()) + 1 if len(rows) else 0,
                self.space.dimensions,
            ),
            tokens=self._token_file,
        )


def _write(path: Path, offset: int, data: bytes) -> None:
    if not data:
        return
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)
        file.flush()
        os.fdatasync(file.fileno())


def _mapped(path: Path, kind: type, rows: int, width: int) -> NDArray:
    if not rows or not width:
        return np.empty((0, width), kind)
    return np.memmap(path, kind, "r", shape=(rows, width)).view(np.ndarray)
