"""Which picture stands where somebody shares a page. Each begins at a visitor's door."""

import re
from collections.abc import Callable

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.access.viewer import VISITOR
from house.alex.models import Entry
from house.front.citymark import drawing
from house.front.queries import population_of
from house.front.templatetags.house import entry_city, kind_label, outcome_label
from house.gatherings.models import Event
from house.ground.cards import Card, png_of
from house.ground.text import number_in
from house.magazine.models import Article, Issue
from house.magazine.reading import as_shown
from house.showcase import queries as showcases
from house.vocabulary.models import City, CityFact

HUES = {"alex": "#2f5d8a", "showcase": "#7b3f73", "cities": "#3c6b4f", "gatherings": "#7a4480",
        "magazine": "#8c3b57"}  # fmt: skip
_PATH = re.compile(r'<path (?:fill="none"|class="(citymark__near)") d="([^"]+)"')


def mark_of(city: City | None) -> tuple[tuple[str, bool], ...]:
    """The lines of a city's mark."""
    if city is None:
        return ()
    facts = CityFact.objects.visible_to(VISITOR).filter(city=city)
    svg = drawing(
        city.slug, city.latitude, city.longitude, tuple(city.terrain), population_of(facts)
    )
    return tuple((path, bool(near)) for near, path in _PATH.findall(svg))


def _city(slug: str) -> Card:
    city = _one(City, slug)
    return Card(city.name, city.country_name, mark=mark_of(city), hue=HUES["cities"])


def _entry(slug: str) -> Card:
    entry = (
        Entry.objects.visible_to(VISITOR).published().select_related("shown_city").filter(slug=slug)
    ).first()
    if entry is None:
        raise Http404
    told = [kind_label(entry.kind), outcome_label(entry.outcome), entry_city(entry)]
    return Card(
        entry.title, " · ".join(each for each in told if each), mark=mark_of(entry.shown_city),
        hue=HUES["alex"],
    )  # fmt: skip


def _showcase(slug: str) -> Card:
    found = showcases.shown(VISITOR).filter(slug=slug).first()
    if found is None:
        raise Http404
    return Card(found.title, found.city.name, mark=mark_of(found.city), hue=HUES["showcase"])


def _event(slug: str) -> Card:
    event = (
        Event.objects.visible_to(VISITOR)
        .out()
        .select_related("host_city")
        .filter(slug=slug)
        .first()
    )
    if event is None:
        raise Http404
    above = " · ".join(filter(None, [event.get_kind_display(), entry_city(event)]))
    return Card(event.title, above, mark=mark_of(event.host_city), hue=HUES["gatherings"])


def _issue(slug: str) -> Card:
    issue = Issue.objects.visible_to(VISITOR).published().filter(number=number_in(slug)).first()
    if issue is None:
        raise Http404
    return Card(issue.title, f"Magazine {issue.number} · {issue.month_name}", hue=HUES["magazine"])


def _article(code: str) -> Card:
    """With the title that it may be shown with now: a lent one may have been taken back."""
    number, _slash, slug = code.partition("/")
    found = Article.objects.visible_to(VISITOR).published().for_cards()
    articles = as_shown(found.filter(issue__number=number_in(number), slug=slug))
    if not articles:
        raise Http404
    article = articles[0]
    city = article.shown_cities[0] if article.shown_cities else None
    above = " · ".join(filter(None, ["Magazine", article.section]))
    return Card(article.shown_title, above, mark=mark_of(city), hue=HUES["magazine"])


def _house(slug: str) -> Card:
    """The house itself, under the mark of the city that began it with others."""
    city = City.objects.visible_to(VISITOR).real().first()
    return Card("Cities share what worked, and what failed", "Sharing Cities Alliance",
                below="Digital House", mark=mark_of(city))  # fmt: skip


def _one(model: type[Model], slug: str) -> City:
    found = model.objects.visible_to(VISITOR).filter(slug=slug).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found  # type: ignore[no-any-return]


KINDS: dict[str, Callable[[str], Card]] = {
    "city": _city, "entry": _entry, "showcase": _showcase, "event": _event, "issue": _issue,
    "article": _article, "house": _house,
}  # fmt: skip


@require_safe
@route(OPEN)
def card(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """A PNG of 1200 × 630 points, the same for everybody."""
    if kind not in KINDS:
        raise Http404
    with override("en"):
        found = KINDS[kind](slug)
    response = HttpResponse(png_of(found), content_type="image/png")
    # Caches on the way keep it for a minute only, for its words may be taken back.
    response.headers["Cache-Control"] = "public, max-age=60"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
