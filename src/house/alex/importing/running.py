"""One import from paths to report. Whatever is refused, the rest goes on."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.alex.access import reviews
from house.alex.importing.apart import Apart
from house.alex.importing.files import LeftAlone, SourceFile, find
from house.alex.importing.limits import ID_LETTERS
from house.alex.importing.matching import Vocabulary
from house.alex.importing.options import Options
from house.alex.importing.preparing import Prepared, prepare
from house.alex.importing.reading import read
from house.alex.importing.records import Record, Refusal
from house.alex.importing.saving import BATCH_DOCUMENTS, BATCH_PASSAGES, Saved, save_batch
from house.alex.models.importing import ImportRecord
from house.ground.errors import Forbidden
from house.people.models import Person
from house.retrieval import outbox

Status = ImportRecord.Status


class Progress:
    """Told how far an import is. The command draws it, a task writes it down; this one keeps silent."""

    def begin(self, total_bytes: int) -> None: ...

    def advance(self, done_bytes: int, passages: int) -> None: ...

    def report(self, rows: Sequence[ImportRecord]) -> None:
        """What became of some documents, in the order they were read."""


@dataclass(slots=True)
class Result:
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Status.values, 0))
    passages: int = 0
    seconds: float = 0.0

    @property
    def taken(self) -> int:
        return sum(self.counts[each] for each in ("created", "updated", "unchanged"))


def run_import(
    paths: Iterable[Path],
    options: Options,
    *,
    by: Viewer,
    author: Person | None = None,
    dry: bool = False,
    progress: Progress | None = None,
) -> Result:
    """Read everything under these paths and save it, batch by batch.

    Words are searchable batch by batch, too. May be killed at any moment and run again: what is there
    already counts as unchanged.
    """
    if not reviews(by):
        raise Forbidden(_("Documents are imported by the office and the curators."))
    started = time.monotonic()
    work = _Work(options, by, author, dry, progress or Progress())
    with outbox.held(), Apart() as apart:
        items = list(find(list(paths)))
        files = [item for item in items if isinstance(item, SourceFile)]
        work.progress.begin(sum(file.size for file in files))
        for item in items:
            work.take(item, apart)
        work.save()
    work.result.seconds = time.monotonic() - started
    return work.result


class _Work:
    def __init__(
        self,
        options: Options,
        by: Viewer,
        author: Person | None,
        dry: bool,
        progress: Progress,
    ) -> None:
        self.options, self.by, self.author, self.dry = options, by, author, dry
        self.progress = progress
        self.result = Result()
        self.vocabulary = Vocabulary()
        self.batch: list[Prepared] = []
        self.waiting = 0  # passages in the batch
        self.bytes = 0.0  # of the files, that stand behind the batch
        self.seen: dict[str, str] = {}

    def take(self, item: SourceFile | LeftAlone | Refusal, apart: Apart) -> None:
        if isinstance(item, SourceFile):
            self._take_file(item, apart)
        elif isinstance(item, LeftAlone):
            self._tell([_row(Status.LEFT, item.file, reason=item.code)])
        else:
            self._refuse(item)

    def _take_file(self, file: SourceFile, apart: Apart) -> None:
        found = list(read(file, apart))
        pieces = sum(item.size for item in found if isinstance(item, Record)) or 1
        for item in found:
            if isinstance(item, Refusal):
                self._refuse(item)
                continue
            share = file.size * item.size / pieces
            prepared = self._prepare(item)
            if isinstance(prepared, Refusal):
                self._refuse(prepared, title=item.title)
            else:
                self.batch.append(prepared)
                self.waiting += item.size
            self.bytes += share
            if len(self.batch) >= BATCH_DOCUMENTS or self.waiting >= BATCH_PASSAGES:
                self.save()
        if not any(isinstance(item, Record) for item in found):
            self.bytes += file.size

    def _prepare(self, record: Record) -> Prepared | Refusal:
        prepared = prepare(record, self.options, self.vocabulary)
        if isinstance(prepared, Refusal):
            return prepared
        before = self.seen.setdefault(prepared.source_id, record.file)
        if before != record.file:
            return Refusal(
                record.file,
                "twice",
                line=record.line,
                source_id=record.source_id,
                facts={"file": before},
            )
        return prepared

    def _refuse(self, refusal: Refusal, *, title: str = "") -> None:
        row = _row(
            Status.REFUSED,
            refusal.file,
            line=refusal.line,
            source_id=refusal.source_id[:ID_LETTERS],
            title=title,
            reason=refusal.code,
            facts=dict(refusal.facts),
        )
        self._tell([row])

    def save(self) -> None:
        """Save the batch, let its words be found, and tell what became of it."""
        if self.batch:
            saved = save_batch(self.batch, by=self.by, author=self.author, dry=self.dry)
            if not self.dry:
                outbox.drain()
            self.result.passages += self.waiting
            self._tell([self._told(each) for each in saved])
        self.progress.advance(round(self.bytes), self.waiting)
        self.batch, self.waiting, self.bytes = [], 0, 0.0

    def _told(self, saved: Saved) -> ImportRecord:
        record = saved.prepared.record
        return _row(
            saved.status,
            record.file,
            line=record.line,
            source_id=saved.prepared.source_id,
            title=record.title,
            passages=record.size,
            reason=saved.reason,
            notes=[{"code": note.code, "facts": dict(note.facts)} for note in record.notes],
            entry_id=None if self.dry else saved.entry_id,
        )

    def _tell(self, rows: list[ImportRecord]) -> None:
        for row in rows:
            self.result.counts[row.status] += 1
        self.progress.report(rows)


def _row(status: Status, file: str, **facts: Any) -> ImportRecord:
    return ImportRecord(status=status, file=file[-500:], **facts)
