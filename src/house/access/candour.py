"""How an author is named, apart from who may read.

A described name must fit at least `K` partner cities, or it would only pretend to hide.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

K = 3


class Candour(models.TextChoices):
    PERSON = "person", gettext_lazy("My name and my city")
    CITY = "city", gettext_lazy("My city, not my name")
    DESCRIBED = "described", gettext_lazy("A description of my city, not its name")
    SEALED = "sealed", gettext_lazy("Neither my name nor my city")


@dataclass(frozen=True, slots=True)
class Credit:
    """What may be shown of an author. Empty strings are not shown."""

    name: str
    city: str
    city_slug: str = ""


def credit(
    candour: str,
    *,
    person: str = "",
    role: str = "",
    city: str = "",
    city_slug: str = "",
    described: str = "",
    is_former: bool = False,
) -> Credit:
    """`is_former` says that the person was erased: what is kept of her is that her city had her."""
    match candour:
        case Candour.PERSON if is_former and city:
            return Credit(_("A former member of %(city)s") % {"city": city}, "")
        case Candour.PERSON:
            return Credit(person or role, city, city_slug)
        case Candour.CITY:
            return Credit(role, city, city_slug)
        case Candour.DESCRIBED:
            return Credit("", described or _("A city of the alliance"))
        case _:
            return Credit("", _("A city of the alliance"))


def told_now(candour: str, *, is_former: bool) -> str:
    """Of a name that was erased nothing is told but what stands there now: as if it were sealed."""
    return Candour.SEALED if candour == Candour.PERSON and is_former else candour


def names_city(candour: str) -> bool:
    """May the city be told (on the page, in facets, in the index)?"""
    return candour in {Candour.PERSON, Candour.CITY}
