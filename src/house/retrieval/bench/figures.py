"""Milliseconds told as p50 and p99, and how much memory a process holds."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np


class Times(NamedTuple):
    """Waiting as a clock sees it, and `cpu_ms`: the median of what the asking thread itself used.

    On a machine that others use too the clock tells of them as well; the second figure less so.
    """

    asked: int
    p50_ms: float
    p90_ms: float
    p99_ms: float
    cpu_ms: float

    def facts(self) -> dict[str, float]:
        return dict(zip(self._fields, self, strict=True))


def times_of(
    questions: Sequence[str],
    ask: Callable[[str], object],
    *,
    rounds: int,
    warm: bool = True,
    seconds: float = float("inf"),
) -> Times:
    """With `warm`, every question is asked once before the clock runs. Stops after `seconds`."""
    for question in questions if warm else ():
        ask(question)
    until = time.monotonic() + seconds
    taken, used = [], []
    for question in [*questions] * rounds:
        begun, began = time.perf_counter(), time.thread_time()
        ask(question)
        used.append((time.thread_time() - began) * 1000)
        taken.append((time.perf_counter() - begun) * 1000)
        if time.monotonic() > until:
            break
    figures = (*np.percentile(taken, [50, 90, 99]), np.median(used))
    return Times(len(taken), *(round(float(figure), 2) for figure in figures))


def resident_mb() -> tuple[float, float]:
    """(what this process holds now, what of it is its own: not files mapped and shared)."""
    facts = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())

    def mb(name: str) -> float:
        return round(int(facts[name].split()[0]) / 1024, 1)

    return mb("VmRSS"), mb("RssAnon")
