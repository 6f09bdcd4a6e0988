"""One file with everything that can't be made again: records and files. The index is made anew."""

import io
import sqlite3
import subprocess
import tarfile
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

KEPT = ("media", "secret")


class Command(BaseCommand):
    help = "Write records and files to one archive while the house runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "archive", type=Path, nargs="?", help="default: house-<date>.tar.gz here"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stamp = timezone.now().strftime("%Y%m%d-%H%M%S")
        archive: Path = options["archive"] or Path(f"house-{stamp}.tar.gz")
        if archive.exists():
            raise CommandError(f"{archive} exists already; nothing was written.")
        unfinished = archive.with_name(archive.name + ".part")
        with tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
            records = dump_records(Path(folder))
            with tarfile.open(unfinished, "w:gz", compresslevel=5) as tar:
                note = f"{connection.vendor}\n{stamp}\n".encode()
                info = tarfile.TarInfo("HOUSE")
                info.size = len(note)
                tar.addfile(info, io.BytesIO(note))
                tar.add(records, arcname=records.name)
                for name in KEPT:
                    if (settings.DATA / name).exists():
                        tar.add(settings.DATA / name, arcname=name)
        unfinished.chmod(0o600)  # it holds the secret and every private line
        unfinished.rename(archive)
        self.stdout.write(f"Written: {archive} ({archive.stat().st_size / 1e6:.1f} MB)")


def dump_records(folder: Path) -> Path:
    """A consistent copy: SQLite's online backup, or pg_dump."""
    settings_of = connection.settings_dict
    if connection.vendor == "sqlite":
        target = folder / "records.sqlite3"
        with sqlite3.connect(settings_of["NAME"]) as source, sqlite3.connect(target) as copy:
            source.backup(copy)
        return target
    target = folder / "records.pgdump"
    run_pg("pg_dump", "--format=custom", "--no-owner", f"--file={target}", settings_of["NAME"])
    return target


def run_pg(program: str, *arguments: str) -> None:
    """A PostgreSQL client program with this house's connection; the password never shows in `ps`."""
    of = connection.settings_dict
    environment = {
        "PATH": "/usr/bin:/bin:/usr/local/bin",
        "PGHOST": of["HOST"] or "",
        "PGPORT": str(of["PORT"] or ""),
        "PGUSER": of["USER"] or "",
        "PGPASSWORD": of["PASSWORD"] or "",
    }
    try:
        subprocess.run(  # noqa: S603 -- fixed programs, our own arguments
            [program, *arguments], check=True, capture_output=True, text=True,
            env={name: value for name, value in environment.items() if value},
        )  # fmt: skip
    except FileNotFoundError as problem:
        raise CommandError(f"{program} is not installed on this machine.") from problem
    except subprocess.CalledProcessError as problem:
        raise CommandError(f"{program} failed: {problem.stderr.strip()[-300:]}") from problem
