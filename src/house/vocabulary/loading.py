"""Cities and topics come from data files in the package; loading them again changes only what changed."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from house.vocabulary.models import City, CityFact, CityTrait, Topic

# every row in this file: an operator loads what the package ships

DATA = Path(__file__).parent / "data"
_CITY = ("slug", "name", "names", "country", "country_name", "latitude", "longitude", "time_zone",
         "languages", "summary", "terrain", "sources", "is_invented")  # fmt: skip
_FACT = ("label", "value", "unit", "year", "source", "url")
_TRAIT = ("year", "source", "url")
_TOPIC = ("labels", "alt_labels", "definition")


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return rows


@transaction.atomic
def load_vocabulary() -> tuple[int, int]:
    """Cities and topics as shipped; what an office added stays. Returns how many of each were read."""
    cities, topics = _rows("cities.json"), _rows("topics.json")
    for row in cities:
        City.objects.update_or_create(
            code=row["code"], defaults={k: row[k] for k in _CITY if k in row}
        )
        for fact in row["facts"]:
            CityFact.objects.update_or_create(
                city_id=row["code"],
                name=fact["name"],
                defaults={k: fact[k] for k in _FACT if k in fact},
            )
        for trait in row.get("traits", ()):
            for value in trait["values"]:
                CityTrait.objects.get_or_create(
                    city_id=row["code"],
                    name=trait["name"],
                    value=value,
                    defaults={k: trait[k] for k in _TRAIT if k in trait},
                )
    for position, row in enumerate(topics):
        Topic.objects.update_or_create(
            slug=row["slug"],
            defaults={k: row[k] for k in _TOPIC if k in row} | {"position": position},
        )
    for row in topics:  # after all exist: a narrower concept may stand before its broader one
        Topic.objects.filter(slug=row["slug"]).update(broader_id=row.get("broader") or None)
    return len(cities), len(topics)
