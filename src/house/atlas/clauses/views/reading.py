"""The comparison on a page and in files, and one clause with its history: for everybody, each by her door."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.atlas.clauses import queries
from house.atlas.clauses import table as rows
from house.atlas.clauses.access import CORRECT, CURATE
from house.atlas.clauses.docx import docx_response
from house.atlas.clauses.kinds import TOPICS, Field
from house.atlas.clauses.models import Clause
from house.atlas.clauses.words import said
from house.ground.tables import table_response
from house.notices.following import state_of
from house.vocabulary.models import City, Topic


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, as far as the house knows it."""

    field: str
    cities: tuple[City, ...]
    pairs: tuple[tuple[City, int], ...]  # every city, with how much is known of it
    only_differences: bool
    is_chosen: bool  # by the reader; else the house shows an example
    is_cut: bool  # more cities were asked for than stand side by side

    @property
    def query(self) -> str:
        """The same page for whoever gets the link, whatever the house shows by itself later."""
        told = [("field", self.field), *(("city", city.slug) for city in self.cities)]
        return urlencode([*told, ("only", "differences")] if self.only_differences else told)


def asked_of(request: HttpRequest) -> Asked:
    field = request.GET.get("field", "")
    field = field if field in Field.values else Field.SHORT_TERM_RENTAL.value
    pairs = queries.cities_with_counts(request.viewer, field)
    wanted = set(request.GET.getlist("city")[:50])
    chosen = [city for city, _number in pairs if city.slug in wanted]
    cities = chosen[: queries.MOST] or queries.best_known(pairs)
    only = request.GET.get("only") == "differences"
    return Asked(field, tuple(cities), tuple(pairs), only, bool(chosen), len(chosen) > queries.MOST)


@require_safe
@route(OPEN)
def compare(request: HttpRequest) -> HttpResponse:
    viewer, asked = request.viewer, asked_of(request)
    board = queries.board(
        viewer, asked.field, asked.cities, only_differences=asked.only_differences
    )
    context = {
        "asked": asked,
        "board": board,
        "field": Field(asked.field),
        "fields": Field.choices,
        "most": queries.MOST,
        "is_alone": len(asked.cities) < queries.LEAST,
        "may_curate": viewer.can(CURATE),
        "corrects": _own_cities(request) if viewer.can(CORRECT) else (),
        "today": timezone.localdate(),
        "tables": reverse("clauses:table", args=["csv"]),
        "workbooks": reverse("clauses:table", args=["xlsx"]),
        "documents": reverse("clauses:table", args=["docx"]),
    }
    return render(request, "clauses/compare.html", context)


def _own_cities(request: HttpRequest) -> frozenset[str]:
    """Codes of the cities that she may correct what is said of."""
    own: frozenset[str] = request.viewer.city_ids
    return own


@require_safe
@route(OPEN)
def table(request: HttpRequest, form: str) -> HttpResponse:
    """Exactly the rows, cities and answers of the page with the same question."""
    if form not in {"csv", "xlsx", "docx"}:
        raise Http404
    asked = asked_of(request)
    board = queries.board(
        request.viewer, asked.field, asked.cities, only_differences=asked.only_differences
    )
    address = f"{settings.BASE_URL}{reverse('clauses:compare')}?{asked.query}"
    today = timezone.localdate()
    if form == "docx":
        return docx_response(board, address=address, today=today)
    lines = rows.lines(board, address=address, today=today)
    return table_response(form, f"rules-{asked.field}", rows.head(), lines)


@require_safe
@route(OPEN)
def clause(request: HttpRequest, code: str) -> HttpResponse:
    viewer = request.viewer
    found = get_object_or_404(Clause.objects.visible_to(viewer).for_page(), code=code)
    versions = queries.history(found, viewer)
    topic = Topic.objects.visible_to(viewer).filter(pk=TOPICS[found.field][0]).first()
    context = {
        "clause": found,
        "told": found.current,
        "said": said(found.current),
        "versions": [(version, said(version)) for version in versions],
        "topic": topic,
        "target": f"thread:{found.thread}",
        "following": state_of(f"thread:{found.thread}", viewer),
        "may_watch": viewer.person_id is not None,
        "may_edit": viewer.can(CURATE),
        "may_correct": viewer.can(CORRECT) and found.city_id in _own_cities(request),
    }
    return render(request, "clauses/clause.html", context)
