"""Background work as the desk sees it: what waits, runs and failed, and when the clock last asked.

Arguments are not shown: they may hold addresses or codes of things that the desk may not open.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import caches
from django.db import transaction
from django.db.models import Count, Max
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult, get_date_max

from house.access import journal
from house.access.viewer import Viewer
from house.office.clock import DUTIES
from house.partners import rights

# every row in this file: background work belongs to nobody

SEEN = "worker:seen"
SILENT = datetime.timedelta(minutes=2)
SHOWN = 100
_noted = [datetime.datetime.min.replace(tzinfo=datetime.UTC)]


@dataclass(frozen=True, slots=True)
class Job:
    code: str
    name: str
    state: str
    since: datetime.datetime
    error: str


@dataclass(frozen=True, slots=True)
class Duty:
    name: str
    last: datetime.datetime | None
    state: str


def note_worker() -> None:
    """Called all the time; written down every ten seconds."""
    now = timezone.now()
    if now - _noted[0] > datetime.timedelta(seconds=10):
        _noted[0] = now
        caches["default"].set(SEEN, now, timeout=7 * 86400)


def worker_seen() -> tuple[datetime.datetime | None, bool]:
    """When a worker was last heard of, and whether that is recent enough to count as alive."""
    seen = caches["default"].get(SEEN)
    return seen, bool(seen and timezone.now() - seen < SILENT)


def counts() -> dict[str, int]:
    found = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in ("READY", "RUNNING", "FAILED")}


def jobs(state: str) -> list[Job]:
    """The newest first, at most a hundred."""
    when = Coalesce("finished_at", "started_at", "enqueued_at")
    rows = DBTaskResult.objects.filter(status=state).annotate(when=when).order_by("-when")
    return [
        Job(str(row.pk), name_of(row.task_path), row.status, row.when, in_words(row))
        for row in rows.defer("args_kwargs", "return_value")[:SHOWN]
    ]


def name_of(path: str) -> str:
    """`house.alex.tasks.ask_about_freshness` → "Ask about freshness"."""
    return path.rpartition(".")[2].replace("_", " ").capitalize()


def in_words(row: DBTaskResult) -> str:
    """The kind of error, without what it said: a message may quote what somebody wrote."""
    name = row.exception_class_path.rpartition(".")[2]
    known = {
        "OperationalError": _("The database did not answer in time."),
        "IntegrityError": _("The records did not take what it wanted to write."),
        "ConnectionRefusedError": _("A service that it needs is away."),
        "TimeoutError": _("A service that it needs was too slow."),
        "MemoryError": _("The machine had not enough memory."),
        "ImportError": _("The program has no such work any more."),
        "ModuleNotFoundError": _("The program has no such work any more."),
        "DoesNotExist": _("What it was about is gone."),
        "SMTPServerDisconnected": _("The mail server ended the conversation."),
    }
    return known.get(name, _("It broke off: %(error)s.") % {"error": name}) if name else ""


def duties() -> list[Duty]:
    """Each daily duty, when it was last asked for, and how that went."""
    paths = {duty.module_path: name_of(duty.module_path) for duty in DUTIES}
    newest = (
        DBTaskResult.objects.filter(task_path__in=paths)
        .order_by()
        .values("task_path")
        .annotate(last=Max("enqueued_at"))
    )
    last = {row["task_path"]: row["last"] for row in newest}
    states = {
        (row.task_path, row.enqueued_at): row.status
        for row in DBTaskResult.objects.filter(enqueued_at__in=last.values()).defer("args_kwargs")
    }
    return [
        Duty(name, last.get(path), states.get((path, last.get(path)), ""))
        for path, name in sorted(paths.items(), key=lambda each: each[1])
    ]


@transaction.atomic
def retry(codes: Iterable[str] | None, *, by: Viewer) -> int:
    """Let failed work wait again: these, or all of it. Safe, because every task is safe to run twice."""
    rights.require(by, "office.work")
    failed = DBTaskResult.objects.filter(status="FAILED").select_for_update()
    rows = [
        row
        for row in (failed if codes is None else failed.filter(pk__in=codes))
        if _is_known(row.task_path)
    ]
    for row in rows:
        row.status, row.run_after = "READY", get_date_max()
        row.started_at = row.finished_at = None
        row.exception_class_path = row.traceback = ""
        row.save()
    if rows:
        facts = {"tasks": sorted({row.task_path for row in rows}), "count": len(rows)}
        journal.record("work.retry", None, by=by, facts=facts)
    return len(rows)


def _is_known(path: str) -> bool:
    try:
        import_string(path)
    except ImportError:
        return False
    return True
