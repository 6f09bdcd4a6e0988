"""Looking after the rules: writing, publishing, deciding on corrections, finding candidates in a text."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import route
from house.atlas.clauses import actions, extract
from house.atlas.clauses.access import CURATE
from house.atlas.clauses.forms import (
    ClauseForm,
    DecisionForm,
    PassageForm,
    QuestionForm,
    written_in,
)
from house.atlas.clauses.kinds import Field, type_of, types_of
from house.atlas.clauses.models import FACTS, Answer, Clause, Correction, CorrectionState, State
from house.atlas.clauses.words import said
from house.ground.errors import Forbidden, Refused
from house.vocabulary.models import City

_PICKS = 50


@require_safe
@route(CURATE)
def curate(request: HttpRequest) -> HttpResponse:
    """What waits: corrections of cities, and drafts."""
    viewer = request.viewer
    waiting = Correction.objects.visible_to(viewer).for_page().filter(state=CorrectionState.OPEN)
    drafts = Clause.objects.visible_to(viewer).for_page().filter(state=State.DRAFT)
    context = {
        "waiting": [(each, said(each), DecisionForm(prefix=each.code)) for each in waiting[:50]],
        "drafts": [(each, said(each.current)) for each in drafts[:200]],
    }
    return render(request, "clauses/curate.html", context)


def _cities(request: HttpRequest) -> Any:
    return City.objects.visible_to(request.viewer).order_by("name")


@require_http_methods(["GET", "HEAD", "POST"])
@route(CURATE)
def new(request: HttpRequest) -> HttpResponse:
    """`?city=&field=&type=` says which question; without it, one is chosen first."""
    city = City.objects.visible_to(request.viewer).filter(slug=request.GET.get("city", "")).first()
    field = request.GET.get("field", "")
    kind = type_of(field, request.GET.get("type", ""))
    if city is None or kind is None:
        context = {
            "question": QuestionForm(cities=_cities(request), initial={"field": field, "city": city}),
            "kinds": types_of(field), "asked_city": city, "asked_field": field,
        }  # fmt: skip
        return render(request, "clauses/choose.html", context)
    initial = {"quote_language": written_in(city)}
    form = ClauseForm(request.POST or None, kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft_clause(
                by=request.viewer, city=city.pk, field=field, type=kind.key, facts=form.facts(),
                audience=form.cleaned_data["audience"],
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("Kept as a draft. Readers see it once you publish it."))
            return redirect(made)
    context = {"form": form, "city": city, "kind": kind, "field": Field(field)}
    return render(request, "clauses/edit.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, code: str) -> Clause:
    return get_object_or_404(Clause.objects.visible_to(request.viewer).for_page(), code=code)


@require_http_methods(["GET", "HEAD", "POST"])
@route(CURATE)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    clause = _found(request, code)
    now = clause.current
    initial = {name: getattr(now, name) for name in FACTS} if now else {}
    initial |= {"audience": clause.audience, "seen": now.number if now else 0}
    form = ClauseForm(request.POST or None, kind=clause.kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_clause(
                clause, form.facts(), by=request.viewer, why=form.cleaned_data["why"],
                seen=form.cleaned_data["seen"] or 0, audience=form.cleaned_data["audience"],
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("Kept. What it said before stands in its history."))
            return redirect(clause)
    context = {
        "form": form, "city": clause.city, "kind": clause.kind, "field": Field(clause.field),
        "clause": clause,
    }  # fmt: skip
    return render(request, "clauses/edit.html", context, status=422 if form.errors else 200)


@require_POST
@route(CURATE)
def act(request: HttpRequest, code: str) -> HttpResponse:
    """Publish, or take back to a draft."""
    clause = _found(request, code)
    if request.POST.get("act") == "publish":
        actions.publish_clause(clause, by=request.viewer)
        messages.success(request, _("Published. Who watches it is told."))
    elif request.POST.get("act") == "take_in":
        actions.take_in_clause(clause, by=request.viewer)
        messages.success(request, _("A draft again: readers find nothing here."))
    return redirect(clause)


@require_POST
@route(CURATE)
def decide(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Correction.objects.visible_to(request.viewer).for_page(), code=code)
    form = DecisionForm(request.POST, prefix=code)
    if not form.is_valid():
        context = {"waiting": [(found, said(found), form)], "form": form, "is_one": True}
        return render(request, "clauses/curate.html", context, status=422)
    reason = form.cleaned_data["reason"]
    try:
        if form.cleaned_data["act"] == "accept":
            actions.accept_correction(found, by=request.viewer, reason=reason)
        else:
            actions.refuse_correction(found, by=request.viewer, reason=reason)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, f"{refused.message} {refused.remedy}".strip())
    else:
        messages.success(request, _("Decided. The city is told."))
    return redirect("clauses:curate")


@require_http_methods(["GET", "HEAD", "POST"])
@route(CURATE)
def find(request: HttpRequest) -> HttpResponse:
    """Looks for candidates in a pasted passage; what the curator picks becomes drafts, nothing more."""
    form = PassageForm(request.POST or None, cities=_cities(request))
    found: list[extract.Candidate] = []
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        found = extract.candidates(
            told["text"], language=told["quote_language"], field=told["field"]
        )
        picks = set(request.POST.getlist("pick")[:_PICKS])
        if request.POST.get("act") == "keep" and picks:
            _keep(request, told, [each for each in found if each.type in picks])
            return redirect("clauses:curate")
    context = {
        "form": form,
        "found": [(each, type_of(form.cleaned_data["field"], each.type)) for each in found],
        "has_looked": request.method == "POST" and form.is_valid(),
    }
    return render(request, "clauses/find.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, told: dict[str, Any], picked: list[extract.Candidate]) -> None:
    kept = 0
    for each in picked:
        facts = {
            "answer": Answer.YES, "value": each.value, "unit": each.unit, "day": each.day,
            "words": each.words, "note": "", "valid_from": None, "valid_until": None,
            "quote": each.quote[:3000], "quote_language": told["quote_language"],
            "source_title": told["source_title"], "source_url": told["source_url"], "entry_url": "",
        }  # fmt: skip
        try:
            actions.draft_clause(
                by=request.viewer,
                city=told["city"].pk,
                field=told["field"],
                type=each.type,
                facts=facts,
            )
        except Forbidden:
            raise
        except Refused as refused:
            messages.error(request, f"{each.type}: {refused.message} {refused.remedy}".strip())
        else:
            kept += 1
    messages.success(
        request,
        ngettext("%(count)d draft was kept.", "%(count)d drafts were kept.", kept)
        % {"count": kept},
    )
