"""Many at once, for what only a database that takes many writers can show."""

import os
import threading

import pytest
from django.db import connection

needs_postgres = pytest.mark.skipif(
    "HOUSE_DATABASE_URL" not in os.environ, reason="needs PostgreSQL: make test-postgres"
)


def at_once(*acts):
    """What came of each act, its result or its error, each in a thread and connection of its own."""
    gate, said = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number):
        gate.wait()
        try:
            said[number] = acts[number]()
        except Exception as broken:  # noqa: BLE001 -- told to the test
            said[number] = broken
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said
