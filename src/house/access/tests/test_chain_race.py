"""Appends by many at once make one chain, in a house's own kind of database file and on PostgreSQL."""

import os
import subprocess
import sys
import threading

import pytest
from django.db import connection

from house.access import chain
from house.access.journal import record
from house.access.models import JournalRow
from house.access.viewer import Viewer

MANY = 20


def append_at_once():
    start = threading.Barrier(MANY)
    problems = []

    def append(number):
        start.wait()
        try:
            record("test.race", None, by=Viewer(person_id=number))
        except Exception as problem:  # noqa: BLE001 -- told by the test
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=append, args=(number,)) for number in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert chain.verify().head.number == MANY
    assert set(JournalRow.objects.values_list("person_id", flat=True)) == set(range(MANY))


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="needs PostgreSQL: make test-postgres"
)
@pytest.mark.django_db(transaction=True)
def test_many_appends_at_once_make_one_chain_on_postgresql():
    append_at_once()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="of SQLite")
@pytest.mark.django_db(transaction=True)
def test_many_appends_at_once_make_one_chain_on_sqlite(tmp_path):
    # The tests' database lives in memory and locks otherwise than a file does.
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "house.sqlite3")])
    program = (
        "import django; django.setup();"
        "from house.access.tests.test_chain_race import append_at_once; append_at_once()"
    )
    environment = {
        **os.environ, "HOUSE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "house.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
