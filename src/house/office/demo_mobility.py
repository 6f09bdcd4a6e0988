"""The demonstration's shared-mobility index: two editions of the shipped lists, and what a city put right."""

import datetime

from house.access.viewer import VISITOR
from house.atlas.mobility.actions.correcting import Evidence, decide_correction, offer_correction
from house.atlas.mobility.models import Correction, Field, IndexCity
from house.atlas.mobility.queries import board_of, newest
from house.atlas.mobility.shipped import DAYS, seed_edition
from house.partners.viewing import viewer_for
from house.people.models import Person

# every row in this file: an operator seeds a demonstration


def seed() -> None:
    """Repeating it changes nothing that somebody edited since."""
    before, newest = DAYS
    seed_edition(before)
    if not Correction.objects.exists():
        _corrections()
    seed_edition(newest)


def _was(place: IndexCity, field: str) -> float | None:
    edition = newest(VISITOR)
    told = board_of(edition).cities.get(place.code) if edition else None
    value: float | None = told["figures"][field]["value"] if told else None
    return value


def _corrections() -> None:
    """One that is accepted and one that waits. Invented values for real cities say that they are."""
    persons = {each.email: each for each in Person.objects.filter(email__endswith="@example.org")}
    places = {place.city_id: place for place in IndexCity.objects.filter(city__isnull=False)}
    curator = persons.get("curator@example.org")
    for email, city, field, value in (
        ("partner@example.org", "got", Field.OPERATORS, 4),
        ("coordinator@example.org", "ams", Field.STATIONS, 60),
    ):
        person, place = persons.get(email), places.get(city)
        if person is None or place is None or curator is None:
            continue
        said = Evidence(
            field=field,
            was=_was(place, field),
            value=value,
            on=datetime.date(2026, 6, 1),
            source="Demonstration: an invented register",
            url="https://example.org/register",
            reason="Demonstration: an invented value, so that a correction can be looked at.",
        )
        made = offer_correction(place, said, by=viewer_for(person))
        if city == "got":
            decide_correction(
                made,
                accept=True,
                answer="Checked against the register. It counts from the next edition on.",
                by=viewer_for(curator),
            )
