"""What a city says of its own context: what it may decide by itself, how people travel, its income."""

from django.db import transaction
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import Viewer
from house.ground.errors import Forbidden, Refused
from house.partners.access import manages
from house.vocabulary.models import City, CityTrait


@transaction.atomic
def state_trait(
    city: City, name: str, value: str, *, source: str, url: str, year: int | None, by: Viewer
) -> CityTrait:
    """Said again, it is replaced. Raises `Refused` where a source of the house says it already."""
    _require_managing(city, by)
    known = CityTrait.objects.visible_to(by).filter(city=city, name=name, value=value)
    if told := known.filter(is_stated=False).first():
        raise Refused(_("This is known already, from %(source)s.") % {"source": told.source})
    facts = {"source": source, "url": url, "year": year, "is_stated": True}
    trait: CityTrait
    trait, _is_new = known.update_or_create(city=city, name=name, value=value, defaults=facts)
    journal.record("city.stated", city, by=by, facts={"trait": name, "value": value})
    return trait


@transaction.atomic
def take_back_trait(city: City, pk: int, *, by: Viewer) -> CityTrait:
    """Only what the city itself had said; what comes from elsewhere stays. Returns what it was."""
    _require_managing(city, by)
    stated = CityTrait.objects.visible_to(by).filter(city=city, is_stated=True)
    trait: CityTrait | None = stated.filter(pk=pk).first()
    if trait is None:
        raise Refused(_("Your city did not say this, or has taken it back already."))
    facts = {"trait": trait.name, "value": trait.value}
    trait.delete()
    journal.record("city.unstated", city, by=by, facts=facts)
    return trait


def _require_managing(city: City, by: Viewer) -> None:
    if not manages(by, city.pk):
        raise Forbidden(
            _("Only the coordinator of a city says this of it."),
            remedy=_("Your city's page about its seats says who that is."),
        )
