import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from house.notices.intake.server import Intake


class Command(BaseCommand):
    help = (
        "Take answers by mail in from your mail server, by LMTP or SMTP. Each mail is on the disk before it"
        " is accepted; the worker reads it. Listen where only your own mail server can come. Ctrl-C ends it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("--lmtp", metavar="HOST:PORT", help="such as 127.0.0.1:8024")
        way.add_argument("--smtp", metavar="HOST:PORT", help="such as 127.0.0.1:8025")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.REPLY_ADDRESS:
            raise CommandError(
                "HOUSE_REPLY_ADDRESS must be set: no mail is for the house without it."
            )
        host, _colon, port = (options["lmtp"] or options["smtp"]).rpartition(":")
        if not host or not port.isdigit():
            raise CommandError("Where to listen must look like 127.0.0.1:8024", returncode=2)
        intake = Intake(host.strip("[]"), int(port), lmtp=bool(options["lmtp"]))
        try:
            intake.start()
        except OSError as problem:
            raise CommandError(f"Can't listen on {host}:{port}: {problem.strerror}") from problem
        self.stdout.write(f"Taking in mail for {settings.REPLY_ADDRESS} on {host}:{port}.")
        self.stdout.flush()
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_facts: stop.set())
        stop.wait()
        intake.stop()
