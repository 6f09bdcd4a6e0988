import shutil
import tarfile
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from house.office.management.commands.backup import KEPT, run_pg
from house.people import erasure


class Command(BaseCommand):
    help = "Bring back what `house backup` wrote. Stop web and worker first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--yes", action="store_true", help="replace what is in this house now")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["yes"]:
            raise CommandError("This replaces everything in the house. Say --yes if that is meant.")
        with tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
            self.unpack(options["archive"], Path(folder))
            self.put_back(Path(folder))
        call_command("prepare", verbosity=0)
        # Who was erased since the backup was written must not come back with it.
        again = erasure.erase_again()
        call_command("reindex")
        self.stdout.write(f"Restored; the index was made anew. Erased once more: {again}.")

    def unpack(self, archive: Path, folder: Path) -> None:
        try:
            with tarfile.open(archive) as tar:
                tar.extractall(folder, filter="data")  # refuses paths that lead outside
        except (OSError, tarfile.TarError) as problem:
            raise CommandError(f"{archive} can't be read; nothing was changed.") from problem
        note = folder / "HOUSE"
        if not note.exists():
            raise CommandError(f"{archive} is not a backup of a house; nothing was changed.")
        vendor = note.read_text().split()[0]
        if vendor != connection.vendor:
            raise CommandError(
                f"The backup is of {vendor}, this house runs on {connection.vendor}."
            )

    def put_back(self, folder: Path) -> None:
        name = connection.settings_dict["NAME"]
        connection.close()
        if connection.vendor == "sqlite":
            for leftover in ("-wal", "-shm"):
                Path(f"{name}{leftover}").unlink(missing_ok=True)
            shutil.move(folder / "records.sqlite3", name)
        else:
            run_pg("pg_restore", "--clean", "--if-exists", "--no-owner", f"--dbname={name}",
                   str(folder / "records.pgdump"))  # fmt: skip
        for kept in KEPT:
            target = settings.DATA / kept
            if (folder / kept).is_dir():
                shutil.rmtree(target, ignore_errors=True)
            if (folder / kept).exists():
                shutil.move(folder / kept, target)
