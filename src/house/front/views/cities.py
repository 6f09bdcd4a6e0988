from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.atlas.mobility.queries import in_short
from house.front import queries
from house.front.citymark import drawing
from house.front.moments import clock_in
from house.front.structured import city_facts
from house.ground.jsonld import in_script
from house.partners.access import manages
from house.showcase import queries as showcases
from house.vocabulary.likeness import alike_to
from house.vocabulary.models import City, CityFact
from house.vocabulary.worldmap import pins

# The parts of a likeness as its page names them.
PARTS = {
    "powers": _("powers"),
    "population": _("inhabitants"),
    "density": _("density"),
    "country": _("country"),
    "modes": _("ways to travel"),
    "languages": _("languages"),
    "climate": _("climate"),
    "income": _("income"),
    "terrain": _("water and hills"),
}
INK, PAPER = "#232836", "#fbf7ef"  # a file of its own can't read the page's colours


@require_safe
@route(OPEN)
def city_list(request: HttpRequest) -> HttpResponse:
    cities = queries.cities_with_population(request.viewer)
    world, europe = pins(city for city, _population in cities)
    context = {"cities": cities, "world": world, "europe": europe}
    return render(request, "front/city_list.html", context)


@require_safe
@route(OPEN)
def city(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(City.objects.visible_to(request.viewer), slug=slug)
    facts = list(CityFact.objects.visible_to(request.viewer).filter(city=found))
    context = {
        "city": found,
        "facts": [fact for fact in facts if fact.name not in {"latitude", "longitude"}],
        "place": next((fact for fact in facts if fact.name == "latitude"), None),
        "population": queries.population_of(facts),
        "there": clock_in(found.time_zone),
        "page": Paginator(queries.entries_of(found, request.viewer), 20).get_page(
            request.GET.get("page")
        ),
        "taken_home": queries.taken_home_by(found, request.viewer),
        "profile": queries.profile_of(found, request.viewer),
        "people": queries.people_of(found, request.viewer),
        "faces": showcases.faces_of(found, request.viewer),
        "showcases": showcases.shown(request.viewer, city=found.slug)[:6],
        "gatherings": queries.gatherings_of(found, request.viewer)[:6],
        "taken_from": queries.taken_home_from(found, request.viewer)[:12],
        "is_outside": "alliance" not in request.viewer.tokens,
        "jsonld": in_script(city_facts(found, facts)),
        "traits": queries.traits_of(found, request.viewer),
        "mobility": in_short(found.pk, request.viewer),
    }
    return render(request, "front/city.html", context)


@require_safe
@route(OPEN)
def city_alike(request: HttpRequest, slug: str) -> HttpResponse:
    """Which cities are like this one, with the reason for each and what is not known."""
    viewer = request.viewer
    found = get_object_or_404(City.objects.visible_to(viewer), slug=slug)
    cities = City.objects.visible_to(viewer).in_bulk()
    rows = [
        (cities[each.code], each, [PARTS[name] for name in each.unknown])
        for each in alike_to(found.pk, viewer)
        if not cities[each.code].is_invented
    ]
    context = {
        "city": found,
        "rows": rows,
        "traits": queries.traits_of(found, viewer),
        "may_state": manages(viewer, found.pk),
    }
    return render(request, "front/city_alike.html", context)


@require_safe
@route(OPEN)
def city_mark(request: HttpRequest, slug: str) -> HttpResponse:
    """The mark as a file, for link previews and other people's pages."""
    found = get_object_or_404(City.objects.visible_to(request.viewer), slug=slug)
    facts = CityFact.objects.visible_to(request.viewer).filter(city=found)
    svg = drawing(
        found.slug, found.latitude, found.longitude, tuple(found.terrain), queries.population_of(facts),
        label=found.name, ink=INK, paper=PAPER,
    )  # fmt: skip
    response = HttpResponse(svg, content_type="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response
