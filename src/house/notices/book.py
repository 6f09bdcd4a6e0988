"""The book that a sending process keeps: which messages a mail server took, before all else.

Between the moment a server says 250 and the moment the records say "sent", a process can be killed.
So each acceptance is first written here and synced; who takes over the letters of a dead process
reads its book and sends none of them again. The process holds a lock on its book as long as it
lives, however it ends: that is how others on the same machine know at once that it is dead, and
that one which is merely slow is not.
"""

import datetime
import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from house.ground.codes import short_code

KEPT = datetime.timedelta(days=7)
_opening = threading.Lock()


class Book:
    def __init__(self, name: str, descriptor: int) -> None:
        self.name, self._descriptor = name, descriptor
        self.day = timezone.now().date()
        # Also what other processes had sent before this one began: asked before anything is sent.
        self._taken = {line for path in _others(name) for line in _lines(path)}

    def took(self, message_id: str) -> None:
        """A server answered 250 for this message. On disk when this returns."""
        os.write(self._descriptor, f"{message_id}\n".encode("ascii"))
        os.fsync(self._descriptor)
        self._taken.add(message_id)

    def holds(self, message_id: str) -> bool:
        return message_id in self._taken

    def close(self) -> None:
        os.close(self._descriptor)


_mine: dict[tuple[int, str], Book] = {}


def mine() -> Book:
    """The book of this process, a new one each day."""
    key = (os.getpid(), str(_folder()))
    with _opening:
        kept = _mine.get(key)
        if kept is None or kept.day != timezone.now().date():
            for others in _mine.values():
                others.close()
            _mine.clear()
            _mine[key] = _open()
        return _mine[key]


def _open() -> Book:
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    name = short_code(16)
    # A bare descriptor: it is meant to stay open until the process ends.
    descriptor = os.open(folder / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return Book(name, descriptor)


def _folder() -> Path:
    return Path(settings.SPOOL_ROOT) / "taken"


def _others(name: str) -> list[Path]:
    return [path for path in _folder().glob("*") if path.name != name]


def _lines(path: Path) -> list[str]:
    """Whole lines only: a last one without its end was never synced."""
    try:
        text = path.read_text()
    except FileNotFoundError:
        return []
    return text[: text.rfind("\n") + 1].split()


@contextmanager
def of_the_dead(name: str) -> Iterator[frozenset[str] | None]:
    """What the process took down that kept this book; None while it lives, or where there is no such book.

    Nobody else may settle its letters meanwhile.
    """
    try:
        file = (_folder() / name).open()
    except FileNotFoundError:
        yield None
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        yield frozenset(_lines(_folder() / name))


def forget_old() -> int:
    """Books of processes that ended more than a week ago."""
    before = (timezone.now() - KEPT).timestamp()
    gone = 0
    for path in _folder().glob("*"):
        with of_the_dead(path.name) as taken:
            if taken is not None and path.stat().st_mtime < before:
                path.unlink()
                gone += 1
    return gone
