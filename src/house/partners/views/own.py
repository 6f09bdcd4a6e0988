from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import route
from house.ground.codes import short_code
from house.ground.errors import Refused
from house.partners import ledger, overview, rights, seating
from house.partners.forms.seats import UseForm
from house.partners.ledger import owners
from house.partners.ledger.holds import require_use
from house.partners.models import Benefit, Hold, Seat
from house.partners.views.cities import address, cities_of, city_asked_for, frame, running_of


@require_safe
@route("partnership.read", also="office.partnerships")
def partnership(request: HttpRequest) -> HttpResponse:
    """One page that says, and prints, everything a city has here."""
    city = city_asked_for(request)
    standing = running_of(city)
    balances = ledger.balances(city)
    asked = ledger.holds_of(request.viewer, [city.pk])
    pages = owners.pages_of(asked)
    exceptions = overview.exceptions_of(city.pk, request.viewer)
    changes = overview.changes_of(standing, request.viewer)
    places = overview.places_of(standing, request.viewer)
    told = overview.rights_of(standing.level_now, exceptions)  # type: ignore[attr-defined] # `with_level`
    number = seating.number_of_seats(standing)
    context = {
        **frame(request, city),
        **overview.facts_in_words(standing),
        "partnership": standing,
        "others": cities_of(request.viewer).exclude(pk=city.pk),
        "allowed": [right for right in told if right.allowed],
        "missing": [right for right in told if not right.allowed],
        "balances": [(balance, _may_use(request, balance.benefit)) for balance in balances],
        "asked": [(hold, pages.get(hold.pk, "")) for hold in asked],
        "decided": overview.decided_of(city.pk, request.viewer),
        "endings": overview.endings_of(standing, balances, exceptions, changes, places),
        "places": places,
        "speakers": [place for place in places if place.seat.person and _speaks(place.seat)],
        "number": number,
        "left": max(number - len(places), 0),
        "changes": [(change, overview.told_change(change)) for change in changes],
        "contact": settings.CONTACT_EMAIL,
    }
    return render(request, "partners/partnership.html", context)


def _speaks(seat: Seat) -> bool:
    return seat.kind in {Seat.Kind.CONTACT, Seat.Kind.COORDINATOR}


def _may_use(request: HttpRequest, benefit: Benefit) -> bool:
    return bool(benefit.capability) and rights.decide(request.viewer, benefit.capability).allowed


@require_http_methods(["GET", "HEAD", "POST"])
@route("partnership.read")
def benefit_use(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for one unit: it is held for the city until the foundation answers."""
    city = city_asked_for(request)
    benefit = get_object_or_404(Benefit.objects.visible_to(request.viewer), pk=code)
    require_use(request.viewer, city.pk, benefit)
    form = UseForm(request.POST or None, initial={"key": short_code(16)})
    if request.method == "POST" and form.is_valid():
        try:
            ledger.hold(
                city,
                benefit,
                key=f"page:{request.viewer.person_id}:{form.cleaned_data['key']}",
                by=request.viewer,
                what_for=form.cleaned_data["what_for"],
            )
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(
                request, _("Asked for. The foundation has it, and one is kept for you.")
            )
            return redirect(address("partners:partnership", city) + "#benefits")
    context = {
        **frame(request, city),
        "benefit": benefit,
        "form": form,
        "balances": [each for each in ledger.balances(city) if each.benefit.pk == benefit.pk],
    }
    status = 422 if form.is_bound else 200
    return render(request, "partners/benefit_use.html", context, status=status)


@require_POST
@route("partnership.read")
def benefit_release(request: HttpRequest, code: str) -> HttpResponse:
    """What was asked for is not wanted after all: the unit is free again."""
    waiting: QuerySet[Hold] = Hold.objects.visible_to(request.viewer).for_lists()
    kept = get_object_or_404(waiting, code=code)
    ledger.release(
        kept, key=f"release:{kept.code}", by=request.viewer, reason=_("Withdrawn by the city")
    )
    messages.success(request, _("Withdrawn. The unit is free again."))
    return redirect(address("partners:partnership", kept.account.city) + "#benefits")
