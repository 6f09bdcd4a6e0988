"""The tests' database in memory, as migrations leave it: made once a day for the same migrations, then copied.

All migrations take some seven seconds of the processor; a copy takes half a second.
"""

import datetime
import fcntl
import hashlib
import sqlite3
import tempfile
from pathlib import Path

from django.core.management.commands.migrate import Command
from django.db import connection

HOUSE = Path(__file__).parent.parent
_migrate = Command.handle


def install():
    """From now on `migrate` on an empty database in memory copies what it made before."""
    Command.handle = handle


def handle(self, *args, **options):
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()
    if not in_memory or connection.introspection.table_names():
        return _migrate(self, *args, **options)
    kept = kept_file()
    with Path(f"{kept}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the other processes of this run wait and copy
        if kept.exists():
            _copy(kept)
            return _migrate(self, *args, **options)  # which finds nothing to do
        said = _migrate(self, *args, **options)
        _keep(kept)
        return said


def kept_file():
    """Where the copy for these migrations lies, if it was made."""
    return Path(tempfile.gettempdir()) / f"house-migrated-{_key()}.sqlite3"


def _key():
    """Of every migration, of all packages and of today: some migrations write dates."""
    digest = hashlib.sha256(f"{datetime.date.today()}".encode())
    for path in sorted(
        [*HOUSE.glob("requirements*.lock"), *HOUSE.glob("src/house/**/migrations/*.py")]
    ):
        digest.update(f"{path.relative_to(HOUSE)}".encode() + path.read_bytes())
    digest.update((HOUSE / "src/house/settings.py").read_bytes())
    for path in sorted(HOUSE.glob("src/house/**/data/*")):
        digest.update(f"{path.relative_to(HOUSE)} {path.stat().st_size}".encode())
    return digest.hexdigest()[:24]


def _copy(kept):
    connection.ensure_connection()
    with sqlite3.connect(kept) as source:
        source.backup(connection.connection)
    source.close()


def _keep(kept):
    new = Path(f"{kept}.new")
    new.unlink(missing_ok=True)
    target = sqlite3.connect(new)
    connection.connection.backup(target)
    target.close()
    new.rename(kept)
