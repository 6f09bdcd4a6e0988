from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import route
from house.ground.errors import Refused
from house.partners import briefs, overview, seating
from house.partners.access import manages
from house.partners.actions import seats as acts
from house.partners.forms.seats import DomainForm, MoveForm, ReasonForm, SeatForm, SuccessorForm
from house.partners.models import CityDomain, JoinRequest, Seat, Tenure
from house.partners.viewing import viewer_for
from house.partners.views.cities import (
    address,
    cities_of,
    city_asked_for,
    frame,
    running_of,
    seat_of,
)


@require_safe
@route("partnership.manage", also="office.partnerships")
def seats(request: HttpRequest) -> HttpResponse:
    """Everything a coordinator looks after: seats, invitations, requests and mail domains."""
    return page(request, DomainForm())


def page(request: HttpRequest, domain_form: DomainForm) -> HttpResponse:
    city = city_asked_for(request, managing=True)
    standing = running_of(city)
    places = overview.places_of(standing, request.viewer)
    waiting = JoinRequest.objects.visible_to(request.viewer).waiting().filter(city=city)
    number = seating.number_of_seats(standing)
    context = {
        **frame(request, city),
        "partnership": standing,
        "others": cities_of(request.viewer, managing=True).exclude(pk=city.pk),
        "places": [(place, _undo(place)) for place in places],
        "number": number,
        "taken": len(places),
        "left": max(number - len(places), 0),
        "requests": waiting,
        "domains": CityDomain.objects.visible_to(request.viewer).filter(city=city),
        "domain_form": domain_form,
        "new_url": address("partners:seat_new", city),
        "invite_url": address("partners:invitation_new", city),
        "domains_url": address("partners:domain_new", city),
    }
    status = 422 if domain_form.is_bound else 200
    return render(request, "partners/seats.html", context, status=status)


def _undo(place: overview.Place) -> Tenure | None:
    last = place.last
    return last if acts.may_be_put_back(place.seat, last) else None


@require_http_methods(["GET", "HEAD", "POST"])
@route("partnership.manage", also="office.partnerships")
def seat_new(request: HttpRequest) -> HttpResponse:
    city = city_asked_for(request, managing=True)
    form = SeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.create_seat(running_of(city), by=request.viewer, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("The seat is there, and empty. Invite somebody to it."))
            return redirect(address("partners:seats", city))
    context = {**frame(request, city), "form": form}
    return _form(request, "partners/seat_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route("partnership.manage", also="office.partnerships")
def seat(request: HttpRequest, code: str) -> HttpResponse:
    """Its name and kind, and what can be done with it."""
    shown = seat_of(request, code)
    city = shown.partnership.city
    form = SeatForm(request.POST or None, instance=seat_of(request, code))
    if request.method == "POST" and form.is_valid():
        try:
            acts.edit_seat(shown, by=request.viewer, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("Saved."))
            return redirect(address("partners:seats", city))
    context = {
        **frame(request, city),
        "seat": shown,
        "form": form,
        "claims": [] if shown.person_id else briefs.claims_of(shown),
        "terms": Tenure.objects.visible_to(request.viewer)
        .filter(seat=shown)
        .select_related("person"),
    }
    return _form(request, "partners/seat.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route("partnership.manage", also="office.partnerships")
def seat_free(request: HttpRequest, code: str) -> HttpResponse:
    """Ask first, then remove her; the list offers to undo it for a day."""
    shown = seat_of(request, code)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.free_seat(shown, by=request.viewer, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("Removed. The seat stays with all it owns."))
            return _on(request, shown)
    context = {**frame(request, shown.partnership.city), "seat": shown, "form": form}
    return _form(request, "partners/seat_free.html", context)


@require_POST
@route("partnership.manage", also="office.partnerships")
def seat_put_back(request: HttpRequest, code: str) -> HttpResponse:
    shown = acts.put_back(seat_of(request, code), by=request.viewer)
    messages.success(request, _("Back in the seat, as if nothing had happened."))
    return _on(request, shown)


@require_POST
@route("partnership.manage", also="office.partnerships")
def seat_close(request: HttpRequest, code: str) -> HttpResponse:
    shown = seat_of(request, code)
    acts.close_seat(shown, by=request.viewer)
    messages.success(request, _("The seat is closed; its place is free for another."))
    return redirect(address("partners:seats", shown.partnership.city))


@require_http_methods(["GET", "HEAD", "POST"])
@route("partnership.manage", also="office.partnerships")
def seat_hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """To a colleague who sits for the city, at once; anybody else is invited to the seat."""
    shown = seat_of(request, code)
    colleagues = _seats_of(request, shown).filter(person__isnull=False)
    form = SuccessorForm(request.POST or None, seats=colleagues)
    if request.method == "POST" and form.is_valid():
        successor = form.cleaned_data["successor"].person
        try:
            acts.hand_over(shown, to=successor, by=request.viewer)
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            said = _(
                "%(name)s holds the seat now. She gets a mail with a link to what comes with it."
            )
            messages.success(request, said % {"name": successor.name})
            return _on(request, shown)
    city = shown.partnership.city
    invite_url = f"{address('partners:invitation_new', city)}&seat={shown.code}"
    context = {
        **frame(request, city),
        "seat": shown,
        "form": form,
        "has_colleagues": colleagues.exists(),
        "invite_url": invite_url,
    }
    return _form(request, "partners/seat_hand_over.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@route("partnership.manage", also="office.partnerships")
def seat_move(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever sits here changes to an empty seat of the same city."""
    shown = seat_of(request, code)
    form = MoveForm(request.POST or None, seats=_seats_of(request, shown).filter(person=None))
    if request.method == "POST" and form.is_valid():
        try:
            acts.move_person(shown, to=form.cleaned_data["to"], by=request.viewer)
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _("Moved. What the old seat owns stays with it."))
            return _on(request, shown)
    context = {**frame(request, shown.partnership.city), "seat": shown, "form": form}
    return _form(request, "partners/seat_move.html", context)


@require_safe
@route("partnership.read", also="office.partnerships")
def seat_brief(request: HttpRequest, code: str) -> HttpResponse:
    """What comes with a seat: what it owns, owes, follows and has coming up."""
    shown = seat_of(request, code, "brief")
    terms = Tenure.objects.visible_to(request.viewer).filter(seat=shown).select_related("person")
    context = {
        **frame(request, shown.partnership.city),
        "seat": shown,
        "sections": briefs.sections_of(shown, request.viewer),
        "terms": terms,
    }
    return render(request, "partners/seat_brief.html", context)


def _seats_of(request: HttpRequest, seat: Seat) -> QuerySet[Seat]:
    """The other seats of the same city."""
    found: QuerySet[Seat] = (
        Seat.objects.visible_to(request.viewer)
        .filter(partnership=seat.partnership_id)
        .exclude(pk=seat.pk)
        .select_related("person")
    )
    return found


def _on(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Back to the list; who gave her own seat away has no list any more."""
    city = seat.partnership.city
    still = manages(viewer_for(request.user), city.pk)
    return redirect(address("partners:seats", city) if still else "front:home")


def _form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return render(request, template, context, status=status)
