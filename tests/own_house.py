"""A house of its own for processes that a test starts: its own folder, and its own database on either engine.

The first process of a test run that wants one builds it; the others copy what stands. Migrations take some seven seconds.
"""

import fcntl
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.migrated import kept_file

HOUSE = Path(__file__).parent.parent
# Names the folder in which all processes of one test run keep what they built.
BUILT = "HOUSE_TESTS_BUILT"


def begin():
    """Once for a test run, before its processes start."""
    os.environ[BUILT] = tempfile.mkdtemp(prefix="house-built-")


def end():
    shutil.rmtree(built := os.environ.pop(BUILT))
    if "HOUSE_DATABASE_URL" in os.environ:
        _aside(f'DROP DATABASE IF EXISTS "{Path(built).name}" WITH (FORCE)')


@contextmanager
def own_house(folder, **more):
    """The environment of such a process; the tables stand. Its database on PostgreSQL is dropped afterwards."""
    environment = {
        **os.environ,
        "HOUSE_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "house.settings",
        "HOUSE_KEPT_PAGES_SECONDS": "0",
        "PYTHONPATH": f"{HOUSE / 'src'}{os.pathsep}{HOUSE}",
        **more,
    }
    if "HOUSE_DATABASE_URL" not in environment:
        build(folder)
        yield environment
        return
    name = f"house_own_{secrets.token_hex(6)}"
    with _alone():
        template = _template()
        _aside(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield {**environment, "HOUSE_DATABASE_URL": _url(name)}
    finally:
        _aside(f'DROP DATABASE "{name}" WITH (FORCE)')


def build(folder, command="migrate"):
    """Puts into `folder` what `house migrate` or `house demo` leaves behind, on SQLite, without vectors."""
    kept = Path(os.environ[BUILT]) / command
    with _alone():
        if not kept.exists():
            new = Path(f"{kept}.new")
            new.mkdir()
            if (tables := kept_file()).exists():
                shutil.copy(tables, new / "house.sqlite3")
            _house(command, HOUSE_DATA=str(new), HOUSE_EMBEDDINGS_URL="none")
            new.rename(kept)
    shutil.copytree(kept, folder, dirs_exist_ok=True)


def _template():
    name = Path(os.environ[BUILT]).name
    with psycopg.connect(os.environ["HOUSE_DATABASE_URL"], autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone():
            return name
        connection.execute(f'CREATE DATABASE "{name}"')
    with tempfile.TemporaryDirectory() as data:
        _house("migrate", HOUSE_DATA=data, HOUSE_DATABASE_URL=_url(name))
    return name


def _house(command, **environment):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOUSE_")}
    subprocess.run(
        [sys.executable, "-m", "house.cli", command],
        env={**kept, **environment}, check=True, capture_output=True, timeout=900,
    )  # fmt: skip


@contextmanager
def _alone():
    """One process at a time; the others wait."""
    with (Path(os.environ[BUILT]) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _url(name):
    return f"{os.environ['HOUSE_DATABASE_URL'].rsplit('/', 1)[0]}/{name}"


def _aside(statement):
    """Not through Django: a test that starts processes need not be allowed to its own database."""
    with psycopg.connect(os.environ["HOUSE_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement)
