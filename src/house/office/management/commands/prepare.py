"""`house migrate`: Django's migrations, then the vocabulary that every house needs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from house.vocabulary.loading import load_vocabulary


class Command(BaseCommand):
    help = "Bring the database up to date and load cities and topics. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only say whether migrations are missing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            call_command("migrate", check_unapplied=True, verbosity=options["verbosity"])
            return
        call_command("migrate", verbosity=min(options["verbosity"], 1), interactive=False)
        cities, topics = load_vocabulary()
        self.stdout.write(f"{cities} cities and {topics} topics are in place.")
