import os
import subprocess
import sys

import pytest

from house.cli import OURS
from tests.own_house import build


def house(tmp_path, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "house.cli", *arguments],
        env={**os.environ, "HOUSE_DATA": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_called_without_a_command_it_lists_them(tmp_path):
    result = house(tmp_path)
    assert result.returncode == 2
    assert all(name in result.stdout for name in OURS)


@pytest.mark.parametrize("name", OURS)
def test_every_command_explains_itself(tmp_path, name):
    result = house(tmp_path, name, "--help")
    assert result.returncode == 0, result.stderr
    assert "usage: house" in result.stdout


def test_a_refusal_is_one_sentence_and_status_one(tmp_path):
    build(tmp_path)
    result = house(tmp_path, "token", "nobody@example.org")
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == "house token: No active person has the address nobody@example.org.\n"


def test_a_wrong_option_is_status_two(tmp_path):
    assert house(tmp_path, "token", "--loud").returncode == 2


def test_token_prints_the_token_and_nothing_else(tmp_path):
    build(tmp_path)
    code = "from house.people.models import Person; Person.objects.create_user('ana@example.org', name='Ana')"
    house(tmp_path, "shell", "-c", code)
    lines = house(tmp_path, "token", "ana@example.org").stdout.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("house_")
