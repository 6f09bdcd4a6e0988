"""A house of its own for processes that a test starts: its own folder, and its own database on either engine."""

import os
import secrets
from contextlib import contextmanager
from pathlib import Path

import psycopg

HOUSE = Path(__file__).parent.parent


@contextmanager
def own_house(folder, **more):
    """The environment of such a process. Its database on PostgreSQL is dropped afterwards."""
    environment = {
        **os.environ,
        "HOUSE_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "house.settings",
        "PYTHONPATH": f"{HOUSE / 'src'}{os.pathsep}{HOUSE}",
        **more,
    }
    if "HOUSE_DATABASE_URL" not in environment:
        yield environment
        return
    name = f"house_own_{secrets.token_hex(6)}"
    base = environment["HOUSE_DATABASE_URL"].rsplit("/", 1)[0]
    _aside(f'CREATE DATABASE "{name}"')
    try:
        yield {**environment, "HOUSE_DATABASE_URL": f"{base}/{name}"}
    finally:
        _aside(f'DROP DATABASE "{name}" WITH (FORCE)')


def _aside(statement):
    """Not through Django: a test that starts processes need not be allowed to its own database."""
    with psycopg.connect(os.environ["HOUSE_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement)
