"""Names that no city was found for, and a curator's decision about one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import OPEN, route
from house.atlas.mobility import queries, wording
from house.atlas.mobility.actions.matching import forget_match, match_name
from house.atlas.mobility.forms import MatchForm
from house.atlas.mobility.models import Edition, NameMatch
from house.atlas.mobility.naming.gazetteer import shipped
from house.atlas.mobility.naming.matching import subject_of
from house.atlas.mobility.views.frame import edition_asked, known
from house.ground.errors import Forbidden, Refused

Plain = dict[str, Any]


@require_safe
@route(OPEN)
def unmatched(request: HttpRequest) -> HttpResponse:
    edition = edition_asked(request)
    rows = queries.unmatched(edition) if edition else []
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    decided = {each.subject: each for each in NameMatch.objects.visible_to(request.viewer)}
    context = {
        "edition": edition,
        "page": page,
        "rows": [
            {
                **row,
                "country_name": wording.country(row["country"]),
                "why": wording.HOW[row["how"]],
                "subject": subject_of(row["country"], row["location"]),
                "decided": subject_of(row["country"], row["location"]) in decided,
            }
            for row in page
        ],
        "decided": [
            (each, wording.country(each.country), [_name(code) for code in each.codes])
            for each in decided.values()
        ],
        "may_curate": request.viewer.can("atlas.curate"),
    }
    return render(request, "mobility/unmatched.html", context)


def _name(code: str) -> str:
    place = shipped().by_code.get(code)
    return place.name if place else code


def _row(edition: Edition, country: str, location: str) -> Plain:
    for row in queries.unmatched(edition):
        if (row["country"], row["location"]) == (country, location):
            return row
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@route("atlas.curate")
def match(request: HttpRequest) -> HttpResponse:
    """The location stands in the query, and in the form: its letters are anybody's."""
    edition = known(edition_asked(request))
    said = request.POST if "location" in request.POST else request.GET
    row = _row(edition, said.get("country", ""), said.get("location", ""))
    form = MatchForm(request.POST or None, row=row, gazetteer=shipped())
    if request.method == "POST" and form.is_valid() and _matched(request, row, form):
        return redirect("mobility:unmatched")
    context = {
        "row": row,
        "form": form,
        "country": wording.country(row["country"]),
        "why": wording.HOW[row["how"]],
    }
    return render(request, "mobility/match.html", context, status=422 if form.is_bound else 200)


def _matched(request: HttpRequest, row: Plain, form: MatchForm) -> bool:
    said = form.cleaned_data
    try:
        match_name(
            row["country"], row["location"], said["codes"], by=request.viewer, reason=said["reason"],
            system=said["system"],
        )  # fmt: skip
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        return False
    messages.success(
        request, _("Kept. It counts from the next edition on, and for all that follow.")
    )
    return True


@require_POST
@route("atlas.curate")
def match_forget(request: HttpRequest) -> HttpResponse:
    rows = NameMatch.objects.visible_to(request.viewer)
    made = get_object_or_404(rows, subject=request.POST.get("subject", "")[:200])
    forget_match(made, by=request.viewer)
    messages.success(request, _("Taken back. The rules decide again from the next edition on."))
    return redirect("mobility:unmatched")
