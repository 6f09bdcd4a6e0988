from collections.abc import Collection

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.partners import rights
from house.partners.places import city_called
from house.vocabulary.models import City

# every row in this file: a name and a code are taken by a city, whoever looks

# The office's pages about partnerships stand at these words, beside the cities' own.
_RESERVED = frozenset({"open", "new-city", "bulk"})


@transaction.atomic
def add_city(
    *,
    name: str,
    country: str,
    country_name: str,
    time_zone: str,
    languages: Collection[str],
    latitude: float,
    longitude: float,
    by: Viewer,
) -> City:
    """A city that is new in the house. Its code and its address are made from its name, and stay."""
    rights.require(by, "office.partnerships")
    name, country_name = " ".join(name.split()), " ".join(country_name.split())
    if city_called(name, country_name) is not None:
        raise Refused(
            _("%(city)s is in the house already.") % {"city": name},
            remedy=_("Choose it in the list of cities."),
        )
    slug = slugify(name, allow_unicode=True)
    if not slug:
        raise Refused(_("This name has no letter that could stand in an address."))
    if slug in _RESERVED or City.objects.filter(slug=slug).exists():
        slug = f"{slug}-{country.lower()}"
    if City.objects.filter(slug=slug).exists():
        raise Refused(_("Another city of that country has this name."), remedy=_("Add its region."))
    city = City.objects.create(
        code=_free_code(name, country),
        slug=slug,
        name=name,
        country=country.upper(),
        country_name=country_name,
        latitude=latitude,
        longitude=longitude,
        time_zone=time_zone,
        languages=list(languages),
    )
    journal.record("city.added", city, by=by, facts={"name": name, "country": city.country})
    return city


def _free_code(name: str, country: str) -> str:
    """Three letters of the name, with a number where another city has them."""
    letters = slugify(name).replace("-", "")[:3] or country.lower()
    taken = set(City.objects.filter(code__startswith=letters).values_list("code", flat=True))
    return next(
        code
        for code in (letters, *(f"{letters}{number}" for number in range(2, 1000)))
        if code not in taken
    )
