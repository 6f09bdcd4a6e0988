"""Which city is meant by a typed name."""

import unicodedata

from house.access.viewer import VISITOR
from house.vocabulary.models import City


def folded(name: str) -> str:
    """The name without case, accents and signs: “Malmö” and “MALMO” are one."""
    flat = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in flat if letter.isalnum())


def city_called(name: str, country: str = "") -> City | None:
    """The one city of the house with this name in any language; none when the country speaks against it."""
    wanted, where = folded(name), folded(country)
    if not wanted:
        return None
    found = [
        city
        for city in City.objects.visible_to(VISITOR).real()
        if wanted in {folded(each) for each in (city.name, *city.names.values())}
    ]
    if where:
        found = [
            city for city in found if where in {folded(city.country_name), folded(city.country)}
        ]
    return found[0] if len(found) == 1 else None


def place_of(city: City | None, name: str, country: str) -> str:
    """Applications of one place carry the same."""
    if city is not None:
        return f"city:{city.pk}"
    return f"name:{folded(name)[:80]}:{folded(country)[:80]}"


def same_name(place: str) -> str:
    """The beginning that places of one name share, whatever country was typed."""
    return place if place.startswith("city:") else ":".join(place.split(":")[:2]) + ":"
