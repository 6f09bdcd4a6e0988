"""Mails that came in, as files. What is answered with "250 OK" is on the disk, whatever happens to the rest.

incoming/new/       waits for the worker
incoming/held/      belongs to a `HeldReply`; goes with it
incoming/refused/   nothing was done with it; kept for thirty days, should somebody miss it
"""

import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from house.ground.codes import short_code

MAX_BYTES = 25 * 1024 * 1024
KEPT_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Spooled:
    """`receivers` and `sender` are the envelope's; empty where a file has none."""

    name: str
    raw: bytes
    receivers: Sequence[str] = ()
    sender: str | None = None


def folder(name: str) -> Path:
    path = Path(settings.INTAKE_ROOT) / name
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def keep(raw: bytes, *, receivers: Sequence[str] = (), sender: str | None = None) -> str:
    """On the disk when this returns. Raises `OSError` where that can't be: then nobody may say "OK"."""
    name = f"{time.time_ns():020}-{short_code(12)}"
    place = folder("new")
    told = json.dumps({"receivers": list(receivers), "sender": sender}).encode("ascii")
    half = place / f".{name}"
    with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(told + b"\n" + raw)
        file.flush()
        os.fsync(file.fileno())
    half.rename(place / name)
    directory = os.open(place, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return name


def waiting() -> Iterator[Path]:
    """Oldest first."""
    yield from sorted(path for path in folder("new").iterdir() if not path.name.startswith("."))


def load(path: Path) -> Spooled | None:
    """None where another worker was quicker."""
    try:
        head, _newline, raw = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    told = json.loads(head)
    return Spooled(path.name, raw, tuple(told["receivers"]), told["sender"])


def move(name: str, to: str) -> None:
    """From `new`; to nowhere (`""`) when it is done with. Doing so twice changes nothing."""
    path = folder("new") / name
    try:
        if to:
            path.rename(folder(to) / name)
        else:
            path.unlink()
    except FileNotFoundError:
        pass


def held(name: str) -> Spooled | None:
    return load(folder("held") / name) if name else None


def forget(name: str) -> None:
    if name:
        (folder("held") / name).unlink(missing_ok=True)


def forget_old() -> None:
    for path in folder("refused").iterdir():
        if path.stat().st_mtime < time.time() - KEPT_SECONDS:
            path.unlink(missing_ok=True)
