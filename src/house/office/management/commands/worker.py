"""One process for all background work: queued tasks, the index's meaning, and what the clock asks for."""

import logging
import signal
import threading
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from house.office.clock import run_due
from house.office.work import note_worker
from house.retrieval.outbox import catch_up

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do the background work: queued tasks, embedding, daily duties. Ctrl-C finishes the task in hand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        worker = Worker(
            queue_names=["*"], interval=0.5, batch=options["once"], backend_name="default",
            startup_delay=False, max_tasks=None, worker_id="house", excluded_queue_names=[],
        )  # fmt: skip

        def leave(number: int, frame: FrameType | None) -> None:
            stop.set()
            worker.running = False

        signal.signal(signal.SIGINT, leave)
        signal.signal(signal.SIGTERM, leave)
        if options["once"]:
            while tend(stop) and not stop.is_set():
                pass
            worker.run()
            return
        tender = threading.Thread(target=keep_tending, args=(stop,), name="index-and-clock")
        tender.start()
        try:
            worker.run()
        finally:
            stop.set()
            tender.join()


def keep_tending(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            busy = tend(stop)
        except Exception:  # the outer edge: one bad document must not end all background work
            log.exception("Background work failed; trying again in ten seconds.")
            stop.wait(10)
            continue
        stop.wait(0 if busy else 1)


def tend(stop: threading.Event) -> bool:
    """Words first, then meaning, then the clock. True while more waits."""
    close_old_connections()
    note_worker()
    run_due()
    return catch_up(should_stop=stop.is_set)
