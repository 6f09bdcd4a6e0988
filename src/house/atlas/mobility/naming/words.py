"""Names of places, as they are compared and taken apart."""

import re
import unicodedata

from house.ground.text import folded

_LETTERS = re.compile(r"[^\W_]+")
# "Denver, CO", "Bilbao, ES": two capitals behind a comma are a state or the country.
_STATE = re.compile(r"(?P<name>.+?)\s*,\s*(?P<code>[A-Z]{2})")
_JOINTS = re.compile(r"\s*[/&+]\s*|\s+(?:and|und|et|og|och)\s+")
# What stands before or behind a city's name when more than the city is meant.
_WIDER = re.compile(
    r"(?i)^(?:greater|grand|métropole|metropole|metro|region|région|landkreis|kreis|county)\s"
    r"|\s(?:region|area|county|district|metro|metropolitan area|métropole|metropole|kreis|islands?)$"
    r"|kreis$"
)
# Where two capitals behind a comma are a state or province; those of the first are GeoNames' own codes.
WITH_STATES = frozenset({"US"})
WITH_PROVINCES = frozenset({"CA", "AU", "BR", "MX", "IN"})


def key_of(name: str) -> str:
    """For comparing only: letters and digits, without case, accents, hyphens and "St." for "Saint"."""
    words = _LETTERS.findall(folded(unicodedata.normalize("NFC", name).replace("ß", "ss")))
    return " ".join("saint" if word in {"st", "ste"} else word for word in words)


def state_of(name: str) -> tuple[str, str]:
    """("Denver", "CO") for "Denver, CO"; the code is empty where the list gives none."""
    found = _STATE.fullmatch(name.strip())
    return (found["name"], found["code"]) if found else (name.strip(), "")


def parts_of(name: str, country: str) -> list[str]:
    """The cities of "Rotterdam/Den Haag" or "A & B"; empty for a name that names one place.

    A state behind the last counts for all. A hyphen joins nothing: Clermont-Ferrand is one city. A comma
    alone joins nothing either: what stands behind it may be a province.
    """
    bare, code = state_of(name)
    parts = _JOINTS.split(bare)
    if len(parts) < 2:
        return []
    parts = [part.strip() for each in parts for part in each.split(",") if part.strip()]
    return [f"{part}, {code}" if code and country in WITH_STATES else part for part in parts]


def names_more_than_a_city(name: str) -> bool:
    """A region's name, whatever city stands in it: "Greater Paris", "Brussels region", "Ortenaukreis"."""
    return bool(_WIDER.search(state_of(name)[0].strip()))
