"""The words in which a city's context is told: climate, ways to travel, powers, income.

Climate: the first two letters of the Köppen–Geiger class. Powers are what a city may decide by itself.
Only what a city or an official source states is known; everything else is unknown, which is no "no".
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CLIMATES = {
    "Af": _("hot and wet all year"),
    "Am": _("hot, with a monsoon"),
    "Aw": _("hot, with a dry season"),
    "BS": _("steppe"),
    "BW": _("desert"),
    "Cf": _("mild and wet all year"),
    "Cs": _("mild, with a dry summer"),
    "Cw": _("mild, with a dry winter"),
    "Df": _("cold winters, wet all year"),
    "Ds": _("cold winters, dry summers"),
    "Dw": _("cold and dry winters"),
}
MODES = {
    "metro": _("metro"),
    "tram": _("trams or light rail"),
    "ferry": _("public ferries"),
    "bike_share": _("public bike sharing"),
    "cable_car": _("cable cars"),
}
POWERS = {
    "for_hire_licences": _("licences for taxis and hired cars"),
    "rental_registration": _("registration of short-term rentals"),
    "rental_cap": _("a cap on rented nights"),
    "tourist_tax": _("a tourist tax"),
    "scooter_permits": _("permits for shared scooters and bikes"),
    "kerb": _("the kerb and parking"),
    "platform_pay": _("pay of those who work through platforms"),
    "land_use": _("land use and zoning"),
}
INCOMES = {
    "low": _("low income"),
    "lower_middle": _("lower middle income"),
    "upper_middle": _("upper middle income"),
    "high": _("high income"),
}
WORDS: Mapping[str, Mapping[str, str | Promise]] = {
    "climate": CLIMATES,
    "modes": MODES,
    "powers": POWERS,
    "income": INCOMES,
}
NAMES = {
    "climate": _("Climate"),
    "modes": _("Ways to travel"),
    "powers": _("May decide by itself"),
    "income": _("Income, as the city puts it"),
}
# What a city says of itself; climate and ways to travel come from sources.
STATED = ("powers", "income", "modes")


def word_for(name: str, value: str) -> str:
    return str(WORDS.get(name, {}).get(value, value.replace("_", " ")))
