"""Runs: a file is put aside and looked at, then written in one transaction, and can be taken back."""

import datetime
import time
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import Viewer
from house.atlas.initiatives.importing import mapping, reading, reasons
from house.atlas.initiatives.importing.placing import Options
from house.atlas.initiatives.importing.planning import Plan, plan
from house.atlas.initiatives.importing.tables import Table, UnreadableFile
from house.atlas.initiatives.importing.taking_back import put_back
from house.atlas.initiatives.importing.writing import add, hide, renew
from house.atlas.initiatives.models import Ask, Initiative, Layer, Renewal, Run, RunState, State
from house.atlas.initiatives.search import KIND, says_something
from house.ground.errors import Refused
from house.ground.text import one_line
from house.partners import rights
from house.people.models import Person
from house.retrieval import outbox

# every row in this file: whoever may look after the atlas writes all of it

KEPT_HOURS = 24
KEPT_DAYS = 90  # what initiatives said before a run renewed them
TOLD = 500  # skipped rows that a run remembers
CURATE = "atlas.curate"


def folder() -> Path:
    """Private: no web address leads there."""
    return Path(settings.IMPORTS_ROOT).with_name("map-imports")


def file_of(run: Run) -> Path:
    return folder() / run.code


def begin(
    name: str, data: bytes, layer: Layer, options: Options, *, person: Person | None, by: Viewer
) -> Run:
    """Put the file aside and look at it. A file that can't be a layer leaves nothing behind."""
    rights.require(by, CURATE)
    sweep()
    with transaction.atomic():
        table = _read(data, options)
        options = options if options != Options() else _as_last_time(layer, table)
        made = _planned(table, options, layer)  # refused before anything is written
        if layer.pk is None:
            layer.save()
        run = Run.objects.create(
            layer=layer,
            started_by=person,
            file=one_line(name).rsplit("/", 1)[-1].rsplit("\\", 1)[-1][-160:],
            options=made.options.kept(),
            counts=made.counts(),
        )
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    file_of(run).write_bytes(data)
    return run


def look(run: Run, options: Options, *, by: Viewer) -> None:
    """The same file, read in another way."""
    rights.require(by, CURATE)
    _still_looked_at(run)
    _planned(_read(_data(run), options), options, run.layer)
    run.options = options.kept()
    run.save(update_fields=["options"])


def plan_of(run: Run) -> Plan:
    options = Options.of(run.options)
    return _planned(_read(_data(run), options), options, run.layer)


def has_file(run: Run) -> bool:
    return file_of(run).is_file()


@transaction.atomic
def write(run: Run, *, by: Viewer) -> Run:
    """All that the plan found comes in, shown, and renews what is here, or nothing does.

    Writing twice changes nothing.
    """
    rights.require(by, CURATE)
    run = Run.objects.select_for_update(of=("self",)).select_related("layer").get(pk=run.pk)
    if run.state == RunState.DONE:
        return run
    _still_looked_at(run)
    made = plan_of(run)
    touched = [*add(made.found, run), *renew(made.changed, run)]
    if made.options.hides_gone:
        touched += hide(made.gone, run)
    outbox.touch_many(KIND, touched)
    Layer.objects.filter(pk=run.layer_id).update(is_public=True)
    run.state, run.counts, run.ended_at = RunState.DONE, made.counts(), timezone.now()
    run.skipped = [
        {"row": skip.number, "name": skip.name, "reason": skip.code, "facts": dict(skip.facts)}
        for skip in made.skipped[:TOLD]
    ]
    run.save(update_fields=["state", "counts", "ended_at", "skipped"])
    journal.record("initiatives.import", run, by=by, facts=run.counts)
    transaction.on_commit(lambda: file_of(run).unlink(missing_ok=True))
    return run


@transaction.atomic
def undo(run: Run, *, by: Viewer) -> int:
    """Take back what came in by the run, and put back what it renewed or hid; how many went.

    What its initiative has answered for since, or somebody changed, stays as it is.
    """
    rights.require(by, CURATE)
    run = Run.objects.select_for_update(of=("self",)).select_related("layer").get(pk=run.pk)
    if run.state != RunState.DONE:
        raise Refused(_("Only an import that is done can be taken back."))
    spoken_for = Ask.objects.exclude(answer="").values("initiative")
    rows = Initiative.objects.filter(run=run, state=State.SHOWN, put_right_at=None).exclude(
        pk__in=spoken_for
    )
    pks = [row.pk for row in rows.only("pk", "description") if says_something(row)]
    back = put_back(run)
    _all, by_model = rows.delete()
    gone = by_model.get("initiatives.Initiative", 0)
    outbox.touch_many(KIND, [*pks, *back])
    left = Initiative.objects.filter(layer=run.layer, state=State.SHOWN).exists()
    Layer.objects.filter(pk=run.layer_id).update(is_public=left)
    run.state, run.ended_at = RunState.UNDONE, timezone.now()
    run.save(update_fields=["state", "ended_at"])
    journal.record("initiatives.import_undo", run, by=by, facts={"gone": gone, "back": len(back)})
    return gone


def _read(data: bytes, options: Options) -> Table:
    try:
        return reading.read(data, encoding=options.encoding)
    except UnreadableFile as problem:
        raise Refused(reasons.of_file(problem.code)) from None


def _planned(table: Table, options: Options, layer: Layer) -> Plan:
    try:
        return plan(table, options, layer)
    except UnreadableFile as problem:
        raise Refused(reasons.of_file(problem.code)) from None


def _as_last_time(layer: Layer, table: Table) -> Options:
    """As the layer's last file was read, where this one has the same columns; hiding is asked each time."""
    runs = Run.objects.filter(layer=layer, state=RunState.DONE) if layer.pk else Run.objects.none()
    for run in runs[:1]:
        last = Options.of(run.options)
        mapping.unpack(table.rows)
        if set(last.columns.values()) <= set(table.columns):
            return replace(last, hides_gone=False)
    return Options()


def _data(run: Run) -> bytes:
    try:
        return file_of(run).read_bytes()
    except OSError:
        raise Refused(
            _("Its file is no longer here."), remedy=_("Choose the file again.")
        ) from None


def _still_looked_at(run: Run) -> None:
    if run.state != RunState.LOOKED_AT:
        raise Refused(_("This import is over."), remedy=_("Choose the file again."))


def sweep() -> None:
    """Files that nobody followed up go, and what is too long ago to be put back."""
    Renewal.objects.filter(
        run__ended_at__lt=timezone.now() - datetime.timedelta(days=KEPT_DAYS)
    ).delete()
    for file in folder().iterdir() if folder().is_dir() else ():
        if time.time() - file.stat().st_mtime > KEPT_HOURS * 3600:
            file.unlink(missing_ok=True)


@transaction.atomic
def forget(run: Run) -> None:
    """A look that nobody follows up: the run, its file, and the layer where it was made for it alone."""
    file_of(run).unlink(missing_ok=True)
    layer = run.layer
    run.delete()
    rows = Initiative.objects.filter(layer=layer)
    if not rows.exists() and not Run.objects.filter(layer=layer).exists():
        layer.delete()
