import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from house.retrieval.evaluation import (
    MEASURES,
    BadFile,
    Row,
    read_qrels,
    read_questions,
    read_run,
    report,
)


class Command(BaseCommand):
    help = (
        "Measure a run written by `house search --run`: nDCG@10, Recall@5/10/100 and MRR@10 of "
        "passages and of documents (the part of an id before '#'); with --queries also for each "
        "question language, and for same and cross language."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--run", type=Path, required=True, metavar="OUT.trec")
        parser.add_argument("--qrels", type=Path, required=True, metavar="Q.tsv", help="TREC qrels")
        parser.add_argument(
            "--queries", type=Path, metavar="Q.jsonl", help='"lang", "cross_lingual"'
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            qrels = read_qrels(options["qrels"])
            asked = read_questions(options["queries"]) if options["queries"] else {}
            rows = report(read_run(options["run"]), qrels, asked)
        except (BadFile, OSError, UnicodeDecodeError) as problem:
            raise CommandError(str(problem)) from problem
        if not qrels:
            raise CommandError(f"{options['qrels']} judges nothing.")
        if options["json"]:
            self.stdout.write(json.dumps([asdict(row) for row in rows]))
        else:
            self.stdout.write(table(rows))


def table(rows: list[Row]) -> str:
    lines = [f"{'':18}{'':11}{'n':>5}" + "".join(f"{name:>9}" for name in MEASURES)]
    for row in rows:
        figures = "".join(f"{row.figures[name]:9.3f}" for name in MEASURES)
        lines.append(f"{row.group:18}{row.level:11}{row.questions:5}{figures}")
    return "\n".join(lines)
