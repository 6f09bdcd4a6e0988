"""A programme of 400 sessions and a month of 300 events under load: two web workers, wrk on the same machine.

house bench programme [--seconds 8] [--clients 8]
"""

import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

SESSIONS, EVENTS = 400, 300
MONTH = (2031, 5)


def main(arguments: list[str], write: Callable[[str], object]) -> None:
    parser = ArgumentParser("house bench programme", description=__doc__)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--seed-here", action="store_true", help="fill the house of HOUSE_DATA, measure nothing"
    )
    options = parser.parse_args(arguments)
    if options.seed_here:
        write(seed())
        return
    rows = measured(seconds=options.seconds, clients=options.clients)
    write(json.dumps(rows, indent=1) if options.json else told(rows))


def measured(*, seconds: int, clients: int) -> list[dict[str, Any]]:
    # The desk's own measurement knows how to drive wrk; a room may not import it at the top.
    desk = import_module("house.office.bench")
    if not shutil.which("wrk"):
        raise CommandError("wrk is not installed: apt-get install wrk")
    folder = Path(tempfile.mkdtemp(prefix="house-bench-"))
    environment = {**os.environ, "HOUSE_DATA": str(folder), "HOUSE_EMBEDDINGS_URL": "none"}
    house = [sys.executable, "-m", "house.cli"]
    for command in (["migrate"], ["bench", "programme", "--seed-here"]):
        subprocess.run([*house, *command], env=environment, check=True, stdout=subprocess.DEVNULL)
    port = desk.free_port()
    base = f"http://127.0.0.1:{port}"
    web = subprocess.Popen(
        [*house, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
    )
    year, month = MONTH
    pages = {
        "programme, list": "/gatherings/bench-summit/programme/",
        "programme, table": "/gatherings/bench-summit/programme/?view=table",
        "session": "/gatherings/bench-summit/sessions/bench0/",
        "month": f"/gatherings/month/{year}/{month}/",
        "coming": "/gatherings/",
    }
    try:
        desk.seconds_until_open(f"{base}/gatherings/", 0)
        for address in pages.values():
            for _warm in range(10):
                desk.fetch(base + address)
        return [
            asdict(desk.measure(name, base + address, seconds=seconds, clients=clients))
            for name, address in pages.items()
        ]
    finally:
        web.terminate()
        web.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def seed() -> str:
    from django.utils import timezone  # noqa: PLC0415 -- app ready

    from house.gatherings import actions  # noqa: PLC0415 -- app ready
    from house.gatherings.models import Event, Session  # noqa: PLC0415 -- app ready
    from house.partners.viewing import operator  # noqa: PLC0415 -- app ready

    year, month = MONTH
    first = datetime.datetime(year, month, 1, 8, tzinfo=datetime.UTC)
    facts = {
        "state": "published", "published_at": timezone.now(), "zone": "Europe/Berlin",
        "audience": "public", "languages": ["en"], "mode": "online",
    }  # fmt: skip
    hour = datetime.timedelta(hours=1)
    Event.objects.bulk_create(
        Event(
            slug=f"bench-{n}", title=f"How cities count bicycles, part {n}", summary="A seminar of an hour.",
            starts_at=first + 2.4 * n * hour, ends_at=first + (2.4 * n + 1) * hour, **facts,
        )
        for n in range(EVENTS)
    )  # fmt: skip
    summit = Event.objects.create(
        slug="bench-summit", kind="summit", title="A large summit", summary="Four hundred sessions.",
        starts_at=first + datetime.timedelta(days=90), ends_at=first + datetime.timedelta(days=94), **facts,
    )  # fmt: skip
    by = operator()
    rooms = [actions.add_room(summit, by=by, name=f"Hall {n}") for n in range(10)]
    tracks = [actions.add_track(summit, by=by, name=f"Track {n}") for n in range(6)]
    Session.objects.bulk_create(
        Session(
            event=summit, code=f"bench{n}", title=f"Session {n}: what a kerb is for", kind="Talk",
            language="en", abstract="What three cities learned. " * 8,
            description="A longer text about it. " * 30,
            room=rooms[n % 10], track=tracks[n % 6], minutes=45,
            starts_at=summit.starts_at + datetime.timedelta(days=n // 100, hours=(n % 100) // 10),
        )
        for n in range(SESSIONS)
    )  # fmt: skip
    for session in Session.objects.filter(event=summit).order_by("pk"):
        actions.put_speakers(session, [{"name": f"Speaker {session.pk}", "role": "Planner"}], by=by)
    actions.publish_programme(summit, by=by)
    return f"{EVENTS} events and a programme of {SESSIONS} sessions are in place."


def told(rows: list[dict[str, Any]]) -> str:
    lines = ["page               req/s    p50 ms   p99 ms     KB  failed"]
    lines += [
        f"{row['page']:<17} {row['requests_per_second']:>6.0f} {row['p50_ms']:>9.1f} {row['p99_ms']:>8.1f} "
        f"{row['kilobytes']:>6.1f} {row['failed']:>7}"
        for row in rows
    ]
    return "\n".join(lines)
