"""Imports that people start from a page: files put aside, work done in the background, then removed."""

import re
import shutil
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.audience import Audience
from house.access.doors import allow
from house.access.viewer import Viewer
from house.alex.importing.limits import MEGABYTE, UPLOAD_BYTES
from house.alex.importing.options import Options
from house.alex.importing.running import Progress, run_import
from house.alex.models import ImportRecord, ImportRun
from house.ground.errors import Refused
from house.ground.text import one_line
from house.partners.viewing import viewer_for
from house.people.models import Person

State = ImportRun.State
KEPT_RUNS = 40
KEPT_FILES = timedelta(hours=24)  # a rehearsal that nobody followed up
STALLED = timedelta(seconds=60)
_BEAT = 1.0  # seconds between two notes of how far it is
_FOLDER = "uploaded"  # what stands before the file's name in reports and source ids


def folder_of(run: ImportRun) -> Path:
    """Private: no web address leads there."""
    return Path(settings.IMPORTS_ROOT) / run.code


def start_import(
    files: Sequence[UploadedFile[Any]],
    options: Options,
    *,
    person: Person,
    by: Viewer,
    rehearse: bool,
) -> ImportRun:
    """Put the files aside and let a worker import them, or only rehearse it."""
    run = ImportRun(started_by=person, is_rehearsal=rehearse, options=options.kept())
    allow(by, "import", run)
    options.check(person)
    if sum(file.size or 0 for file in files) > UPLOAD_BYTES:
        raise Refused(
            _("These files are larger than %(limit)s MB together.")
            % {"limit": UPLOAD_BYTES // MEGABYTE},
            remedy=_("Import them in parts, or from the command line of the server."),
        )
    sweep()
    run.files = _put_aside(files, folder_of(run))
    try:
        _begin(run, by)
    except BaseException:
        shutil.rmtree(folder_of(run), ignore_errors=True)
        raise
    return run


def import_rehearsed(rehearsal: ImportRun, *, person: Person, by: Viewer) -> ImportRun:
    """The real thing, with the files and options of a rehearsal."""
    run = ImportRun(
        started_by=person, options=rehearsal.options, files=rehearsal.files, is_rehearsal=False
    )
    allow(by, "import", run)
    if not rehearsal.is_rehearsal or not rehearsal.is_over:
        raise Refused(_("Only a finished rehearsal can be imported."))
    try:
        folder_of(rehearsal).rename(folder_of(run))
    except OSError:
        raise Refused(
            _("Its files are no longer here."), remedy=_("Choose the files again.")
        ) from None
    try:
        _begin(run, by)
    except BaseException:
        folder_of(run).rename(folder_of(rehearsal))
        raise
    return run


def continue_import(run: ImportRun, *, by: Viewer) -> None:
    """Take up again what a stopped worker left. What is there already counts as unchanged."""
    allow(by, "import", run)
    if run.state != State.FAILED and not is_stalled(run):
        raise Refused(_("This import has not stopped."))
    if not folder_of(run).is_dir():
        raise Refused(_("Its files are no longer here."), remedy=_("Choose the files again."))
    run.state, run.problem, run.beat_at = State.WAITING, "", None
    with transaction.atomic():
        run.save(update_fields=["state", "problem", "beat_at"])
        transaction.on_commit(lambda: _enqueue(run.pk))


def drop_files(run: ImportRun, *, by: Viewer) -> None:
    allow(by, "import", run)
    if run.is_over:
        shutil.rmtree(folder_of(run), ignore_errors=True)


def has_files(run: ImportRun) -> bool:
    return folder_of(run).is_dir()


def name_of(record: ImportRecord) -> str:
    """The file's name as the person who chose it knows it."""
    return record.file.removeprefix(f"{_FOLDER}/")


def is_stalled(run: ImportRun) -> bool:
    """It says that it runs, but nobody has heard of it."""
    heard = run.beat_at or run.started_at
    return run.state == State.RUNNING and (heard is None or timezone.now() - heard > STALLED)


def carry_out(run_pk: int) -> None:
    """What the worker does. Safe to repeat: documents that are there already stay as they are."""
    # every row: the worker carries out whatever was asked for
    asked = ImportRun.objects.filter(pk=run_pk, state=State.WAITING)
    now = timezone.now()
    if not asked.update(state=State.RUNNING, started_at=now, beat_at=now):
        return  # done, or another worker is at it
    # every row: as above
    run = ImportRun.objects.select_related("started_by").get(pk=run_pk)
    # every row: the report is written anew
    ImportRecord.objects.filter(run=run).delete()
    try:
        _carry_out(run)
    except Refused as problem:
        _end(run, State.FAILED, problem.message)
    except BaseException:
        _end(
            run, State.FAILED, _("Something broke on our side. What was imported so far is whole.")
        )
        raise


def _carry_out(run: ImportRun) -> None:
    person = run.started_by
    if person is None:
        raise Refused(_("The person who asked for this import is no longer here."))
    options = Options.of(run.options)
    options.check(person)
    written = _Written(run)
    root = folder_of(run) / _FOLDER
    result = run_import(
        sorted(root.iterdir()) if root.is_dir() else [],
        options,
        by=viewer_for(person),  # as she may now, not as she might when she asked
        author=person if options.audience == Audience.PRIVATE else None,
        dry=run.is_rehearsal,
        progress=written,
    )
    written.flush()
    run.counts = result.counts
    run.passages = result.passages
    _end(run, State.DONE)
    if not run.is_rehearsal:
        shutil.rmtree(folder_of(run), ignore_errors=True)


class _Written(Progress):
    """Writes down how far it is, once a second, and what became of each document."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.rows: list[ImportRecord] = []
        self.last = time.monotonic()

    def begin(self, total_bytes: int) -> None:
        self.run.total_bytes = total_bytes
        self.run.done_bytes = self.run.passages = 0
        self.flush()

    def advance(self, done_bytes: int, passages: int) -> None:
        self.run.done_bytes += done_bytes
        self.run.passages += passages
        if time.monotonic() - self.last > _BEAT:
            self.flush()

    def report(self, rows: Sequence[ImportRecord]) -> None:
        for row in rows:
            row.run = self.run
        self.rows.extend(rows)

    def flush(self) -> None:
        # every row: written, not read
        ImportRecord.objects.bulk_create(self.rows, batch_size=500)
        self.rows.clear()
        self.run.beat_at = timezone.now()
        self.run.save(update_fields=["total_bytes", "done_bytes", "passages", "beat_at"])
        self.last = time.monotonic()


def _begin(run: ImportRun, by: Viewer) -> None:
    with transaction.atomic():
        run.save()
        if not run.is_rehearsal:
            private = run.options["audience"] == Audience.PRIVATE
            facts = {} if private else {"files": run.files}
            journal.record("alex.import", run, by=by, facts=facts)
        transaction.on_commit(lambda: _enqueue(run.pk))


def _enqueue(run_pk: int) -> None:
    from house.alex.importing.tasks import carry_out_import  # noqa: PLC0415 -- it imports this file

    carry_out_import.enqueue(run_pk)


def _end(run: ImportRun, state: ImportRun.State, problem: str = "") -> None:
    run.state, run.problem, run.ended_at = state, problem[:300], timezone.now()
    run.save(update_fields=["state", "problem", "ended_at", "counts", "passages"])


def _put_aside(files: Iterable[UploadedFile[Any]], folder: Path) -> list[str]:
    """Write the files below the folder, readable by the house alone; gives their names."""
    root = folder / _FOLDER
    root.mkdir(parents=True, mode=0o700)
    names: list[str] = []
    for file in files:
        name = _own_name(str(file.name), set(names))
        with (root / name).open("xb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
        names.append(name)
    return names


def _own_name(said: str, taken: set[str]) -> str:
    """The last part of the name, without what could lead elsewhere; numbered where it is taken."""
    name = one_line(said).replace("\\", "/").rsplit("/", 1)[-1].lstrip(".")[-120:] or "file"
    stem, dot, suffix = name.rpartition(".")
    number = 1
    while name in taken:
        number += 1
        name = f"{stem or suffix}-{number}{dot}{suffix if stem else ''}"
    return re.sub(r"[/\x00]", "_", name)


def sweep() -> None:
    """Remove the files of rehearsals that nobody followed up, and the oldest reports."""
    long_ago = timezone.now() - KEPT_FILES
    root = Path(settings.IMPORTS_ROOT)
    # every row: housekeeping
    fresh = set(ImportRun.objects.filter(asked_at__gt=long_ago).values_list("code", flat=True))
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.name not in fresh and time.time() - folder.stat().st_mtime > 3600:
            shutil.rmtree(folder, ignore_errors=True)
    # every row: housekeeping
    kept = ImportRun.objects.order_by("-pk").values_list("pk", flat=True)[:KEPT_RUNS]
    # every row: housekeeping
    ImportRun.objects.exclude(pk__in=list(kept)).filter(
        state__in=[State.DONE, State.FAILED]
    ).delete()
