import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SRC = Path(__file__).parents[3]


def child(what, folder):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "house.settings",
        "HOUSE_DATA": str(folder),
        "HOUSE_DATABASE_URL": f"sqlite:///{folder / 'house.sqlite3'}",
        "HOUSE_EMBEDDINGS_URL": "none",
    }
    command = [sys.executable, "-m", "house.retrieval.tests.house_child", what]
    return subprocess.Popen(command, cwd=SRC, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_what_was_saved_before_a_kill_is_found_after_it(tmp_path):
    saved, changed = set(), set()
    for _ in range(3):
        writer = child("write", tmp_path)
        first = writer.stdout.readline() + writer.stdout.readline()  # it is at work now
        time.sleep(random.uniform(0.2, 1.0))
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate()
        for line in (first + rest).splitlines(keepends=True):
            if line.endswith("\n"):
                what, pk = line.split()
                (saved if what == "saved" else changed).add(int(pk))

    out, _ = child("check", tmp_path).communicate(timeout=600)
    found = {line.split()[0]: set(map(int, line.split()[1:])) for line in out.splitlines()[:2]}
    notes, passages, waiting = map(int, out.splitlines()[2].split()[1:])

    assert len(saved) > 3
    assert changed <= found["windmill"]
    everything = found["lighthouse"] | found["windmill"]
    assert saved <= everything
    assert not found["lighthouse"] & found["windmill"]
    assert (notes, passages, waiting) == (len(everything), len(everything), 0)
