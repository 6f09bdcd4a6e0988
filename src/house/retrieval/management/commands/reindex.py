import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from house.retrieval import meaning, outbox
from house.retrieval.bars import bar
from house.retrieval.embedding import NoModel
from house.retrieval.indexing import rebuild_index


class Command(BaseCommand):
    help = (
        "Build the index anew beside the live one, then swap. Search goes on meanwhile; vectors of "
        "unchanged passages stay. --embed also waits for the meaning of what is new."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--embed", action="store_true", help="embed what has no vector yet")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.perf_counter()
        with bar("Indexing", silent=options["json"]) as progress:
            rebuild_index(progress)
        if options["embed"]:
            self._embed(silent=options["json"])
        mark = meaning.engine().watermark()
        waiting = outbox.pending()
        facts = {
            "documents": mark.documents,
            "passages": mark.passages,
            "without_vector": waiting.vectors,
            "seconds": round(time.perf_counter() - begun, 1),
        }
        if options["json"]:
            self.stdout.write(json.dumps(facts))
            return
        self.stdout.write(
            f"{mark.documents} things, {mark.passages} passages in {facts['seconds']} s; "
            f"{waiting.vectors} wait for their meaning."
        )

    def _embed(self, *, silent: bool) -> None:
        try:
            with bar("Embedding", silent=silent) as progress:
                outbox.embed_pending(progress=progress)
        except NoModel as problem:
            self.stderr.write(str(problem))
            return
        filled = meaning.engine_to_fill()
        if filled is not None:
            filled[0].drop_other_vectors()
