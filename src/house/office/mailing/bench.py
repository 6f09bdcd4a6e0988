"""Digests for a whole alliance, in a house of its own: `house bench digest [--persons 10000]`.

Seeds cities, persons with seats of every level and what they follow, and a week of what happened
(posts, answers, entries; some for a city alone, some by hidden cities). Then one process tells
everybody (fan-out), opens every digest and sends it by SMTP to a sink on loopback. Counts every
query and the highest memory of that process.
"""

import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection

from house.office.mailing.seeding import seed


def main(arguments: list[str], write: Callable[[str], object]) -> None:
    parser = ArgumentParser("house bench digest", description=__doc__)
    parser.add_argument("--persons", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--part", choices=["seed", "send"], help="for its own use")
    parser.add_argument("--port", type=int, default=0, help="for its own use")
    options = parser.parse_args(arguments)
    if options.part == "seed":
        seed(options.persons)
    elif options.part == "send":
        sys.stdout.write(json.dumps(send(options.port)) + "\n")
    else:
        result = measured(options)
        write(json.dumps(result) if options.json else told(result))


def told(result: dict[str, Any]) -> str:
    return (
        f"{result['persons']} persons, {result['notices']} notices: told in {result['fan_out_s']} s, "
        f"{result['digests']} digests in {result['digest_s']} s "
        f"(processor of everything: {result['cpu_s']} s) "
        f"({result['per_second']}/s), {result['queries_a_person']} queries a person, "
        f"{result['rss_mb']} MB; the server took {result['taken']} ({result['repeats']} repeats, "
        f"{result['kb_a_digest']} kB each)"
    )


def measured(options: Namespace) -> dict[str, Any]:
    folder = tempfile.mkdtemp(prefix="house-bench-")
    environment = {
        **os.environ,
        "HOUSE_DATA": folder,
        "HOUSE_DEMO": "true",
        "HOUSE_LOG_LEVEL": "ERROR",
    }
    environment.pop("HOUSE_DATABASE_URL", None)
    try:
        run(environment, "migrate")
        run(environment, "bench", "digest", "--part", "seed", "--persons", str(options.persons))
        with a_sink() as (port, stop):
            answer = run(environment, "bench", "digest", "--part", "send", "--port", str(port))
            taken, repeats, size = stop()
        result = json.loads(answer)
        result |= {
            "taken": taken,
            "repeats": repeats,
            "kb_a_digest": round(size / max(taken, 1) / 1000, 1),
        }
        return result
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "house.cli", *arguments]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


@contextmanager
def a_sink() -> Iterator[tuple[int, Callable[[], list[int]]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "house.office.mailing.sink", str(port)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None  # noqa: S101 -- asked for above
    process.stdout.readline()
    try:
        yield port, lambda: [int(word) for word in process.communicate()[0].split()]
    finally:
        process.kill()


def send(port: int) -> dict[str, Any]:
    """Everything from "it happened" to "the server has it", in this process."""
    from house.notices import delivery, digests, fanning  # noqa: PLC0415 -- after the seeding's own imports
    from house.notices.models import Letter, Notice, Rhythm  # noqa: PLC0415

    settings.MAIL_CARRIER = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    # every row: a benchmark counts them
    persons = Rhythm.objects.count()
    counter = Counter()
    began = time.monotonic()
    while fanning.fan_out():
        pass
    fanned = time.monotonic()
    with connection.execute_wrapper(counter):
        opened = digests.open_due()
        delivery.deliver()
    ended = time.monotonic()
    # every row: as above
    sent = Letter.objects.filter(state="sent").count()
    return {
        "persons": persons,
        # every row: as above
        "notices": Notice.objects.count(),
        "digests": sent,
        "not_sent": opened - sent,
        "fan_out_s": round(fanned - began, 1),
        "digest_s": round(ended - fanned, 1),
        "cpu_s": round(resource.getrusage(resource.RUSAGE_SELF).ru_utime, 1),
        "per_second": round(sent / (ended - fanned), 1),
        "queries_a_person": round(counter.count / max(persons, 1), 2),
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


class Counter:
    """Counts what a connection is asked."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.count += 1
        return execute(*arguments)
