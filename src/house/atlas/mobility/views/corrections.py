"""Corrections: a city offers one, a curator decides, everybody sees what was accepted."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow, may
from house.access.routes import OPEN, route
from house.access.viewer import Viewer
from house.atlas.mobility import queries, wording
from house.atlas.mobility.actions.correcting import (
    decide_correction,
    offer_correction,
    withdraw_correction,
)
from house.atlas.mobility.forms import CorrectionForm, DecisionForm
from house.atlas.mobility.models import Correction, Field, IndexCity, State
from house.ground.errors import Forbidden, Refused
from house.ground.files import attachment


@require_http_methods(["GET", "HEAD", "POST"])
@route("atlas.correct")
def correct(request: HttpRequest, slug: str) -> HttpResponse:
    viewer: Viewer = request.viewer
    place = get_object_or_404(IndexCity.objects.visible_to(viewer), slug=slug)
    allow(viewer, "correct", place)
    now = _values(place, viewer)
    field = request.GET.get("field", "")
    form = CorrectionForm(
        request.POST or None, request.FILES or None, initial={"field": field if field in Field.values else ""}
    )  # fmt: skip
    if (
        request.method == "POST"
        and form.is_valid()
        and (made := _offered(request, place, form, now))
    ):
        messages.success(
            request, _("Thank you. A curator looks at it, and you hear what becomes of it.")
        )
        return redirect(made)
    shown = [
        (Field(name).label, wording.number(now[name]) or _("not known")) for name in Field.values
    ]
    context = {"place": place, "form": form, "now": shown}
    return render(request, "mobility/correct.html", context, status=422 if form.is_bound else 200)


def _values(place: IndexCity, viewer: Viewer) -> dict[str, float | None]:
    """What the newest edition says of what can be corrected."""
    edition = queries.newest(viewer)
    told = queries.board_of(edition).cities.get(place.code) if edition else None
    return {name: told["figures"][name]["value"] if told else None for name in Field.values}


def _offered(
    request: HttpRequest, place: IndexCity, form: CorrectionForm, now: dict[str, float | None]
) -> Correction | None:
    edition = queries.newest(request.viewer)
    said = form.evidence(
        was=now[form.cleaned_data["field"]], edition=edition.code if edition else ""
    )
    try:
        return offer_correction(place, said, by=request.viewer)
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        if said.document:
            form.say_that_the_document_went()
        return None


@require_safe
@route(OPEN)
def correction_list(request: HttpRequest) -> HttpResponse:
    """Accepted ones for all; curators see what waits first, a city its own."""
    rows = Correction.objects.visible_to(request.viewer).for_lists()
    state = request.GET.get("state", "")
    if state in State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(each, wording.number(each.value), wording.number(each.was)) for each in page],
        "state": state,
        "states": State.choices,
        "may_curate": request.viewer.can("atlas.curate"),
    }
    return render(request, "mobility/correction_list.html", context)


def _correction(request: HttpRequest, code: str) -> Correction:
    rows = Correction.objects.visible_to(request.viewer)
    return get_object_or_404(rows.for_lists(), code=code)


@require_safe
@route(OPEN)
def correction(request: HttpRequest, code: str) -> HttpResponse:
    found = _correction(request, code)
    return _shown(request, found, DecisionForm())


def _shown(
    request: HttpRequest, found: Correction, form: DecisionForm, status: int = 200
) -> HttpResponse:
    viewer: Viewer = request.viewer
    context = {
        "correction": found,
        "form": form,
        "value": wording.number(found.value),
        "was": wording.number(found.was),
        "may_decide": may(viewer, "decide", found),
        "may_withdraw": may(viewer, "withdraw", found),
        "may_curate": viewer.can("atlas.curate"),
    }
    return render(request, "mobility/correction.html", context, status=status)


@require_POST
@route("atlas.curate")
def correction_decide(request: HttpRequest, code: str) -> HttpResponse:
    found = _correction(request, code)
    allow(request.viewer, "decide", found)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, form, status=422)
    accept = form.cleaned_data["act"] == "accept"
    decide_correction(found, accept=accept, answer=form.cleaned_data["answer"], by=request.viewer)
    messages.success(
        request,
        _("Accepted. It counts from the next edition on.")
        if accept
        else _("Refused. The city is told why."),
    )
    return redirect(found)


@require_POST
@route("atlas.correct")
def correction_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    found = _correction(request, code)
    withdraw_correction(found, by=request.viewer)
    messages.success(request, _("Withdrawn."))
    return redirect(found)


@require_safe
@route(OPEN)
def correction_document(request: HttpRequest, code: str) -> HttpResponseBase:
    found = _correction(request, code)
    if not found.document:
        raise Http404
    return attachment(
        found.document, name=found.document_name, media_type="application/octet-stream"
    )
