"""`house import` as an operator runs it: in a process of its own, over a house of its own."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from house.alex.tests import hostile
from tests.own_house import build

DOCUMENTS, PASSAGES = 1500, 2


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Runs a command in an empty, migrated house; gives (status, stdout, stderr)."""
    root = tmp_path_factory.mktemp("house")
    environment = {
        "PATH": os.environ["PATH"],
        "HOUSE_DATA": str(root),
        "HOUSE_DATABASE_URL": f"sqlite:///{root}/house.sqlite3",
        "HOUSE_EMBEDDINGS_URL": "none",
        "DJANGO_SETTINGS_MODULE": "house.settings",
        "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
    }

    def start(*arguments):
        return subprocess.Popen(
            [sys.executable, "-c", "from house.cli import main; main()", *map(str, arguments)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(*arguments):
        process = start(*arguments)
        out, err = process.communicate(timeout=900)
        return process.returncode, out, err

    build(root)
    run.start = start
    run.database = root / "house.sqlite3"
    return run


def write(path, *rows):
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    return path


def rows_of(database, query):
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        return connection.execute(query).fetchall()


def test_report_exit_status_and_rehearsal(house, tmp_path):
    path = write(tmp_path / "x.jsonl", hostile.passage(1, doc="one"), "{broken")

    status, out, err = house("import", path, "--dry-run", "--json")
    rehearsed = json.loads(out)
    assert (status, rehearsed["created"], rehearsed["refused"]) == (0, 1, 1)
    assert rows_of(house.database, "SELECT count(*) FROM alex_entry") == [(0,)]

    status, out, err = house("import", path, "--report", tmp_path / "report.json")
    assert status == 0
    assert "1 created" in out
    assert f"{tmp_path.name}/x.jsonl:2: This line is not valid JSON" in err
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["records"] == rehearsed["records"]
    assert [(row["status"], row.get("line")) for row in report["records"]] == [
        ("refused", 2),
        ("created", 1),
    ]

    assert house("import", path, "--strict")[0] == 1
    write(tmp_path / "bad.jsonl", "{broken")
    status, out, err = house("import", tmp_path / "bad.jsonl")
    assert (status, err.splitlines()[-1]) == (1, "house import: Nothing could be imported.")
    status, _out, err = house("import", path, "--as", "nobody@example.org")
    assert (status, err.strip()) == (
        1,
        "house import: No active person has the address nobody@example.org.",
    )
    assert house("import")[0] == 2


def test_waiting_without_a_model_says_so(house, tmp_path):
    path = write(tmp_path / "x.jsonl", hostile.passage(1, doc="waited"))
    status, out, _err = house("import", path, "--wait", "--json")
    assert status == 0
    assert json.loads(out)["vectors"]["searchable"] is False


@pytest.mark.slow
def test_a_kill_in_the_middle_leaves_nothing_half_and_the_next_run_finishes(house, tmp_path):
    rows = [
        hostile.passage(number, doc=f"kill-{doc}")
        for doc in range(DOCUMENTS)
        for number in range(PASSAGES)
    ]
    path = write(tmp_path / "many.jsonl", *rows)
    count = "SELECT count(*) FROM alex_entry WHERE source_id LIKE 'kill-%'"
    killed_at = []
    for _attempt in range(2):
        before = rows_of(house.database, count)[0][0]
        process = house.start("import", path)
        until = time.monotonic() + 600
        while rows_of(house.database, count)[0][0] == before and process.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        killed_at.append(rows_of(house.database, count)[0][0])
        whole = rows_of(
            house.database,
            "SELECT e.state, json_array_length(v.sections) FROM alex_entry e LEFT JOIN alex_version v ON "
            "v.id = e.current_id WHERE e.source_id LIKE 'kill-%'",
        )
        assert set(whole) == {("published", PASSAGES)}
    assert 0 < killed_at[0] < killed_at[1] < DOCUMENTS

    status, out, _err = house("import", path, "--json")
    report = json.loads(out)
    assert status == 0
    assert report["created"] + report["unchanged"] == DOCUMENTS
    assert report["unchanged"] >= killed_at[-1]
    assert rows_of(house.database, count) == [(DOCUMENTS,)]
    assert rows_of(
        house.database,
        "SELECT count(*), count(DISTINCT external_id) FROM retrieval_passage WHERE external_id LIKE 'kill-%'",
    ) == [(DOCUMENTS * PASSAGES, DOCUMENTS * PASSAGES)]
    assert rows_of(house.database, "SELECT count(*) FROM retrieval_outboxrow") == [(0,)]
    status, out, _err = house("import", path, "--json")
    assert json.loads(out)["unchanged"] == DOCUMENTS
