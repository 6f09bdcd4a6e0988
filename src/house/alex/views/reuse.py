"""“We took it home”: what a city made of another city's entry, and what came of it."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from house.access.doors import allow
from house.access.routes import SIGNED_IN, route
from house.access.viewer import Viewer
from house.alex import actions
from house.alex.forms import AdoptionForm, ResultForm
from house.alex.models import Adoption, AdoptionResult, Entry
from house.alex.views.reading import entry_or_404
from house.alex.views.rescue import forget, led_to_sign_in, typed_before
from house.ground.errors import Forbidden, Refused
from house.partners import rights
from house.vocabulary.models import City


def _cities(viewer: Viewer) -> list[tuple[str, str]]:
    cities = City.objects.visible_to(viewer)
    if not viewer.can("alex.oversee"):
        cities = cities.filter(pk__in=viewer.city_ids)
    return [(city.pk, city.label()) for city in cities]


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN, stranger=led_to_sign_in)
def entry_adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """Says what one's city made of it; said again, it replaces what was said."""
    entry = entry_or_404(request, slug)
    allow(request.viewer, "adopt", entry)
    rights.require(request.viewer, "alex.write")
    cities = _cities(request.viewer)
    mine = (
        Adoption.objects.visible_to(request.viewer)
        .filter(entry=entry, city__in=[code for code, _label in cities])
        .select_related("result_entry")
        .first()
    )
    data = request.POST if request.method == "POST" else None
    initial = _kept(mine) | typed_before(request, slug, "stage")
    form = AdoptionForm(data, cities=cities, initial=initial)
    if form.is_bound and form.is_valid() and (made := _record(request, entry, form)):
        forget(request)
        messages.success(request, _("Noted. Its author's city sees that yours took it home."))
        return redirect("alex:adoption_result", slug, made.code)
    status = 422 if form.is_bound else 200
    context = {"entry": entry, "form": form, "mine": mine}
    return render(request, "alex/entry_adopt.html", context, status=status)


def _kept(adoption: Adoption | None) -> dict[str, Any]:
    if adoption is None:
        return {}
    own = adoption.result_entry
    return {
        "city": adoption.city_id,
        "stage": adoption.stage,
        "note": adoption.note,
        "started_on": adoption.started_on,
        "result_entry": own.get_absolute_url() if own else "",
    }


def _record(request: HttpRequest, entry: Entry, form: AdoptionForm) -> Adoption | None:
    """The adoption, or None with the refusal tied to the form."""
    told = dict(form.cleaned_data)
    address = told.pop("result_entry")
    own = None
    if address:
        own = Entry.objects.visible_to(request.viewer).filter(slug=_slug_in(address)).first()
        if own is None:
            form.add_error(
                "result_entry", _("This is not the address of an entry that you can see.")
            )
            return None
    try:
        return actions.record_adoption(entry, by=request.viewer, result_entry=own, **told)
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        return None


def _slug_in(address: str) -> str:
    """The last part of the path: of a whole address, a path, or the slug alone."""
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return ""
    return unquote(path.strip("/").rpartition("/")[2])


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN, stranger=led_to_sign_in)
def adoption_result(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What came of it after 6, 12 or 24 months."""
    entry = entry_or_404(request, slug)
    allow(request.viewer, "adopt", entry)
    adoption = get_object_or_404(
        Adoption.objects.visible_to(request.viewer).filter(entry=entry).select_related("city"),
        code=code,
    )
    form = ResultForm(
        request.POST if request.method == "POST" else None,
        initial=typed_before(request, slug, "months"),
    )
    if form.is_bound and form.is_valid():
        actions.add_result(adoption, by=request.viewer, **form.cleaned_data)
        forget(request)
        messages.success(request, _("Noted. Proven re-use lifts an entry in every search."))
        return redirect(entry)
    results = AdoptionResult.objects.visible_to(request.viewer).filter(adoption=adoption)
    context = {"entry": entry, "adoption": adoption, "form": form, "results": results}
    return render(
        request, "alex/adoption_result.html", context, status=422 if form.is_bound else 200
    )
