import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from house.notices.intake import spooling


class Command(BaseCommand):
    help = (
        "Take one mail from standard input, as a mail server's pipe does, or mails from files and folders"
        " (also a Maildir). They are kept for the worker; with --move each file is then removed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="*", help="files or folders; - or nothing reads one from stdin"
        )
        parser.add_argument(
            "--to", action="append", default=[], help="the receiver that the envelope names"
        )
        parser.add_argument(
            "--from", dest="sender", help="the sender that the envelope names; may be empty"
        )
        parser.add_argument("--move", action="store_true", help="remove each file once it is kept")
        parser.add_argument("--json", action="store_true", help="say it for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        kept, refused = 0, []
        for name, raw, done in _mails(options["paths"] or ["-"], move=options["move"]):
            if len(raw) > spooling.MAX_BYTES:
                refused.append(name)
                continue
            try:
                spooling.keep(raw, receivers=options["to"], sender=options["sender"])
            except OSError as problem:
                # A mail server keeps the mail and tries again when a pipe ends so (EX_TEMPFAIL).
                raise CommandError(
                    f"The mail could not be kept: {problem}", returncode=75
                ) from problem
            done()
            kept += 1
        told = {"kept": kept, "refused": refused}
        self.stdout.write(
            json.dumps(told) if options["json"] else f"{kept} mails are kept for the worker."
        )
        if refused:
            raise CommandError(f"Larger than 25 MB and not kept: {', '.join(refused)}")


def _mails(paths: list[str], *, move: bool) -> Iterator[tuple[str, bytes, Any]]:
    for path in paths:
        if path == "-":
            yield "standard input", sys.stdin.buffer.read(spooling.MAX_BYTES + 1), lambda: None
            continue
        place = Path(path)
        if not place.exists():
            raise CommandError(f"{path} can't be read: there is no such file or folder.")
        try:
            # A Maildir's `tmp` holds what is still being written.
            folders = [place / "new", place / "cur"] if (place / "new").is_dir() else [place]
            inside = [each for one in folders if one.is_dir() for each in sorted(one.iterdir())]
            for each in inside or [place]:
                if each.is_file():
                    yield str(each), each.read_bytes(), each.unlink if move else (lambda: None)
        except OSError as problem:
            raise CommandError(f"{path} can't be read: {problem.strerror}") from problem
