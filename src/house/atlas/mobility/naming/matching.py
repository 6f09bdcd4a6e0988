"""Which places a location of the list means. Pure: the same name, country and gazetteer give the same answer.

A name is never looked for in another country than the list says, and where several places of a country share
it, one is taken only when it dwarfs the others; otherwise a curator decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from house.atlas.mobility.naming.gazetteer import Gazetteer, Place
from house.atlas.mobility.naming.words import (
    WITH_PROVINCES,
    WITH_STATES,
    key_of,
    names_more_than_a_city,
    parts_of,
    state_of,
)

# How a name was matched, or why it was not.
NAME, OTHER, LARGEST, PAIR, BY_HAND = "name", "other-name", "largest", "pair", "by-hand"
COUNTRY, REGION, SEVERAL, UNKNOWN, NO_CITY = "country", "region", "several", "unknown", "no-city"
MATCHED = frozenset({NAME, OTHER, LARGEST, PAIR, BY_HAND})
# One place is meant rather than its namesakes when it has so many times their people, and so many at least.
TIMES, LEAST = 10, 10_000


@dataclass(frozen=True, slots=True)
class Match:
    """`codes` is empty when nothing is certain; then `near` are places to choose from."""

    how: str
    codes: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def is_certain(self) -> bool:
        return self.how in MATCHED


def subject_of(country: str, location: str) -> str:
    """What a decision by hand is kept under, for this edition and those to come."""
    return f"{country}:{key_of(location)}"


def match(
    location: str, country: str, gazetteer: Gazetteer, *, by_hand: Mapping[str, tuple[str, ...]]
) -> Match:
    """`by_hand` holds decisions of curators: subject → codes; no code means that it is not one city."""
    subject = subject_of(country, location)
    if subject in by_hand:
        codes = tuple(code for code in by_hand[subject] if code in gazetteer.by_code)
        return Match(BY_HAND, codes) if codes else Match(NO_CITY)
    found = _one(location, country, gazetteer)
    if found.is_certain or found.how == SEVERAL:
        return found
    if pair := _pair(location, country, gazetteer):
        return pair
    if gazetteer.is_country(location):
        return Match(COUNTRY)
    how = REGION if names_more_than_a_city(location) else UNKNOWN
    near = gazetteer.near(state_of(location)[0], country)
    return Match(how, near=tuple(place.code for place in near))


def _one(location: str, country: str, gazetteer: Gazetteer) -> Match:
    name, code = state_of(location)
    if code and code != country and country not in WITH_STATES | WITH_PROVINCES:
        return Match(UNKNOWN)  # the list names another country behind the comma: not ours to choose
    for how, find in ((NAME, gazetteer.called), (OTHER, gazetteer.also_called)):
        places = find(name, country)
        if code and country in WITH_STATES:
            places = [place for place in places if place.admin == code]
        if places:
            return _chosen(name, places, how)
    return Match(UNKNOWN)


def _chosen(name: str, places: list[Place], how: str) -> Match:
    spelt = [place for place in places if place.name.casefold() == name.casefold()]
    places = sorted(spelt or places, key=lambda place: (-(place.population or 0), place.code))
    first, *rest = places
    if not rest:
        return Match(how, (first.code,))
    largest, next_one = first.population or 0, rest[0].population or 0
    if largest >= max(LEAST, TIMES * next_one):
        return Match(LARGEST, (first.code,))
    return Match(SEVERAL, near=tuple(place.code for place in places[:6]))


def _pair(location: str, country: str, gazetteer: Gazetteer) -> Match | None:
    """Every part must be certain by itself: half a pair would count the other half's vehicles."""
    parts = [_one(part, country, gazetteer) for part in parts_of(location, country)]
    codes = tuple(dict.fromkeys(code for part in parts for code in part.codes))
    if len(codes) < 2 or not all(part.is_certain for part in parts):
        return None
    return Match(PAIR, codes)
