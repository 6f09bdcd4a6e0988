"""`house import`: documents from files into the lexicon."""  # noqa: N999 -- the command's own name

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import (
    BarColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars

from house.access.audience import Audience
from house.alex.importing import reporting
from house.alex.importing.options import Options, acting
from house.alex.importing.running import Progress, Result, run_import
from house.alex.kinds import KINDS
from house.alex.models import ImportRecord
from house.people.models import Person
from house.retrieval import outbox
from house.retrieval.embedding import NoModel
from house.retrieval.indexing import Progress as Counted

_LINES = 50  # refusals shown on a terminal; the report file holds all


class Command(BaseCommand):
    help = (
        "Import documents: JSONL (a passage a line), CSV, Markdown, HTML, PDF, DOCX, WebVTT, SRT, "
        "transcript JSON, or folders of them. Importing again changes only what changed. "
        "Status 0: done, the report lists what was refused; 1: nothing could be imported "
        "(with --strict: anything was refused); 2: called wrongly."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", type=Path)
        parser.add_argument(
            "--wait", action="store_true", help="until words and meaning can be searched"
        )
        parser.add_argument("--dry-run", action="store_true", help="report, but write nothing")
        parser.add_argument(
            "--audience", choices=Audience.values, default="alliance", help="who may read"
        )
        parser.add_argument("--circle", default="", metavar="CODE")
        parser.add_argument("--city", default="", metavar="CODE", help="whose documents these are")
        parser.add_argument("--kind", choices=list(KINDS), default="", help="instead of each own")
        parser.add_argument("--language", default="", metavar="TAG", help="instead of each own")
        parser.add_argument(
            "--scope", default="", help="keeps equal file names of different sources apart"
        )
        parser.add_argument("--as", default="", dest="email", metavar="EMAIL", help="who imports")
        parser.add_argument(
            "--accept-doubtful", action="store_true", help="take transcripts that look untrue"
        )
        parser.add_argument("--strict", action="store_true", help="status 1 if any was refused")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write the report as JSON")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **given: Any) -> None:
        options = Options(
            audience=given["audience"],
            circle=given["circle"],
            city=given["city"],
            kind=given["kind"],
            language=given["language"],
            scope=given["scope"],
            accept_doubtful=given["accept_doubtful"],
        )
        person = _person(given["email"])
        options.check(person)
        dry = given["dry_run"]
        # Drawn on stderr, so that `--json` stays clean; rich keeps silent where there is no terminal.
        with _bars() as bars:
            shown = _Shown(bars)
            result = run_import(
                given["paths"],
                options,
                by=acting(person),
                author=person if options.audience == Audience.PRIVATE else None,
                dry=dry,
                progress=shown,
            )
            vectors = _embed(bars) if given["wait"] and not dry else None
        report = _report(result, shown.rows, dry=dry, vectors=vectors)
        if given["report"]:
            given["report"].write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
        if given["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._tell(result, shown.rows, dry=dry, vectors=vectors)
        _judge(result, strict=given["strict"])

    def _tell(
        self,
        result: Result,
        rows: list[ImportRecord],
        *,
        dry: bool,
        vectors: dict[str, Any] | None,
    ) -> None:
        lines = reporting.told(rows)
        for line in lines[:_LINES]:
            self.stderr.write(line)
        if len(lines) > _LINES:
            self.stderr.write(f"… and {len(lines) - _LINES} more; --report FILE lists all.")
        begin = "Would be" if dry else "Done"
        rate = result.passages / max(result.seconds, 0.001)
        self.stdout.write(
            f"{begin}: {reporting.in_words(result.counts, result.passages)}; "
            f"{result.seconds:.1f} s, {rate:,.0f} passages a second."
        )
        if vectors is not None:
            self.stdout.write(vectors["said"])


class _Shown(Progress):
    """Draws a bar and keeps the rows."""

    def __init__(self, bars: Bars) -> None:
        self.bars = bars
        self.rows: list[ImportRecord] = []
        self.task = bars.add_task("Importing", total=None, rate="")
        self.passages = 0
        self.started = monotonic()

    def begin(self, total_bytes: int) -> None:
        self.bars.update(self.task, total=total_bytes)

    def advance(self, done_bytes: int, passages: int) -> None:
        self.passages += passages
        rate = self.passages / max(monotonic() - self.started, 0.001)
        self.bars.update(self.task, advance=done_bytes, rate=f"{rate:,.0f} passages/s")

    def report(self, rows: Sequence[ImportRecord]) -> None:
        self.rows.extend(rows)


class _Embedding(Counted):
    def __init__(self, bars: Bars) -> None:
        self.bars = bars
        self.done = 0

    def start(self, total: int) -> None:
        self.started = monotonic()
        self.task = self.bars.add_task("Embedding", total=total, rate="")

    def advance(self, count: int) -> None:
        self.done += count
        rate = self.done / max(monotonic() - self.started, 0.001)
        self.bars.update(self.task, advance=count, rate=f"{rate:,.0f} passages/s")


def _bars() -> Bars:
    console = Console(stderr=True)
    return Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )


def _person(email: str) -> Person | None:
    if not email:
        return None
    # every row: the operator's own shell
    person: Person | None = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"No active person has the address {email}.")
    return person


def _embed(bars: Bars) -> dict[str, Any]:
    """Give all passages their vectors; a worker that does the same meanwhile only helps."""
    started = monotonic()
    try:
        done = outbox.embed_pending(progress=_Embedding(bars))
    except NoModel as problem:
        return {"searchable": False, "said": str(problem)}
    seconds = monotonic() - started
    rate = done / max(seconds, 0.001)
    said = f"Meaning: {done} passages embedded in {seconds:.1f} s, {rate:,.1f} a second."
    return {"searchable": True, "embedded": done, "seconds": round(seconds, 2), "said": said}


def _report(
    result: Result, rows: list[ImportRecord], *, dry: bool, vectors: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "dry_run": dry,
        **result.counts,
        "passages": result.passages,
        "seconds": round(result.seconds, 3),
        "passages_per_second": round(result.passages / max(result.seconds, 0.001), 1),
        "vectors": vectors,
        "records": [reporting.as_dict(row) for row in rows],
    }


def _judge(result: Result, *, strict: bool) -> None:
    refused = result.counts["refused"]
    if refused and (strict or not result.taken):
        first = "Nothing could be imported." if not result.taken else "Some documents were refused."
        raise CommandError(first, returncode=1)
