from argparse import REMAINDER, ArgumentParser
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand

MEASUREMENTS = {
    "quality": "house.retrieval.bench.quality",
    "speed": "house.retrieval.bench.speed",
    "answers": "house.retrieval.bench.answers",
    "pages": "house.office.bench",
    "thread": "house.office.bench_thread",
    "rights": "house.partners.bench.rights",
    "ledger": "house.partners.bench.ledger",
    "digest": "house.office.mailing.bench",
    "asked": "house.agora.bench.asked",
    "routing": "house.agora.bench.routing",
    "programme": "house.gatherings.bench.programme",
    "proposal": "house.office.bench_proposal",
    "mobility": "house.atlas.mobility.bench.index",
    "feeds": "house.radar.bench.feeds",
    "map": "house.atlas.initiatives.bench.map",
}


class Command(BaseCommand):
    help = (
        "Measure search, answers, pages, threads, rights, the ledger, digests, routing, the index."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=sorted(MEASUREMENTS), help="each takes its own --help")
        parser.add_argument("rest", nargs=REMAINDER, help="options of that measurement")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each module has `main(arguments, write)`; they are loaded here, for some need packages of tests."""
        module = import_module(MEASUREMENTS[options["what"]])
        module.main(options["rest"], self.stdout.write)
