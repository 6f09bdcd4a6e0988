"""`house bench mobility`: how long an edition takes, and whether it comes out the same."""

import argparse
import datetime
import gzip
import time
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from house.atlas.mobility import queries
from house.atlas.mobility.actions.computing import make_edition, recompute
from house.atlas.mobility.actions.taking_in import KNOWN, Origin, kind_of, take_in
from house.atlas.mobility.asking import Asked
from house.atlas.mobility.naming.gazetteer import DATA
from house.atlas.mobility.shipped import DAYS

# every row in this file: a measurement works in a transaction that is undone


def main(arguments: list[str], write: Callable[[str], object]) -> None:
    parser = argparse.ArgumentParser(prog="house bench mobility")
    parser.add_argument("--list", type=Path, help="a systems.csv instead of the shipped one")
    parser.add_argument("--audit", type=Path, help="an audit of feeds, of --audit-of")
    parser.add_argument(
        "--audit-of", type=datetime.date.fromisoformat, default=datetime.date(2026, 5, 28)
    )
    options = parser.parse_args(arguments)
    raw = (
        options.list.read_bytes()
        if options.list
        else gzip.decompress((DATA / f"systems-{DAYS[-1]}.csv.gz").read_bytes())
    )
    with transaction.atomic():
        _measure(raw, options, write)
        transaction.set_rollback(True)
    write("Nothing was kept.")


def _measure(raw: bytes, options: argparse.Namespace, write: Callable[[str], object]) -> None:
    day = datetime.date(2099, 1, 1)  # newer than any list of the house

    def timed(told: str, act: Callable[[], object]) -> object:
        begun = time.perf_counter()
        found = act()
        write(f"{told}: {time.perf_counter() - begun:.2f} s")
        return found

    title, licence, url = KNOWN[kind_of(raw)]
    origin = Origin(day, title, licence, url)
    kept = timed("list read and kept", lambda: take_in(raw, "systems.csv", origin)[0])
    if options.audit:
        title, licence, url = KNOWN["audit"]
        audit = Origin(options.audit_of.replace(year=2098), title, licence, url)
        timed(
            "audit read and kept", lambda: take_in(options.audit.read_bytes(), "audit.csv", audit)
        )
    edition = timed("edition computed", lambda: make_edition(as_of=day)[0])
    write(f"  {kept.rows} systems, {edition.counts}")  # type: ignore[attr-defined]
    same = timed("computed again", lambda: recompute(edition))  # type: ignore[arg-type]
    write(f"  the same: {same}; result {edition.result_digest}")  # type: ignore[attr-defined]
    for weights in ((9, 1, 1, 1), (1, 9, 1, 1), (1, 1, 9, 1)):
        asked = Asked(weights=weights)
        timed(f"a reader's weights {weights}", lambda asked=asked: queries.found_in(edition, asked))  # type: ignore[misc, arg-type]
    timed("the same weights again", lambda: queries.found_in(edition, asked))  # type: ignore[arg-type]
