import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from house.notices.bounces import take_in


class Command(BaseCommand):
    help = (
        "Read returned mail (delivery status reports) from files, folders or standard input, mark the mails"
        " that came back, and stop sending to addresses that do not exist."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="*", help="files or folders; - or nothing reads one from stdin"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = lost = 0
        for raw in self._messages(options["paths"] or ["-"]):
            theirs, nobodys = take_in(raw)
            found, lost = found + theirs, lost + nobodys
        self.stdout.write(f"{found} mails came back; {lost} reports are of no mail of ours.")

    def _messages(self, paths: list[str]) -> Any:
        for path in paths:
            if path == "-":
                yield sys.stdin.buffer.read()
                continue
            try:
                place = Path(path)
                inside = sorted(place.iterdir()) if place.is_dir() else [place]
                for each in inside:
                    if each.is_file():
                        yield each.read_bytes()
            except OSError as problem:
                raise CommandError(f"{path} can't be read: {problem.strerror}") from problem
