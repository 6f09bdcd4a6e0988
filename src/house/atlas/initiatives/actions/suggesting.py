"""A suggestion by anyone. It is seen by who looks after the atlas, and by nobody else until accepted."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from house.access import journal
from house.access.viewer import Viewer
from house.atlas.initiatives.models import Initiative, Layer, State, Suggestion
from house.atlas.initiatives.models.initiative import spaced
from house.atlas.initiatives.nearest import Cities
from house.vocabulary.models import City

# every row in this file: who suggests has no viewer

OWN_TITLE = "Suggested by people"
OWN_LICENCE = "CC0-1.0"
OWN_URL = "https://creativecommons.org/publicdomain/zero/1.0/"


@dataclass(frozen=True, slots=True)
class Said:
    """What a form gave: columns of the initiative, its kinds and languages, and the suggester's own words."""

    facts: dict[str, Any]
    kinds: list[str]
    languages: list[str] = field(default_factory=list)
    email: str = ""
    note: str = ""


def own_layer() -> Layer:
    """The layer of what people suggest here; they give it into the public domain."""
    layer, _is_new = Layer.objects.get_or_create(
        title=OWN_TITLE,
        defaults={
            "licence": OWN_LICENCE,
            "licence_url": OWN_URL,
            "attribution": "Digital House of the Sharing Cities Alliance",
        },
    )
    return layer


@transaction.atomic
def suggest(said: Said, *, by: Viewer) -> Initiative:
    where = Cities(City.objects.real()).of(
        said.facts["latitude"], said.facts["longitude"], named=said.facts.get("place", "")
    )
    made = Initiative.objects.create(
        **said.facts,
        state=State.SUGGESTED,
        kinds=spaced(said.kinds),
        languages=spaced(said.languages),
        city=where.city,
        time_zone=where.zone,
        layer=own_layer(),
    )
    Suggestion.objects.create(initiative=made, email=said.email, note=said.note)
    journal.record("initiatives.suggest", made, by=by)
    return made
