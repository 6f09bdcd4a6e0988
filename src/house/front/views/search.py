from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.front.callers import caller
from house.front.facets import chosen_of, facets_for
from house.front.forms import QuestionForm, SearchForm
from house.front.invitation import QUESTIONS
from house.front.suggestions import offered
from house.ground.htmx import render_part
from house.ground.limits import spend
from house.retrieval.search import search

PAGE = 20
KEYS_A_SEARCH = 4  # suggestions come with the keys, so they may come more often than searches


@require_safe
@route(OPEN)
def search_page(request: HttpRequest) -> HttpResponse:
    """Results with their filters; the same address gives the whole page or, to htmx, the results."""
    spend("search", caller(request), limit=settings.SEARCH_RATE)
    form = SearchForm(request.GET)
    form.is_valid()
    filters = form.filters()
    found = search(
        form.question,
        viewer=request.viewer,
        filters=filters,
        limit=PAGE,
        offset=(form.number - 1) * PAGE,
    )
    facets = facets_for(found.facets, filters, request.viewer)
    context = {
        "form": form,
        "q": form.question,
        "found": found,
        "facets": facets,
        "chosen": chosen_of(facets, request.GET),
        "page": Paginator(range(found.total), PAGE).get_page(form.number),
        "questions": QUESTIONS,
    }
    return render_part(request, "front/search.html", context, part="results")


@require_safe
@route(OPEN)
def suggest_titles(request: HttpRequest) -> JsonResponse:
    """Titles and topics that begin with what was typed, for the list under the question field."""
    spend("suggest", caller(request), limit=KEYS_A_SEARCH * settings.SEARCH_RATE)
    form = QuestionForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    return JsonResponse({"items": offered(words, request.viewer)})
