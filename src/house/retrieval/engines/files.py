"""Locks, swaps and SQLite connections that survive a kill at any moment."""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_held = threading.local()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One holder among all threads and processes; may be taken again by its holder."""
    depths = _held.__dict__.setdefault("depths", {})
    if depths.get(path):
        depths[path] += 1
        try:
            yield
        finally:
            depths[path] -= 1
        return
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # the system lets go when the holder dies
        depths[path] = 1
        try:
            yield
        finally:
            depths[path] = 0


def replace_text(path: Path, text: str) -> None:
    """The old text or the new one is there after a crash, never half of it."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    with beside.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def read_text(path: Path) -> str:
    try:
        return path.read_text()
    except FileNotFoundError:
        return ""


class Connections:
    """A SQLite connection for each thread, made when it is first needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    @classmethod
    def create(cls, path: Path, schema: str) -> "Connections":
        path.touch()
        made = cls(path)
        made.get().executescript(schema)
        return made

    def get(self) -> sqlite3.Connection:
        connection = getattr(self._local, "connection", None)
        if connection is None or self._local.process != os.getpid():
            # Never makes a file: one that a swap has removed must not come back empty.
            address = f"{self.path.absolute().as_uri()}?mode=rw"
            connection = sqlite3.connect(address, uri=True, timeout=30, isolation_level=None)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("PRAGMA cache_size=-8192")
            self._local.connection = connection
            self._local.process = os.getpid()
        return connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        connection = self.get()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def close(self) -> None:
        """Closes this thread's connection only."""
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None
