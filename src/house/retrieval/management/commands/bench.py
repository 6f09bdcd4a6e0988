from argparse import REMAINDER, ArgumentParser
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand, CommandError

_KINDS = {
    "quality": "house.retrieval.bench.quality",
    "speed": "house.retrieval.bench.speed",
    "answers": "house.retrieval.bench.answers",
    "pages": "house.office.bench",
}


class Command(BaseCommand):
    help = "Measure: quality of search, speed of search, answers, or pages under load."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=sorted(_KINDS), help="each takes its own --help")
        parser.add_argument("rest", nargs=REMAINDER, help="options of that measurement")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each module has `main(arguments, write)`; it reads its options with argparse."""
        name = _KINDS[options["what"]]
        if find_spec(name) is None:
            raise CommandError(f"The measurement {options['what']!r} is not installed.")
        import_module(name).main(options["rest"], self.stdout.write)
