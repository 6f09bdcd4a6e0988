"""`house import-initiatives`: a layer of the map from a file."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from house.access.capabilities import CAPABILITIES
from house.access.viewer import Viewer
from house.atlas.initiatives import taxonomy
from house.atlas.initiatives.importing import reading, reasons, running
from house.atlas.initiatives.importing.placing import Options
from house.atlas.initiatives.models import Layer
from house.ground.errors import Refused

# every row in this file: the operator's own shell

_LINES = 30  # skipped rows shown on a terminal
OPERATOR = Viewer(is_office=True, capabilities=frozenset(CAPABILITIES))


class Command(BaseCommand):
    help = (
        "Import a layer of the map: GeoJSON, KML, OpenStreetMap XML, CSV, TSV, a list in JSON, or an "
        "answer of OpenFairDB. What came from the same source before is renewed. "
        "Status 0: done; 1: refused; 2: called wrongly."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--layer", required=True, metavar="TITLE", help="new, or one that is here"
        )
        parser.add_argument("--licence", default="", help="required for a new layer")
        parser.add_argument("--attribution", default="", help="required for a new layer")
        parser.add_argument("--source", default="", metavar="URL", help="where it comes from")
        parser.add_argument(
            "--kind", choices=list(taxonomy.kinds()), default="", help="where no word tells"
        )
        parser.add_argument("--language", default="en", metavar="TAG")
        parser.add_argument("--encoding", choices=reading.ENCODINGS, default="")
        parser.add_argument(
            "--contacts-published",
            action="store_true",
            help="the source publishes contacts to be used",
        )
        parser.add_argument(
            "--hide-gone",
            action="store_true",
            help="take off the map what the layer's file no longer holds",
        )
        parser.add_argument("--dry-run", action="store_true", help="report, but write nothing")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *args: Any, **given: Any) -> None:
        options = Options(
            kind=given["kind"], language=given["language"], encoding=given["encoding"],
            publishes_contact=given["contacts_published"], hides_gone=given["hide_gone"],
        )  # fmt: skip
        try:
            data = given["file"].read_bytes()
            run = running.begin(
                given["file"].name, data, _layer(given), options, person=None, by=OPERATOR
            )
            plan = running.plan_of(run)
            if given["dry_run"]:
                running.forget(run)
            else:
                run = running.write(run, by=OPERATOR)
        except OSError as problem:
            raise CommandError(f"{given['file']}: {problem.strerror}.", returncode=1) from None
        except Refused as problem:
            raise CommandError(
                f"{problem.message} {problem.remedy}".strip(), returncode=1
            ) from None
        if given["json"]:
            self.stdout.write(json.dumps({"dry_run": given["dry_run"], **run.counts}))
            return
        for skip in plan.skipped[:_LINES]:
            self.stderr.write(
                f"{skip.number}: {skip.name or '–'}: {reasons.of_row(skip.code, skip.facts)}"
            )
        begin = "Would be" if given["dry_run"] else "Done"
        self.stdout.write(
            f"{begin}: {run.counts['found']} came in, {run.counts['changed']} were renewed, "
            f"{run.counts['same']} were here already, "
            f"{run.counts['skipped']} stayed out; {run.counts['gone']} are no longer in the file."
        )


def _layer(given: dict[str, Any]) -> Layer:
    known = Layer.objects.filter(title=given["layer"]).first()
    if known is not None:
        return known
    if not given["licence"] or not given["attribution"]:
        raise CommandError("A new layer needs --licence and --attribution.")
    return Layer(
        title=given["layer"],
        licence=given["licence"],
        attribution=given["attribution"],
        source_url=given["source"],
    )
