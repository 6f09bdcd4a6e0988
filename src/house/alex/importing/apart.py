"""Formats with deep parsers are read in a process of their own, with little memory and a clock.

A hostile PDF or page can then at most stop its own reading. The child needs no database; it is asked
for one file after another and is replaced when it is killed.
"""

import json
import os
import resource
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from house.alex.importing.files import SourceFile
from house.alex.importing.limits import APART_BYTES, APART_SECONDS, MEGABYTE
from house.alex.importing.records import Origin, Record, Refusal, Section
from house.ground.captions.cues import Cue
from house.ground.unreadable import Note

_LONGEST_REPLY = 256 * MEGABYTE


class Apart:
    """The parent's end. Use as a context manager; starts the child with the first file."""

    def __init__(self, *, seconds: float = APART_SECONDS) -> None:
        self.seconds = seconds
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def read(self, file: SourceFile) -> Iterator[Record | Refusal]:
        answer = self._ask({"format": file.format, "path": str(file.path), "name": file.name})
        if answer is None:
            self._end()
            yield Refusal(file.name, "too-slow", facts={"seconds": round(self.seconds)})
            return
        for row in answer:
            yield Refusal(**row["refusal"]) if "refusal" in row else _record(row)

    def _ask(self, question: dict[str, str]) -> list[dict[str, Any]] | None:
        """The child's answer; None when it died, took too long or said too much."""
        if self._child is None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "house.alex.importing.apart"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={
                    "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
                    "PATH": os.environ.get("PATH", ""),
                },
                bufsize=0,
            )
        stdin, stdout = self._child.stdin, self._child.stdout
        assert stdin is not None  # noqa: S101 -- both are pipes, told to mypy
        assert stdout is not None  # noqa: S101
        try:
            stdin.write(json.dumps(question).encode() + b"\n")
        except BrokenPipeError:
            return None
        until = time.monotonic() + self.seconds
        parts: list[bytes] = []
        size = 0
        # not `select.select`: it knows no file beyond the 1,024th, and a busy worker holds more
        with selectors.DefaultSelector() as waiting:
            waiting.register(stdout, selectors.EVENT_READ)
            while True:
                ready = waiting.select(max(0.0, until - time.monotonic()))
                part = os.read(stdout.fileno(), MEGABYTE) if ready else b""
                size += len(part)
                if not part or size > _LONGEST_REPLY:
                    return None
                parts.append(part)
                if part.endswith(b"\n"):  # the reply is one line, and nothing follows it unasked
                    answer: list[dict[str, Any]] = json.loads(b"".join(parts))
                    return answer

    def _end(self) -> None:
        if self._child is None:
            return
        child, self._child = self._child, None
        with ExitStack() as pipes:
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    pipes.callback(pipe.close)
            child.kill()
            child.wait()


def _record(row: dict[str, Any]) -> Record:
    kinds = {"sections": Section, "cues": Cue, "origins": Origin, "notes": Note}
    for key, kind in kinds.items():
        row[key] = tuple(kind(**each) for each in row[key])
    row["topics"] = tuple(row["topics"])
    return Record(**row)


def _serve() -> None:
    """The child's end: a question a line, an answer a line, until the parent goes."""
    from house.alex.importing.reading import read_here  # noqa: PLC0415 -- `reading` imports this file

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not be taken for an answer
    with suppress(
        ValueError, OSError
    ):  # some systems know no such limits; the clock holds there too
        resource.setrlimit(resource.RLIMIT_AS, (APART_BYTES, APART_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin.buffer:
        question = json.loads(line)
        path = Path(question["path"])
        file = SourceFile(path, question["name"], question["format"], 0)
        rows = [
            {"refusal": asdict(item)} if isinstance(item, Refusal) else asdict(item)
            for item in read_here(file)
        ]
        answers.write(json.dumps(rows).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    _serve()
