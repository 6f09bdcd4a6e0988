"""A progress bar with rate and time left, for long work in a terminal; silent where there is none."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import (
    Progress as Bars,
)

from house.retrieval.indexing import Progress


class Bar(Progress):
    def __init__(self, bars: Bars, task: TaskID) -> None:
        self._bars, self._task = bars, task

    def start(self, total: int) -> None:
        self._bars.update(self._task, total=total)

    def advance(self, count: int) -> None:
        self._bars.update(self._task, advance=count)


@contextmanager
def bar(label: str, *, silent: bool = False) -> Iterator[Progress]:
    """Draws on stderr, so that what a program reads stays clean."""
    console = Console(stderr=True)
    if silent or not console.is_terminal:
        yield Progress()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=console) as bars:
        task = bars.add_task(label, total=None, rate="")
        yield _Rated(bars, task)


class _Rated(Bar):
    def advance(self, count: int) -> None:
        super().advance(count)
        task = self._bars.tasks[self._task]
        speed = task.finished_speed or task.speed
        self._bars.update(self._task, rate=f"{speed:,.0f}/s" if speed else "")
