"""The operator's commands, each in a house of its own, as processes, the way an operator runs them."""

import email
import email.policy
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.own_house import build

HOUSE = [sys.executable, "-m", "house.cli"]


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOUSE_")}
    return {**kept, "HOUSE_DATA": str(tmp_path / "house"), "HOUSE_EMBEDDINGS_URL": "none"}


def house(environment, *arguments, check=True):
    return subprocess.run(
        [*HOUSE, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=check,
        timeout=900,
    )


def names(environment):
    with sqlite3.connect(f"{environment['HOUSE_DATA']}/house.sqlite3") as records:
        return sorted(row[0] for row in records.execute("SELECT name FROM people_person"))


def add_person(environment, email, name):
    code = f"from house.people.models import Person; Person.objects.create_user({email!r}, name={name!r})"
    house(environment, "shell", "-c", code)


def read_mails(environment):
    mails = (Path(environment["HOUSE_DATA"]) / "mailbox").rglob("*.eml")
    for mail in mails:
        message = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
        yield message.get_body(("plain",)).get_content()


def test_a_backup_brings_back_what_was_lost(environment, tmp_path):
    build(environment["HOUSE_DATA"])
    add_person(environment, "ana@example.org", "Ana")
    house(environment, "backup", str(tmp_path / "kept.tar.gz"))
    add_person(environment, "eve@example.org", "Eve")
    assert names(environment) == ["Ana", "Eve"]

    house(environment, "restore", str(tmp_path / "kept.tar.gz"), "--yes")
    assert names(environment) == ["Ana"]


def test_a_backup_is_for_its_owner_alone_and_overwrites_nothing(environment, tmp_path):
    build(environment["HOUSE_DATA"])
    archive = tmp_path / "kept.tar.gz"
    house(environment, "backup", str(archive))
    assert archive.stat().st_mode & 0o077 == 0

    again = house(environment, "backup", str(archive), check=False)
    assert again.returncode == 1
    assert "exists already" in again.stderr


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"PK\x03\x04"])
def test_what_is_no_backup_changes_nothing(environment, tmp_path, content):
    build(environment["HOUSE_DATA"])
    add_person(environment, "ana@example.org", "Ana")
    (tmp_path / "wrong").write_bytes(content)

    result = house(environment, "restore", str(tmp_path / "wrong"), "--yes", check=False)
    assert result.returncode == 1
    assert "nothing was changed" in result.stderr
    assert names(environment) == ["Ana"]


def test_restore_asks_first(environment, tmp_path):
    result = house(environment, "restore", str(tmp_path / "any"), check=False)
    assert result.returncode == 1
    assert "--yes" in result.stderr


def test_the_doctor_says_what_is_wrong_and_what_to_do(environment):
    sick = house(environment, "doctor", check=False)
    assert sick.returncode == 1
    assert "house migrate" in sick.stdout

    build(environment["HOUSE_DATA"])
    well = house(environment, "doctor")
    assert "records      good" in well.stdout


def test_a_lost_index_is_noticed_and_made_again(environment):
    build(environment["HOUSE_DATA"], "demo")
    shutil.rmtree(f"{environment['HOUSE_DATA']}/index")
    assert "Run `house reindex`" in house(environment, "doctor", check=False).stdout

    assert "made anew" in house(environment, "migrate").stdout
    assert "short-term" in house(environment, "search", "short-term rental").stdout.lower()


def test_the_demonstration_can_be_seeded_twice(environment):
    build(environment["HOUSE_DATA"], "demo")
    before = names(environment)
    house(environment, "demo")
    assert names(environment) == before
    assert len(before) == 14  # one of each kind, and four colleagues who talk in the Agora


def until_gone(process):
    end = time.monotonic() + 60
    while True:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        assert time.monotonic() < end, f"{process} is still there"
        time.sleep(0.05)


def test_one_command_opens_the_house_and_ctrl_c_closes_all_of_it(environment):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    opened = subprocess.Popen(
        [*HOUSE, "start", "--port", str(port)], env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        lines = []
        for line in opened.stdout:
            lines.append(line)
            if "Ctrl-C closes" in line:
                break
        said = "".join(lines)
        assert f"http://localhost:{port}/accounts/sign-in/" in said, said
        assert "localhost:8000" not in said
        for who in ("office", "curator", "expert", "premium", "coordinator", "partner", "associate", "former",
                    "suspended", "guest"):  # fmt: skip
            assert f"{who}@example.org" in said
        home = urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60).read().decode()
        assert f'<link rel="canonical" href="http://localhost:{port}/">' in home
        written = "".join(read_mails(environment))
        assert f"http://localhost:{port}/" in written
        assert "localhost:8000" not in written
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(opened.pid)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        assert len(children) == 2
        opened.send_signal(signal.SIGINT)
        rest, _none = opened.communicate(timeout=600)
    finally:
        if opened.poll() is None:
            opened.terminate()  # which takes web and worker along; killed, it would leave them behind
            opened.wait(timeout=60)
        opened.stdout.close()
    assert opened.returncode == 0, rest
    assert "Closed" in rest
    for child in children:
        until_gone(int(child))
