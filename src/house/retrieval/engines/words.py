"""The words file: one SQLite database with the analysed text (FTS5) and the columns filters read.

A document that changes gets a new number, and so do its passages: what readers hold in memory about
a number never changes, it only ends. `stamp` counts writes; readers fetch what is newer than theirs.
"""

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from house.retrieval.engines.base import IndexedDocument
from house.retrieval.engines.files import Connections

# Raise when analysis or this schema changes: an index of another format is rebuilt, never read.
FORMAT = "2"

# Stands before words as written, to keep them apart from analysed terms in the one list of terms.
WORD_MARK = "·"

# The ascii tokenizer splits at ASCII punctuation only, and analysed terms have none: terms are kept
# letter for letter.
SCHEMA = """
CREATE TABLE IF NOT EXISTS clock (one INTEGER PRIMARY KEY CHECK (one = 1), stamp INTEGER, untidy INTEGER);
INSERT OR IGNORE INTO clock VALUES (1, 0, 0);
CREATE TABLE IF NOT EXISTS document (
    doc INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, pk INTEGER NOT NULL, title TEXT NOT NULL,
    language TEXT NOT NULL, audience TEXT NOT NULL, facets TEXT NOT NULL, since INTEGER, until INTEGER,
    prior REAL NOT NULL, stamp INTEGER NOT NULL, UNIQUE (kind, pk));
CREATE INDEX IF NOT EXISTS document_stamp ON document (stamp);
CREATE TABLE IF NOT EXISTS passage (
    row INTEGER PRIMARY KEY AUTOINCREMENT, id INTEGER NOT NULL, doc INTEGER NOT NULL,
    digest INTEGER NOT NULL, language TEXT NOT NULL, length INTEGER NOT NULL, stamp INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS passage_doc ON passage (doc);
CREATE INDEX IF NOT EXISTS passage_digest ON passage (digest);
CREATE INDEX IF NOT EXISTS passage_stamp ON passage (stamp);
CREATE TABLE IF NOT EXISTS gone (
    doc INTEGER NOT NULL, kind TEXT NOT NULL, pk INTEGER NOT NULL, stamp INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS gone_stamp ON gone (stamp);
CREATE VIRTUAL TABLE IF NOT EXISTS terms USING fts5 (
    title, heading, text, words, tokenize = 'ascii', columnsize = 0);
CREATE VIRTUAL TABLE IF NOT EXISTS term_places USING fts5vocab ('terms', 'instance');
CREATE VIRTUAL TABLE IF NOT EXISTS term_list USING fts5vocab ('terms', 'row');
"""

ERASES_ITSELF = sqlite3.sqlite_version_info >= (3, 42)


def create(path: Path) -> Connections:
    made = Connections.create(path, SCHEMA)
    if ERASES_ITSELF:
        made.get().execute("INSERT INTO terms(terms, rank) VALUES ('secure-delete', 1)")
    return made


def changed_since(db: sqlite3.Connection, stamp: int) -> list[tuple[str, int]]:
    """Kind and key of every document written or dropped after this stamp."""
    sql = "SELECT kind, pk FROM document WHERE stamp > ? UNION SELECT kind, pk FROM gone WHERE stamp > ?"
    return db.execute(sql, (stamp, stamp)).fetchall()


def stamp_of(db: sqlite3.Connection) -> int:
    stamp: int = db.execute("SELECT stamp FROM clock").fetchone()[0]
    return stamp


def put(db: sqlite3.Connection, documents: Iterable[IndexedDocument]) -> set[int]:
    """Inside the caller's transaction. Gives the digests that no passage has any more."""
    stamp = _tick(db)
    left: set[int] = set()
    for document in documents:
        left |= _drop(db, document.kind, document.pk, stamp)
        since, until = document.period
        cursor = db.execute(
            "INSERT INTO document (kind, pk, title, language, audience, facets, since, until, prior, stamp)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.kind,
                document.pk,
                document.title,
                document.language,
                document.audience,
                json.dumps({name: list(values) for name, values in document.facets.items()}),
                _day(since),
                _day(until),
                document.prior,
                stamp,
            ),
        )
        row = db.execute(
            "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name='passage'"
        ).fetchone()[0]
        rows, texts = [], []
        for passage in document.passages:
            row += 1
            length = sum(
                part.count(" ") + 1
                for part in (passage.title, passage.heading, passage.text)
                if part
            )
            rows.append(
                (row, passage.id, cursor.lastrowid, passage.digest, passage.language, length, stamp)
            )
            marked = " ".join(WORD_MARK + word for word in passage.words.split())
            texts.append((row, passage.title, passage.heading, passage.text, marked))
        db.executemany("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        db.executemany(
            "INSERT INTO terms (rowid, title, heading, text, words) VALUES (?, ?, ?, ?, ?)", texts
        )
    return _unused(db, left)


def drop(db: sqlite3.Connection, objects: Iterable[tuple[str, int]]) -> set[int]:
    """Inside the caller's transaction. Gives the digests that no passage has any more."""
    stamp = _tick(db)
    left: set[int] = set()
    for kind, pk in objects:
        left |= _drop(db, kind, pk, stamp)
    return _unused(db, left)


def tidy(db: sqlite3.Connection) -> None:
    """Rewrite the term lists without what was deleted, and empty the log that still holds it."""
    if not ERASES_ITSELF and db.execute("SELECT untidy FROM clock").fetchone()[0]:
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO terms(terms) VALUES ('optimize')")
        db.execute("UPDATE clock SET untidy = 0")
        db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _tick(db: sqlite3.Connection) -> int:
    stamp: int = db.execute("UPDATE clock SET stamp = stamp + 1 RETURNING stamp").fetchone()[0]
    return stamp


def _drop(db: sqlite3.Connection, kind: str, pk: int, stamp: int) -> set[int]:
    found = db.execute("SELECT doc FROM document WHERE kind = ? AND pk = ?", (kind, pk)).fetchone()
    if found is None:
        return set()
    rows = db.execute("SELECT row, digest FROM passage WHERE doc = ?", found).fetchall()
    db.executemany("DELETE FROM terms WHERE rowid = ?", [(row,) for row, _ in rows])
    db.execute("DELETE FROM passage WHERE doc = ?", found)
    db.execute("DELETE FROM document WHERE doc = ?", found)
    db.execute("INSERT INTO gone VALUES (?, ?, ?, ?)", (*found, kind, pk, stamp))
    db.execute("UPDATE clock SET untidy = 1")
    return {digest for _, digest in rows}


def _unused(db: sqlite3.Connection, digests: set[int]) -> set[int]:
    sql = "SELECT 1 FROM passage WHERE digest = ? LIMIT 1"
    return {digest for digest in digests if db.execute(sql, (digest,)).fetchone() is None}


def _day(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
