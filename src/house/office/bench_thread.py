# ruff: noqa: S603 -- a measurement runs our own commands
"""A thread of 500 posts under load: read by a visitor and by a member, on its first and on its last page.

    house bench thread [--seconds 8] [--clients 8]

A house of its own is seeded, with 400 answers and 100 comments in one thread that everybody may read.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from house.office.bench import Figure, fetch, free_port, measure, seconds_until_open

ANSWERS, COMMENTS = 400, 100
_SEED = "import django; django.setup(); from house.office.bench_thread import seed; seed()"


def main(arguments: list[str], write: Callable[[str], object]) -> None:
    parser = ArgumentParser("house bench thread", description=__doc__)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    figures = [asdict(each) for each in measured(options.seconds, options.clients)]
    write(json.dumps(figures, indent=1) if options.json else told(figures))


def measured(seconds: int, clients: int) -> list[Figure]:
    if not shutil.which("wrk"):
        raise CommandError("wrk is not installed: apt-get install wrk")
    folder = Path(tempfile.mkdtemp(prefix="house-bench-"))
    environment = {
        **os.environ, "HOUSE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "house.settings",
        "HOUSE_SEARCH_RATE": "1000000000",
    }  # fmt: skip
    house = [sys.executable, "-m", "house.cli"]
    subprocess.run([*house, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
    seeded = subprocess.run(
        [sys.executable, "-c", _SEED], env=environment, check=True, capture_output=True, text=True
    )
    code, cookie = seeded.stdout.split()
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    web = subprocess.Popen(
        [*house, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        seconds_until_open(f"{base}/healthz", time.monotonic())
        pages = {
            "first page": f"/agora/{code}/",
            "last page": f"/agora/{code}/?page=20",
            "list": "/agora/",
        }
        return [
            measure(
                f"{name}, {who}", warm(base + path), seconds=seconds, clients=clients, head=head
            )
            for name, path in pages.items()
            for who, head in (("visitor", ""), ("member", f"Cookie: {cookie}"))
        ]
    finally:
        web.terminate()
        web.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def warm(address: str) -> str:
    for _once in range(20):
        fetch(address)
    return address


def seed() -> None:
    """Run in the house that is measured: prints the thread's code and a member's cookie."""
    from django.conf import settings  # noqa: PLC0415 -- apps ready
    from django.test import Client  # noqa: PLC0415 -- as above
    from django.utils import timezone  # noqa: PLC0415 -- as above

    from house.agora import actions  # noqa: PLC0415 -- as above
    from house.agora.models import Answer, Comment  # noqa: PLC0415 -- as above
    from house.partners.viewing import viewer_for  # noqa: PLC0415 -- as above
    from house.people.models import Person  # noqa: PLC0415 -- as above
    from house.retrieval import outbox  # noqa: PLC0415 -- as above

    # every row: a measurement seeds what it measures
    members = list(Person.objects.filter(is_active=True, city__isnull=False).select_related("city"))
    # every row: as above
    asker = Person.objects.get(email="premium@example.org")
    with outbox.held():
        post = actions.write_post(
            "question",
            "Five hundred posts",
            "What is long?",
            by=viewer_for(asker),
            audience="public",
        )
        # every row: as above
        answers = Answer.objects.bulk_create(
            Answer(**_said(members[n % len(members)], n), post=post, published_at=timezone.now())
            for n in range(ANSWERS)
        )
        # every row: as above
        Comment.objects.bulk_create(
            Comment(
                **_said(members[n % len(members)], n), post=post, answer=answers[4 * n],
                published_at=timezone.now(),
            )
            for n in range(COMMENTS)
        )  # fmt: skip
    client = Client()
    client.force_login(asker, backend=settings.AUTHENTICATION_BACKENDS[0])
    morsel = client.cookies[settings.SESSION_COOKIE_NAME]
    print(post.code, f"{morsel.key}={morsel.value}")  # noqa: T201 -- read by whoever measures


def _said(person: Any, number: int) -> dict[str, Any]:
    body = f"Answer {number}: we tried it for a year and **counted** again. " * 6
    return {
        "author": person, "city": person.city, "shown_city": person.city, "body": body,
        "html": f"<p>{body}</p>", "candour": "person",
    }  # fmt: skip


def told(figures: list[dict[str, Any]]) -> str:
    lines = ["page                  req/s    p50 ms   p99 ms     KB  failed"]
    lines += [
        f"{row['page']:<20} {row['requests_per_second']:>6.0f} {row['p50_ms']:>9.1f} {row['p99_ms']:>8.1f} "
        f"{row['kilobytes']:>6.1f} {row['failed']:>7}"
        for row in figures
    ]
    return "\n".join(lines)
