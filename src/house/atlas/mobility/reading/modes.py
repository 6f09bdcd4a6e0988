"""What can be ridden: from what a feed states, else from the words of a name; never from a brand."""

import re
from collections.abc import Iterable
from typing import Any

from house.ground.text import folded

BIKE, EBIKE, CARGO, SCOOTER, MOPED, CAR, POOL, OTHER = (
    "bike", "e-bike", "cargo-bike", "scooter", "moped", "car", "ride-pooling", "other",
)  # fmt: skip
MODES = (BIKE, EBIKE, CARGO, SCOOTER, MOPED, CAR, POOL, OTHER)
_FORMS = {
    "cargo_bicycle": CARGO, "scooter": SCOOTER, "scooter_standing": SCOOTER, "scooter_seated": SCOOTER,
    "moped": MOPED, "other": OTHER,
}  # fmt: skip
_ELECTRIC = {"electric", "electric_assist"}
_POOLED = re.compile(r"\b(taxi|bus|shuttle|pool\w*)\b|taxi.?bus")
_POOL_SEATS = 7
_WORDS = (
    (CARGO, r"cargo.?bikes?|cargo|lasten\w*|bakfiets\w*"),
    (EBIKE, r"\be.?(?:bikes?|velo)\b|ebikes?\b"),
    (POOL, r"ride.?pool|ride.?shar|taxi.?bus|shuttle"),
    (SCOOTER, r"e?.?scooters?\b|trottinette|monopattin|step\b"),
    (MOPED, r"\bmopeds?\b"),
    (
        BIKE,
        r"bikes?\b|bike|bici|velo|cykel|bysykkel|fahrrad|stadtrad|metrorad|\bfiets|bikeshare|cycles?\b|kolo|rower|bisikl",
    ),
    (CAR, r"car.?shar|\bautos?\b|\bcars?\b|carvelo|stadtmobil auto|autopartage"),
)
_IN_NAMES = [(mode, re.compile(pattern)) for mode, pattern in _WORDS]


def modes_of_types(types: Iterable[dict[str, Any]]) -> list[str]:
    """Of a feed's vehicle types: form and drive, as GBFS 2.1 and later state them."""
    return in_order({_mode_of(each) for each in types})


def _mode_of(each: dict[str, Any]) -> str:
    form, drive = str(each.get("form_factor", "")), str(each.get("propulsion_type", ""))
    if form == "bicycle":
        return EBIKE if drive in _ELECTRIC else BIKE
    if form == "car":
        told = folded(f"{each.get('name', '')} {each.get('vehicle_type_id', '')}".replace("_", " "))
        seats = each.get("rider_capacity")
        pooled = isinstance(seats, int) and seats >= _POOL_SEATS
        return POOL if pooled and _POOLED.search(told) else CAR
    return _FORMS.get(form, OTHER)


def modes_of_name(name: str) -> list[str]:
    """Only what its words say: a brand that names no vehicle leaves the mode unknown."""
    told, found = folded(name), set()
    for mode, pattern in _IN_NAMES:
        told, times = pattern.subn(" ", told)  # "cargo bike" is not a bike besides
        if times:
            found.add(mode)
    return in_order(found)


def in_order(modes: Iterable[str]) -> list[str]:
    known = set(modes)
    return [mode for mode in MODES if mode in known]
