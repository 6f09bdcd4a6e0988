"""A city corrects what is said of itself, with the text that proves it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from house.access.routes import route
from house.atlas.clauses import actions, queries
from house.atlas.clauses.access import CORRECT, CURATE
from house.atlas.clauses.forms import CorrectionForm, written_in
from house.atlas.clauses.kinds import Field, type_of
from house.atlas.clauses.models import FACTS, Correction
from house.atlas.clauses.words import said
from house.ground.errors import Forbidden, Refused
from house.vocabulary.models import City


@require_http_methods(["GET", "HEAD", "POST"])
@route(CORRECT)
def correct(request: HttpRequest, city: str, field: str, type: str) -> HttpResponse:  # noqa: A002 -- the word of the address
    viewer = request.viewer
    of = get_object_or_404(City.objects.visible_to(viewer), slug=city)
    kind = type_of(field, type)
    if kind is None:
        raise Http404
    if of.pk not in viewer.city_ids:
        raise Forbidden(_("A city corrects what is said of itself."))
    now = queries.published(viewer, field=field, city=city, type=type).first()
    initial = {"quote_language": written_in(of), **_as_it_is(now)}
    form = CorrectionForm(request.POST or None, kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_correction(
                by=viewer, city=of.pk, field=field, type=type, facts=form.facts(),
                why=form.cleaned_data["why"],
            )  # fmt: skip
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("Sent. You are told as soon as it is decided."))
            return redirect("clauses:corrections")
    context = {
        "form": form, "city": of, "kind": kind, "field": Field(field), "now": now,
        "said": said(now.current if now else None),
    }  # fmt: skip
    return render(request, "clauses/correct.html", context, status=422 if form.errors else 200)


def _as_it_is(now: object) -> dict[str, object]:
    current = getattr(now, "current", None)
    return {name: getattr(current, name) for name in FACTS} if current else {}


@require_safe
@route(CORRECT, also=CURATE)
def corrections(request: HttpRequest) -> HttpResponse:
    """What one's city sent in, and what became of it."""
    found = Correction.objects.visible_to(request.viewer).for_page()
    if not request.viewer.can(CURATE):
        found = found.filter(city__in=request.viewer.city_ids)
    context = {
        "corrections": [(each, said(each)) for each in found[:100]],
        "may_curate": request.viewer.can(CURATE),
    }
    return render(request, "clauses/corrections.html", context)
