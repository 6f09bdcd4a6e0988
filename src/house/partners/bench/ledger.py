"""The ledger under load, in a house of its own: `house bench ledger [--requests 200] [--processes 4]`.

First the race: so many requests at once for one unit, through `POST /api/v1/benefits/one-on-one/holds`,
each in a thread with a connection of its own, over several processes. Then holds a second, one after
another. On SQLite; or, where `HOUSE_DATABASE_URL` names a PostgreSQL, in a database made there and dropped.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections
from django.test import Client

from house.partners import ledger
from house.partners.models import Account, Benefit, Hold, Movement, Partnership, Seat
from house.partners.viewing import operator, viewer_for
from house.people.models import Person
from house.people.tokens import issue_token
from house.vocabulary.models import City

BENEFIT = "one-on-one"
PERSONS = 20


def main(arguments: list[str], write: Callable[[str], object]) -> None:
    parser = ArgumentParser("house bench ledger", description=__doc__)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--holds", type=int, default=300, help="for the speed; 0 leaves it out")
    parser.add_argument("--json", action="store_true")
    # What this command starts itself as, inside the house that it made.
    parser.add_argument("--part", choices=sorted(PARTS), help="for its own use")
    options = parser.parse_args(arguments)
    if options.part:
        PARTS[options.part](options)
        return
    result = measured(options)
    write(json.dumps(result) if options.json else told(result))


def told(result: dict[str, Any]) -> str:
    race = result["race"]
    asked = f"{race['requests']} requests for one unit, {race['processes']} processes"
    lines = [f"{result['database']}: {asked}, {race['seconds']} s: {race['answers']}"]
    lines += [f"afterwards: holds {race['holds']}, rows {race['rows']}, left {race['left']}"]
    if "holds_per_second" in result:
        lines.append(f"{result['holds_per_second']} holds/s, one after another")
    return "\n".join(lines)


def measured(options: Namespace) -> dict[str, Any]:
    with a_house() as environment:
        run(environment, "migrate")
        keys = json.loads(part(environment, "seed", options))
        result = {"database": connection.vendor, "race": race(environment, keys, options)}
        if options.holds:
            result["holds_per_second"] = json.loads(part(environment, "speed", options))
    return result


@contextmanager
def a_house() -> Any:
    """The environment of an empty house: its folder, and on PostgreSQL its database, are gone afterwards."""
    folder = tempfile.mkdtemp(prefix="house-bench-")
    environment = {
        **os.environ,
        "HOUSE_DATA": folder,
        "HOUSE_DEMO": "true",
        "HOUSE_LOG_LEVEL": "ERROR",
    }
    name = f"house_bench_{os.getpid()}"
    on_postgres = connection.vendor == "postgresql"
    if on_postgres:
        make_database(f'CREATE DATABASE "{name}"')
        base = os.environ["HOUSE_DATABASE_URL"].rsplit("/", 1)[0]
        environment["HOUSE_DATABASE_URL"] = f"{base}/{name}"
    else:
        environment.pop("HOUSE_DATABASE_URL", None)
    try:
        yield environment
    finally:
        if on_postgres:
            make_database(f'DROP DATABASE "{name}" WITH (FORCE)')
        shutil.rmtree(folder, ignore_errors=True)


def make_database(statement: str) -> None:
    """On a connection of its own: a database is not made inside a transaction."""
    aside = connection.copy()
    try:
        with aside.cursor() as cursor:
            cursor.execute(statement)
    finally:
        aside.close()


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "house.cli", *arguments]


def run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        command(*arguments), env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def part(environment: dict[str, str], name: str, options: Namespace) -> str:
    return run(environment, "bench", "ledger", "--part", name, "--holds", str(options.holds))


def race(environment: dict[str, str], keys: list[str], options: Namespace) -> dict[str, Any]:
    share = options.requests // options.processes
    asking = [
        subprocess.Popen(
            command("bench", "ledger", "--part", "ask", "--requests", str(share)),
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _process in range(options.processes)
    ]  # fmt: skip
    for process in asking:
        process.stdin.write(json.dumps(keys) + "\n")
        process.stdin.flush()
        process.stdout.readline()  # its threads wait at the line
    began = time.monotonic()
    for process in asking:
        process.stdin.write("go\n")
        process.stdin.flush()
    answers: Counter[str] = Counter()
    for process in asking:
        answers.update(json.loads(process.communicate(timeout=300)[0]))
    return {
        "requests": share * options.processes,
        "processes": options.processes,
        "seconds": round(time.monotonic() - began, 2),
        "answers": dict(answers),
        **json.loads(part(environment, "after", options)),
    }


# -- Inside the house that was made --------------------------------------------------------------


def seed(options: Namespace) -> None:
    """One premium city with one unit and twenty persons; prints their keys."""

    city = City.objects.order_by("pk").first()
    partnership = Partnership.objects.create(city=city, level="premium", starts_on="2020-01-01")
    keys = []
    for number in range(PERSONS):
        person = Person.objects.create_user(f"p{number}@example.org", name=f"P {number}", city=city)
        Seat.objects.create(partnership=partnership, person=person, title="Adviser")
        keys.append(issue_token(person))
    print(json.dumps(keys))


def ask(options: Namespace) -> None:
    """All threads connect, wait for the word, and ask at once; prints how often each answer came."""
    keys = json.loads(sys.stdin.readline())
    barrier = threading.Barrier(options.requests + 1)
    answers: Counter[str] = Counter()

    def one(number: int) -> None:
        client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        connection.ensure_connection()
        barrier.wait()
        response = client.post(
            f"/api/v1/benefits/{BENEFIT}/holds",
            json.dumps({"what_for": "The race"}),
            content_type="application/json",
            headers={"Authorization": f"Bearer {keys[number % len(keys)]}"},
        )
        answers[str(response.status_code)] += 1
        connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(options.requests)]
    for thread in threads:
        thread.start()
    print("ready", flush=True)
    sys.stdin.readline()
    barrier.wait()
    for thread in threads:
        thread.join()
    print(json.dumps(answers))


def after(options: Namespace) -> None:

    account = Account.objects.get(benefit=BENEFIT)
    rows = Movement.objects.filter(account=account, kind="hold").count()
    print(json.dumps({"holds": Hold.objects.count(), "left": account.left, "rows": rows}))


def speed(options: Namespace) -> None:
    """Holds a second by the verb itself, each in a transaction of its own."""

    benefit = Benefit.objects.get(pk=BENEFIT)
    seat = Seat.objects.select_related("person", "partnership__city").first()
    city: City = seat.partnership.city
    ledger.grant(city, benefit, units=options.holds, key="speed", by=operator(), reason="Speed")
    viewer = viewer_for(seat.person)
    began = time.monotonic()
    for number in range(options.holds):
        ledger.hold(city, benefit, key=f"speed {number}", by=viewer, what_for="Speed")
    print(json.dumps(round(options.holds / (time.monotonic() - began))))


PARTS = {"seed": seed, "ask": ask, "after": after, "speed": speed}
