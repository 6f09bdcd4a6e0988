"""The demonstration's clauses, as `atlas/clauses/demo/clauses.toml` tells them."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import house.atlas.clauses
from house.access.viewer import Viewer
from house.alex.models import Entry
from house.atlas.clauses import actions
from house.atlas.clauses.models import Clause
from house.partners.viewing import viewer_for
from house.people.models import Person

# every row in this file: an operator seeds a demonstration

TOLD = Path(house.atlas.clauses.__file__).parent / "demo" / "clauses.toml"


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
    person = Person.objects.filter(email="curator@example.org").first()
    by = viewer_for(person) if person else None
    if by is None or not by.can("atlas.curate"):
        return
    rows = tomllib.loads(TOLD.read_text(encoding="utf-8"))["clause"]
    names = {f"demonstration:{row['entry']}" for row in rows}
    found = Entry.objects.filter(source_id__in=names)
    entries = {entry.source_id: entry.get_absolute_url() for entry in found}
    for row in rows:
        _seed_clause(row, entries.get(f"demonstration:{row['entry']}", ""), by)


def _seed_clause(row: dict[str, Any], entry_url: str, by: Viewer) -> None:
    key = {"city": row["city"], "field": row["field"], "type": row["type"]}
    if Clause.objects.filter(**key).exists():
        return
    former = row.get("former")
    first = _facts({**row, **former} if former else row, entry_url)
    made = actions.draft_clause(by=by, facts=first, **key)
    Clause.objects.filter(pk=made.pk).update(is_demonstration=True)
    made = actions.publish_clause(made, by=by)
    if former:
        actions.change_clause(made, _facts(row, entry_url), by=by, why=row["why"], seen=1)


def _facts(row: dict[str, Any], entry_url: str) -> dict[str, Any]:
    return {
        "answer": row["answer"],
        "value": Decimal(str(row["value"])) if "value" in row else None,
        "unit": row.get("unit", ""), "day": None, "words": row.get("words", ""),
        "note": row.get("note", ""), "valid_from": row.get("valid_from"),
        "valid_until": row.get("valid_until"), "quote": row["quote"], "quote_language": row["language"],
        "source_title": f"Words of a demonstration entry, after: {row['source']}",
        "source_url": row["url"], "entry_url": entry_url,
    }  # fmt: skip
