import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from house.ground.packing import is_packed


def server_command(*, host: str, port: int, workers: int) -> list[str]:
    """Granian, WSGI, few workers with few threads each: measured best for this house on two cores."""
    return [
        sys.executable, "-m", "granian", "house.wsgi:application", "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", str(workers),
        "--blocking-threads", "4", "--backpressure", "128",
        "--http", "1", "--no-ws", "--log-level", "warning", "--respawn-failed-workers",
    ]  # fmt: skip


class Command(BaseCommand):
    help = "Serve the web pages (only; `house worker` does the background work)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1" if settings.DEMO else "0.0.0.0")  # noqa: S104
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_packed():
            call_command("collectstatic", interactive=False, verbosity=0)
        command = server_command(
            host=options["host"], port=options["port"], workers=options["workers"]
        )
        os.environ["PORT"] = str(options["port"])  # links lead to where the house opens
        os.execv(command[0], command)  # noqa: S606 -- our own interpreter and arguments
