"""The index in words: for pages, tables and programs' readers alike."""

from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from house.atlas.mobility.naming import gazetteer, matching
from house.atlas.mobility.reading import modes

Plain = dict[str, Any]
FIGURES: dict[str, str | Promise] = {
    "supply": gettext_lazy("Places where a ride begins, per 1,000 people"),
    "modes": gettext_lazy("Kinds of vehicles"),
    "operators": gettext_lazy("Operators"),
    "openness": gettext_lazy("Openness of the data"),
    "population": gettext_lazy("Population"),
    "systems": gettext_lazy("Systems"),
    "stations": gettext_lazy("Stations counted"),
    "vehicles": gettext_lazy("Vehicles standing freely, counted"),
    "points": gettext_lazy("Places where a ride begins, counted"),
}
SHORT: dict[str, str | Promise] = {
    "supply": gettext_lazy("Supply"),
    "modes": gettext_lazy("Kinds"),
    "operators": gettext_lazy("Operators"),
    "openness": gettext_lazy("Openness"),
}
MEANT: dict[str, str | Promise] = {
    "supply": gettext_lazy(
        "Stations and vehicles standing freely, for every thousand people who live there."
    ),
    "modes": gettext_lazy("Bikes, e-bikes, scooters, cars …: how many kinds are stated."),
    "operators": gettext_lazy("How many different companies or bodies run systems there."),
    "openness": gettext_lazy(
        "Does the feed answer, without a key, in a new version, with a licence?"
    ),
}
MODES: dict[str, str | Promise] = {
    modes.BIKE: gettext_lazy("Bike"),
    modes.EBIKE: gettext_lazy("E-bike"),
    modes.CARGO: gettext_lazy("Cargo bike"),
    modes.SCOOTER: gettext_lazy("Scooter"),
    modes.MOPED: gettext_lazy("Moped"),
    modes.CAR: gettext_lazy("Car"),
    modes.POOL: gettext_lazy("Ride pooling"),
    modes.OTHER: gettext_lazy("Other"),
    "unknown": gettext_lazy("Not stated"),
}
WHY: dict[str, str | Promise] = {
    "no-population": gettext_lazy("Nobody we read states how many people live there."),
    "not-counted": gettext_lazy("No feed of its systems was counted in this edition."),
    "not-stated": gettext_lazy("Neither the feeds nor the names of its systems state it."),
    "not-tried": gettext_lazy("Nothing is known of its feeds in this edition."),
}
HOW: dict[str, str | Promise] = {
    matching.NAME: gettext_lazy("by its name"),
    matching.OTHER: gettext_lazy("by another of its names"),
    matching.LARGEST: gettext_lazy("by its name, as by far the largest place that has it"),
    matching.PAIR: gettext_lazy("as one of several cities that the list names together"),
    matching.BY_HAND: gettext_lazy("by a curator"),
    matching.COUNTRY: gettext_lazy("The list names a country."),
    matching.REGION: gettext_lazy("The list names a region, not a city."),
    matching.SEVERAL: gettext_lazy("Several places of the country have this name."),
    matching.UNKNOWN: gettext_lazy("No place of the country is known by this name."),
    matching.NO_CITY: gettext_lazy("A curator found that it is not one city."),
}
PARTS: dict[str, str | Promise] = {
    "answers": gettext_lazy("Feeds answer"),
    "keyless": gettext_lazy("No key is needed"),
    "version": gettext_lazy("Newest version of GBFS"),
    "licence": gettext_lazy("A licence is stated"),
    "sound": gettext_lazy("Without signs of mistakes"),
}
_SURE = 99.95


def country(code: str) -> str:
    return gazetteer.countries().get(code, code)


def number(value: float | None, unit: str = "") -> str:
    """As people write it: no more digits than mean something."""
    if value is None:
        return ""
    size = abs(value)
    digits = 0 if size >= 100 or float(value).is_integer() else 1 if size >= 10 else 2
    told = number_format(
        round(value, digits), decimal_pos=digits, use_l10n=True, force_grouping=True
    )
    return f"{told} %" if unit == "%" else told


def spread(figure: Plain) -> str:
    """As in "between 2.9 and 6.1"; empty where the inputs leave nothing open."""
    low, high = number(figure["low"], figure["unit"]), number(figure["high"], figure["unit"])
    if figure["value"] is None or low == high:
        return ""
    return _("between %(low)s and %(high)s") % {"low": low, "high": high}


def at_least(figure: Plain) -> str:
    """How much of it was counted; empty where all was."""
    parts = figure.get("parts") or {}
    if "counted" not in parts or parts["counted"] == parts["systems"]:
        return ""
    return ngettext(
        "counted of %(counted)d of its %(systems)d system",
        "counted of %(counted)d of its %(systems)d systems",
        parts["systems"],
    ) % {"counted": parts["counted"], "systems": parts["systems"]}


def ranks(standing: Plain | None) -> str:
    if standing is None:
        return ""
    low, high = standing["low"], standing["high"]
    return str(low) if low == high else f"{low}–{high}"
