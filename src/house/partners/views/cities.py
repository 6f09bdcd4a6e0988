"""Which city a page of `/partnership/` is about."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from house.access.doors import allow
from house.access.viewer import Viewer
from house.partners.access import manages
from house.partners.models import Partnership, Seat
from house.partners.overview import partnership_of
from house.vocabulary.models import City


def cities_of(viewer: Viewer, *, managing: bool = False) -> QuerySet[City]:
    """The cities whose partnership she may open here; the office any, when it names one."""
    own = viewer.coordinates if managing else viewer.city_ids
    found: QuerySet[City] = City.objects.visible_to(viewer).filter(pk__in=own)
    return found


def city_asked_for(request: HttpRequest, *, managing: bool = False) -> City:
    """The one the address names (`?city=slug`), else her own, the first of several.

    Raises `Http404` for a city that is not hers, whether or not there is one of that name.
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    own = cities_of(viewer, managing=managing)
    slug = request.GET.get("city")
    if slug and viewer.can("office.partnerships"):
        return get_object_or_404(City.objects.visible_to(viewer), slug=slug)
    chosen = own.filter(slug=slug).first() if slug else own.first()
    if chosen is None:
        raise Http404
    return chosen


def running_of(city: City) -> Partnership:
    found = partnership_of(city.pk)
    if found is None:
        raise Http404
    return found


def seat_of(request: HttpRequest, code: str, act: str = "manage") -> Seat:
    """Through its door, then for the act: a stranger finds nothing, a colleague is refused."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    seat: Seat = get_object_or_404(
        Seat.objects.visible_to(viewer).select_related("partnership__city", "person"), code=code
    )
    allow(viewer, act, seat)
    return seat


def address(name: str, city: City, *args: str) -> str:
    """The page, about this city whoever opens it."""
    return f"{reverse(name, args=args)}?{urlencode({'city': city.slug})}"


def frame(request: HttpRequest, city: City) -> dict[str, Any]:
    """What every page about a city's partnership shows around its own part."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return {
        "city": city,
        "may_manage": manages(viewer, city.pk),
        "may_approve": viewer.can("office.partnerships"),
        "own_url": address("partners:partnership", city),
        "seats_url": address("partners:seats", city),
    }
