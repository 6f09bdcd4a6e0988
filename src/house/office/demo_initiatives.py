"""The demonstration's initiatives: written by us, marked as demonstration, and none of them real."""

import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from house.atlas import initiatives
from house.atlas.initiatives.models import Initiative, Layer, State
from house.atlas.initiatives.models.initiative import spaced
from house.atlas.initiatives.opening.keeping import set_next
from house.atlas.initiatives.search import KIND
from house.retrieval import outbox
from house.vocabulary.models import City

# every row in this file: an operator seeds a demonstration

TITLE = "Demonstration"
# `north` and `east` are thousandths of a degree from the middle of the city.
_FILE = Path(initiatives.__file__).parent / "data" / "demonstration.json"
_SAID = ("name", "language", "description", "opening_hours", "recurrence", "street")


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
    layer, _is_new = Layer.objects.get_or_create(
        title=TITLE,
        defaults={
            "licence": "CC0-1.0",
            "licence_url": "https://creativecommons.org/publicdomain/zero/1.0/",
            "attribution": "Digital House, invented for the demonstration",
            "is_demonstration": True,
            "is_public": True,
        },
    )
    places: list[dict[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))
    cities = City.objects.in_bulk({place["city"] for place in places})
    for number, place in enumerate(places, start=1):
        external = f"demo-{number}"
        if Initiative.objects.filter(layer=layer, external_id=external).exists():
            continue
        made = _made(place, layer, cities[place["city"]])
        made.external_id = external
        set_next(made, timezone.now())
        made.save()
        outbox.touch(KIND, made.pk)


def _made(place: dict[str, Any], layer: Layer, city: City) -> Initiative:
    return Initiative(
        **{name: place[name] for name in _SAID if name in place},
        layer=layer,
        state=State.SHOWN,
        kinds=spaced(place["kinds"]),
        languages=spaced(place["languages"]),
        latitude=city.latitude + place["north"] / 1000,
        longitude=city.longitude + place["east"] / 1000,
        city=city,
        time_zone=city.time_zone,
        confirmed_on=timezone.now().date(),
    )
