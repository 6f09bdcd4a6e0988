import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from house.access import chain


class Command(BaseCommand):
    help = (
        "Check that nobody changed the journal, and print its head. Note the head outside the house and"
        " give it back with --head: then a cut end and a rewritten chain are found too. Status 1 if broken."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "head"])
        parser.add_argument("--head", default="", help="a head noted earlier, number:digest")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "head":
            self.stdout.write(str(chain.head()))
            return
        try:
            noted = chain.Head.of(options["head"]) if options["head"] else None
        except ValueError as problem:
            raise CommandError(str(problem), returncode=2) from problem
        verdict = chain.verify(noted=noted)
        if options["json"]:
            told = {
                "whole": verdict.is_whole,
                "rows": verdict.head.number,
                "head": str(verdict.head),
                "broken": verdict.broken,
                "why": verdict.why,
            }
            self.stdout.write(json.dumps(told))
        elif verdict.is_whole:
            self.stdout.write(f"{verdict.head.number} rows, nothing changed. Head {verdict.head}")
        if not verdict.is_whole:
            raise CommandError(f"Broken at row {verdict.broken}. {verdict.why}")
