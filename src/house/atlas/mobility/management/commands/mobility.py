"""`house mobility`: files into the shared-mobility index, and editions out of them."""

import datetime
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from house.atlas.mobility.actions.computing import make_edition, recompute
from house.atlas.mobility.actions.taking_in import KNOWN, Origin, kind_of, take_in
from house.atlas.mobility.keeping import take_in_feeds
from house.atlas.mobility.models import Edition
from house.atlas.mobility.reading.gbfs import WANTED, read_document
from house.ground.errors import Refused

# every row in this file: an operator works with all editions, which are public


class Command(BaseCommand):
    help = (
        "The shared-mobility index. `import` takes systems.csv of MobilityData, an audit of feeds, or with "
        "--system ID a folder of GBFS files. `compute` makes an edition of the newest list; with "
        "--edition CODE it computes a past one again and says whether it comes out the same. "
        "Status 0: done; 1: refused, or not the same; 2: called wrongly."
    )  # fmt: skip

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        taking = acts.add_parser("import", help="take files in; nothing is computed yet")
        taking.add_argument("paths", nargs="+", type=Path, metavar="FILE")
        taking.add_argument(
            "--as-of",
            type=datetime.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day of the data (needed but for feeds, whose own is taken)",
        )
        taking.add_argument(
            "--licence", default="", help="instead of the one that is known for such files"
        )
        taking.add_argument("--source", default="", metavar="TITLE", help="who published it")
        taking.add_argument("--url", default="", help="where it can be found")
        taking.add_argument(
            "--system", default="", metavar="ID", help="the files are GBFS of this system"
        )
        computing = acts.add_parser("compute", help="make an edition, or prove a past one")
        computing.add_argument(
            "--edition", default="", metavar="CODE", help="compute this one again"
        )
        computing.add_argument(
            "--as-of",
            type=datetime.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="of this day's list",
        )
        for each in (taking, computing):
            each.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **given: Any) -> None:
        told = _import(given) if given["act"] == "import" else _compute(given)
        if given["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for each in told:
            self.stdout.write(each["told"])


def _import(given: dict[str, Any]) -> list[dict[str, Any]]:
    if given["system"]:
        return [_feeds(given)]
    if given["as_of"] is None:
        raise CommandError("Say of which day the data are: --as-of YYYY-MM-DD", returncode=2)
    return [_file(path, given) for path in given["paths"]]


def _file(path: Path, given: dict[str, Any]) -> dict[str, Any]:
    raw = _read(path)
    try:
        title, licence, url = KNOWN[kind_of(raw)]
        origin = Origin(
            given["as_of"],
            given["source"] or title,
            given["licence"] or licence,
            given["url"] or url,
        )
        kept, is_new = take_in(raw, path.name, origin)
    except Refused as refused:
        raise CommandError(f"{path.name}: {refused.message}") from refused
    odd = f", {len(kept.odd)} odd lines" if kept.odd else ""
    state = "taken in" if is_new else "was there already"
    return {
        "file": path.name, "kind": kept.kind, "rows": kept.rows, "sha256": kept.sha256,
        "new": is_new, "odd": kept.odd,
        "told": f"{path.name}: {kept.rows} rows ({kept.kind}) {state}{odd}; sha256 {kept.sha256[:12]}…",
    }  # fmt: skip


def _feeds(given: dict[str, Any]) -> dict[str, Any]:
    files = [
        each
        for path in given["paths"]
        for each in (sorted(path.glob("*.json")) if path.is_dir() else [path])
    ]
    documents = {
        path.stem: read_document(path.stem, _read(path)) for path in files if path.stem in WANTED
    }
    if not documents:
        raise CommandError(f"No GBFS file of these names: {', '.join(WANTED)}")
    day = given["as_of"]
    at = (
        datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
        if day
        else max((_stamp(each) for each in documents.values()), default=timezone.now())
    )
    made = take_in_feeds(given["system"], documents, read_at=at)
    return {
        "system": made.system, "said": made.said,
        "told": f"{made.system}: {made.said['points']} places where a ride begins, {made.read_at:%Y-%m-%d}",
    }  # fmt: skip


def _stamp(document: dict[str, Any]) -> datetime.datetime:
    """Seconds since 1970 up to 2.3, a moment in words from 3.0 on."""
    said = document.get("last_updated")
    try:
        if isinstance(said, str):
            return datetime.datetime.fromisoformat(said)
        return datetime.datetime.fromtimestamp(float(said or 0), datetime.UTC)
    except (ValueError, OverflowError, TypeError):
        return datetime.datetime.fromtimestamp(0, datetime.UTC)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror}.") from problem


def _compute(given: dict[str, Any]) -> list[dict[str, Any]]:
    if given["edition"]:
        return [_again(given["edition"])]
    made, is_new = make_edition(as_of=given["as_of"])
    counts = made.counts
    state = "made" if is_new else "stands already: nothing that goes in has changed"
    return [
        {
            "edition": made.code, "new": is_new, "result_sha256": made.result_digest, "counts": counts,
            "told": f"Edition {made.code} {state}: {counts['placed']} of {counts['systems']} systems in "
            f"{counts['cities']} cities; result {made.result_digest[:12]}…",
        }
    ]  # fmt: skip


def _again(code: str) -> dict[str, Any]:
    edition = Edition.objects.filter(code=code).first()
    if edition is None:
        raise CommandError(f"There is no edition {code}.")
    if not recompute(edition):
        raise CommandError(f"Edition {code}, computed anew, comes out differently.")
    return {
        "edition": code, "same": True, "result_sha256": edition.result_digest,
        "told": f"Edition {code}: computed anew, exactly the same result ({edition.result_digest[:12]}…)",
    }  # fmt: skip
