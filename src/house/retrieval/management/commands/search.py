import json
import sys
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from house.access.viewer import Viewer
from house.retrieval.bars import bar
from house.retrieval.passages import own_id
from house.retrieval.search import Filters, Results, rank_passages, search
from house.retrieval.viewers import viewer_of

_FILTERS = ("kind", "topic", "city", "country", "outcome", "language")
_EXAMPLES = """
examples:
  house search "short-term rental permits"
  house search --as partner@example.org --kind policy '"car sharing" -taxi'
  house search --queries questions.jsonl --run out.trec --as partner@example.org
"""


class Command(BaseCommand):
    help = (
        "Search as a person would. Without --as, as the public. With --queries, write a TREC run of "
        "passages by the ids they were imported with."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        parser.add_argument("query", nargs="?", help='words; "…" for a phrase, -word to leave out')
        parser.add_argument("--as", dest="email", metavar="EMAIL", help="search as this person")
        parser.add_argument("--limit", type=int, default=10, help="results shown (10)")
        parser.add_argument("--queries", type=Path, help='JSON lines {"qid", "question", "lang"?}')
        parser.add_argument("--run", type=Path, metavar="OUT.trec", help="where the run is written")
        parser.add_argument("--depth", type=int, default=100, help="passages for each query (100)")
        parser.add_argument("--json", action="store_true", help="print JSON")
        for name in _FILTERS:
            parser.add_argument(f"--{name}", action="append", default=[], help="filter; may repeat")

    def handle(self, *args: Any, **options: Any) -> None:
        viewer = viewer_of(options["email"])
        if options["queries"]:
            self._write_run(options, viewer)
        elif options["query"]:
            filters = Filters(**{name: tuple(options[name]) for name in _FILTERS})
            found = search(
                options["query"],
                viewer=viewer,
                filters=filters,
                limit=options["limit"],
                patience=None,
            )
            self._print(found, as_json=options["json"])
        else:
            raise CommandError("Give a query, or --queries with --run.")

    def _write_run(self, options: dict[str, Any], viewer: Viewer) -> None:
        queries = read_queries(options["queries"])
        if options["run"] is None:
            raise CommandError("--queries needs --run OUT.trec.")
        begun = time.perf_counter()
        with options["run"].open("w", encoding="utf-8") as out, bar("Searching") as progress:
            progress.start(len(queries))
            for query in queries:
                ranked = rank_passages(query["question"], viewer=viewer, depth=options["depth"])
                for place, (name, score) in enumerate(ranked, 1):
                    out.write(f"{query['qid']} Q0 {name} {place} {score:.6f} house\n")
                progress.advance(1)
        took = (time.perf_counter() - begun) * 1000 / max(len(queries), 1)
        facts = {
            "queries": len(queries),
            "run": str(options["run"]),
            "ms_per_query": round(took, 1),
        }
        if options["json"]:
            self.stdout.write(json.dumps(facts))
        else:
            self.stderr.write(f"{len(queries)} queries, {took:.1f} ms each, in {options['run']}.")

    def _print(self, found: Results, *, as_json: bool) -> None:
        if as_json:
            items = [
                {
                    "kind": hit.kind,
                    "title": hit.facts.title,
                    "url": hit.thing.get_absolute_url(),
                    "passage": own_id(hit.passage.external_id) if hit.passage else None,
                    "score": round(hit.score, 4),
                    "snippet": "".join(text for text, _ in hit.snippet),
                    "language": hit.language,
                }
                for hit in found.hits
            ]
            facts = {
                "mode": found.mode,
                "total": found.total,
                "did_you_mean": found.did_you_mean,
                "took_ms": round(found.took_ms, 1),
                "items": items,
                "facets": found.facets,
            }
            json.dump(facts, self.stdout, ensure_ascii=False)
            self.stdout.write("")
            return
        if found.mode == "words":
            self.stderr.write(
                "Found by words only: no model answered, or nothing here has vectors yet."
            )
        if found.did_you_mean:
            self.stdout.write(f"Searched for: {found.did_you_mean}")
        bold = self.style.MIGRATE_HEADING if sys.stdout.isatty() else str
        for place, hit in enumerate(found.hits, 1):
            text = "".join(bold(text) if is_hit else text for text, is_hit in hit.snippet)
            self.stdout.write(f"{place:2}. {hit.facts.title} [{hit.language}]")
            self.stdout.write(f"    {hit.thing.get_absolute_url()}")
            self.stdout.write(f"    {' '.join(text.split())}")
        self.stdout.write(f"{found.total} found in {found.took_ms:.0f} ms.")


def read_queries(path: Path) -> list[dict[str, Any]]:
    queries = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"{path} can't be read: {problem}") from problem
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            query = json.loads(line)
            queries.append({**query, "qid": str(query["qid"]), "question": str(query["question"])})
        except (ValueError, KeyError, TypeError) as problem:
            raise CommandError(f'{path}, line {number}: no {{"qid", "question"}}.') from problem
    return queries
