import json
import os
import shutil
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.checks import ERROR, run_checks
from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from house.ground import egress
from house.ground.errors import Refused
from house.notices import happenings, untold
from house.notices.waiting import letters_waiting
from house.office.management.commands.prepare import index_is_behind
from house.office.tasks import VERIFIED
from house.office.work import counts, worker_seen
from house.retrieval import outbox
from house.retrieval.embedding import load_embedder
from house.vocabulary.models import City, Topic


@dataclass(frozen=True, slots=True)
class Finding:
    part: str
    state: str  # good | warn | bad | off
    text: str


def records() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return Finding("records", "bad", "Migrations are missing. Run `house migrate`.")
    return Finding("records", "good", f"{connection.vendor} answers and is up to date.")


def vocabulary() -> Finding:
    # every row: counts for the operator
    cities, topics = City.objects.count(), Topic.objects.count()
    if not cities or not topics:
        return Finding("vocabulary", "bad", "Cities or topics are missing. Run `house migrate`.")
    return Finding("vocabulary", "good", f"{cities} cities, {topics} topics.")


def files() -> Finding:
    folder = Path(settings.DATA)
    if not os.access(folder, os.W_OK):
        return Finding("files", "bad", f"HOUSE_DATA ({folder}) can't be written.")
    free = shutil.disk_usage(folder).free / 1024**3
    state = "good" if free > 2 else "warn"
    return Finding("files", state, f"{free:.0f} GB free under HOUSE_DATA.")


def index() -> Finding:
    waiting = outbox.pending()
    if not waiting.words and index_is_behind():
        return Finding("index", "bad", "Passages are missing from the index. Run `house reindex`.")
    if waiting.words or waiting.vectors:
        return Finding(
            "index", "warn",
            f"{waiting.words} things wait for words, {waiting.vectors} passages for meaning: "
            "`house worker` does it.",
        )  # fmt: skip
    return Finding("index", "good", "Everything is searchable.")


def model() -> Finding:
    embedder = load_embedder()
    if embedder is None:
        return Finding("model", "warn", "No embedding model: search answers by words and says so.")
    return Finding("model", "good", f"{embedder.model_id}, {embedder.dimensions} dimensions.")


def mail() -> Finding:
    if settings.DEMO and not settings.MAIL_CARRIER.endswith("smtp.EmailBackend"):
        return Finding("mail", "good", "The demonstration keeps mail in its mailbox.")
    with get_connection(fail_silently=False):
        return Finding("mail", "good", f"{settings.EMAIL_HOST} takes mail.")


def letters() -> Finding:
    """How long the oldest letter waits: longer than an hour is more than a busy moment."""
    waiting = letters_waiting()
    if waiting.oldest is None:
        return Finding("letters", "good", "No letter waits.")
    minutes = int((timezone.now() - waiting.oldest).total_seconds() // 60)
    text = f"{waiting.count} letters wait, the oldest for {minutes} minutes."
    return Finding("letters", "warn" if waiting.is_late else "good", text)


def notices() -> Finding:
    """Whether every room can say what happened in it."""
    names = [*(kind.name for kind in happenings.kinds()), happenings.ANSWERABLE]
    troubles = untold.of_last_day(names)
    if not troubles:
        return Finding("notices", "good", "Every room tells what happened in it.")
    told = "; ".join(f"{each.kind} {each.thing}: {each.error}" for each in troubles[:5])
    text = f"Left out of inboxes and digests since yesterday, see the log: {told}."
    return Finding("notices", "warn", text)


def worker() -> Finding:
    seen, is_alive = worker_seen()
    if is_alive:
        return Finding("worker", "good", "A worker is at work.")
    waiting = counts()["READY"]
    text = (
        f"No worker was heard of since {seen:%Y-%m-%d %H:%M} UTC"
        if seen
        else "No worker was heard of"
    )
    return Finding("worker", "warn", f"{text}; {waiting} tasks wait. Run `house worker`.")


def journal() -> Finding:
    """What the daily duty found: to walk the whole chain takes too long for a page."""
    kept = caches["default"].get(VERIFIED)
    if kept is None:
        return Finding(
            "journal", "warn", "Nobody has checked the journal yet. Run `house journal verify`."
        )
    if not kept["is_whole"]:
        return Finding(
            "journal", "bad", f"The journal was changed: row {kept['broken']} does not fit."
        )
    return Finding(
        "journal", "good", f"Nobody changed it; checked {kept['at']:%Y-%m-%d %H:%M} UTC."
    )


def _service(part: str, url: str) -> Finding:
    if not url:
        return Finding(part, "off", "Not set.")
    answer = egress.request("GET", url, trusted=True, timeout=5)
    state = "good" if answer.status_code < 500 else "bad"
    return Finding(part, state, f"Answers with status {answer.status_code}.")


def safety() -> Finding:
    problems = [
        str(found.msg)
        for found in run_checks(include_deployment_checks=False)
        if found.level >= ERROR
    ]
    if problems:
        return Finding("safety", "bad", " ".join(problems))
    if settings.DEMO:
        return Finding("safety", "warn", "This is a demonstration: everybody can read all mail.")
    if not settings.SECURE:
        return Finding(
            "safety", "bad", "HOUSE_URL is not https: cookies would travel in the clear."
        )
    return Finding("safety", "good", "No check fails.")


EXAMINATIONS: tuple[tuple[str, Callable[[], Finding]], ...] = (
    ("records", records),
    ("vocabulary", vocabulary),
    ("files", files),
    ("index", index),
    ("model", model),
    ("mail", mail),
    ("letters", letters),
    ("notices", notices),
    ("worker", worker),
    ("journal", journal),
    ("chat", lambda: _service("chat", settings.CHAT_URL)),
    ("translation", lambda: _service("translation", settings.TRANSLATE_URL)),
    ("safety", safety),
)


def examine() -> list[Finding]:
    findings = []
    for part, look in EXAMINATIONS:
        try:
            findings.append(look())
        except (Refused, OSError, ValueError) as problem:
            findings.append(Finding(part, "bad", str(problem)))
        except Exception as problem:  # noqa: BLE001 -- the outer edge: a doctor reports, she doesn't faint
            findings.append(Finding(part, "bad", f"{type(problem).__name__}: {problem}"))
    return findings


class Command(BaseCommand):
    help = "Look at every part of the house and say what is wrong. Status 1 when something is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = examine()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(finding) for finding in findings], indent=1))
        else:
            marks = {"good": "●", "warn": "◐", "bad": "○", "off": "·"}
            for finding in findings:
                self.stdout.write(
                    f"{marks[finding.state]} {finding.part:<12} {finding.state:<5} {finding.text}"
                )
        if any(finding.state == "bad" for finding in findings):
            raise CommandError("Something is wrong; see above.")
