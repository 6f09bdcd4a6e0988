"""What a city says of its own context, with its source. Everybody reads it on the city's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from house.access.routes import route
from house.ground.errors import Refused
from house.partners.actions import context as verbs
from house.partners.forms.context import TraitForm
from house.partners.views.cities import address, city_asked_for, frame
from house.vocabulary.context import NAMES, word_for
from house.vocabulary.models import City, CityTrait


@require_http_methods(["GET", "HEAD", "POST"])
@route("partnership.manage", also="office.partnerships")
def context(request: HttpRequest) -> HttpResponse:
    city = city_asked_for(request, managing=True)
    form = TraitForm(request.POST or None)
    if request.method != "POST":
        return _page(request, city, form)
    if not form.is_valid():
        return _page(request, city, form, status=422)
    told = form.cleaned_data
    name, _colon, value = told["what"].partition(":")
    facts = {"source": told["source"], "url": told["url"], "year": told["year"]}
    try:
        verbs.state_trait(city, name, value, **facts, by=request.viewer)
    except Refused as problem:
        form.add_error("what", str(problem))
        return _page(request, city, form, status=422)
    messages.success(request, _("Saved. It stands on the page of your city."))
    return redirect(address("partners:context", city))


@require_POST
@route("partnership.manage", also="office.partnerships")
def context_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    city = city_asked_for(request, managing=True)
    try:
        gone = verbs.take_back_trait(city, pk, by=request.viewer)
    except Refused as problem:
        messages.error(request, str(problem))
    else:
        word = word_for(gone.name, gone.value)
        messages.success(request, _("Taken back: %(what)s. Say it again below.") % {"what": word})
    return redirect(address("partners:context", city))


def _page(request: HttpRequest, city: City, form: TraitForm, *, status: int = 200) -> HttpResponse:
    rows = CityTrait.objects.visible_to(request.viewer).filter(city=city)
    traits = [(str(NAMES[row.name]), word_for(row.name, row.value), row) for row in rows]
    told = {"form": form, "traits": traits, **frame(request, city)}
    return render(request, "partners/context.html", told, status=status)
