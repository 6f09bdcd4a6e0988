"""`make run`: one command from a fresh checkout to a seeded house, web and worker together."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from house.ground.packing import is_packed
from house.office.management.commands.serve import server_command
from house.people.models import Person

# every row in this file: an operator's own shell

PATIENCE = 300  # seconds that a busy machine may take to open


class Command(BaseCommand):
    help = "Prepare and seed the house, then run web and worker until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        if str(options["port"]) != os.environ.get("PORT", "8000"):
            # Links lead to where the house opens, those of its first mails too; settings are read once.
            os.environ["PORT"] = str(options["port"])
            os.execv(sys.executable, [sys.executable, "-m", "house.cli", *sys.argv[1:]])  # noqa: S606
        begun = time.monotonic()
        with packed_aside():
            call_command("prepare", verbosity=0)
            if (
                settings.DEMO and not Person.objects.exists()
            ):  # every row: an empty house is seeded once
                call_command("demo")
        # Children in a group of their own: the terminal's Ctrl-C reaches us alone, and we stop them in order.
        children = [
            subprocess.Popen(command, start_new_session=True)  # noqa: S603 -- our own commands
            for command in (
                server_command(
                    host=options["host"], port=options["port"], workers=options["workers"]
                ),
                [sys.executable, "-m", "house.cli", "worker"],
            )
        ]
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        try:
            self.wait_until_open(children[0], options["port"])
            self.greet(options["port"], time.monotonic() - begun)
            while all(child.poll() is None for child in children):
                time.sleep(0.3)
            raise CommandError("A part of the house ended by itself; see the lines above.")
        except KeyboardInterrupt:
            self.stdout.write("\nClosing the house …")
        finally:
            stop_all(children)
        self.stdout.write("Closed. What was written is kept.")

    def wait_until_open(self, web: subprocess.Popen[bytes], port: int) -> None:
        address = f"http://127.0.0.1:{port}/readyz"
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if web.poll() is not None:
                raise CommandError(
                    f"The web server could not start. Is port {port} taken? Try `make run PORT=8001`."
                )
            try:
                urllib.request.urlopen(address, timeout=2).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
            else:
                return
        raise CommandError(f"The web server did not answer within {PATIENCE // 60} minutes.")

    def greet(self, port: int, seconds: float) -> None:
        base = settings.BASE_URL  # where links in mails lead to
        say = self.stdout.write
        say(f"\nThe house is open at http://localhost:{port}  (after {seconds:.0f} s)\n")
        if settings.DEMO:
            from house.office.demo import PERSONS

            say("Sign in at " + f"{base}/accounts/sign-in/ with one of these addresses;")
            say(
                f"the six-letter code comes by mail, which the demonstration shows at {base}/mailbox/\n"
            )
            for person in PERSONS:
                say(f"  {person.email:<27} {person.who}")
        say(
            "\nMeaning follows words: `house doctor` says how far the index is. Ctrl-C closes the house."
        )


@contextmanager
def packed_aside() -> Iterator[None]:
    """Packing static files takes as long as making and seeding a house: they go side by side."""
    if is_packed():
        yield
        return
    packing = [sys.executable, "-m", "house.cli", "collectstatic", "--no-input", "-v", "0"]
    with subprocess.Popen(packing) as packed:  # noqa: S603 -- our own command
        yield
    if packed.returncode:
        raise CommandError("The static files could not be packed; see the lines above.")


def stop_all(children: list["subprocess.Popen[bytes]"]) -> None:
    """Ask each to end, wait, and insist only after ten seconds."""
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
