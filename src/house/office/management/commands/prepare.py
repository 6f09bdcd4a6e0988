"""`house migrate`: Django's migrations, then the vocabulary that every house needs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from house.retrieval import meaning
from house.retrieval.models import Passage
from house.vocabulary.loading import load_vocabulary

# every row in this file: an operator looks after the whole house


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
        if (
            index_is_behind()
        ):  # lost, or written by an older house that analysed words in another way
            call_command("reindex", verbosity=0)
            self.stdout.write("The index was made anew.")


def index_is_behind() -> bool:
    """Do passages stand in the records that the index has never seen?"""
    return meaning.engine().watermark().passages < Passage.objects.count()
