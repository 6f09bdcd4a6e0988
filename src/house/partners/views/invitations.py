from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from house.access.routes import route
from house.ground.errors import Refused
from house.partners.actions import invitations as acts
from house.partners.actions.domains import add_domain, remove_domain, verify_domain
from house.partners.actions.seats import create_seat
from house.partners.forms.seats import DomainForm, InvitationForm
from house.partners.models import CityDomain, Invitation, Seat
from house.partners.views.cities import address, city_asked_for, frame, running_of
from house.partners.views.seats import page
from house.vocabulary.models import City


@require_http_methods(["GET", "HEAD", "POST"])
@route("partnership.manage", also="office.partnerships")
def invitation_new(request: HttpRequest) -> HttpResponse:
    city = city_asked_for(request, managing=True)
    standing = running_of(city)
    seats = Seat.objects.visible_to(request.viewer).filter(partnership=standing)
    form = InvitationForm(
        request.POST or None,
        seats=seats.select_related("person"),
        initial={"seat": request.GET.get("seat")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = _invite(request, city, form.cleaned_data)
        except ValidationError as wrong:
            form.add_error("email", wrong)
        except Refused as refused:
            form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, _told(made))
            return redirect(address("partners:seats", city) + "#invitations")
    context = {**frame(request, city), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "partners/invitation_new.html", context, status=status)


@transaction.atomic
def _invite(request: HttpRequest, city: City, typed: dict[str, Any]) -> Invitation:
    """To the chosen seat, or to a new one that is made with the invitation or not at all."""
    viewer = request.viewer  # type: ignore[attr-defined]
    seat = typed["seat"] or create_seat(
        running_of(city),
        by=viewer,
        title=typed["title"],
        team=typed["team"],
        kind=typed["kind"] or Seat.Kind.MEMBER,
    )
    return acts.invite(
        seat, email=typed["email"], name=typed["name"], words=typed["words"], by=viewer
    )


def _told(invitation: Invitation) -> str:
    if invitation.state == Invitation.State.WAITS:
        return _(
            "The address is outside your city's mail domains, so the foundation looks first. Then it is sent."
        )
    return _("The invitation is on its way to %(name)s.") % {"name": invitation.name}


@require_POST
@route("partnership.manage", also="office.partnerships")
def invitation_act(request: HttpRequest, code: str) -> HttpResponse:
    """Send again, withdraw, or (the office) approve."""
    viewer = request.viewer
    invitation = get_object_or_404(
        Invitation.objects.visible_to(viewer).select_related("seat__partnership__city"), code=code
    )
    city = invitation.seat.partnership.city
    match request.POST.get("act"):
        case "resend":
            acts.resend_invitation(invitation, by=viewer)
            messages.success(request, _("Sent again. The link of the earlier mail is void."))
        case "withdraw":
            acts.withdraw_invitation(invitation, by=viewer)
            messages.success(request, _("Withdrawn. Its link opens nothing any more."))
        case "approve":
            acts.approve_invitation(invitation, by=viewer)
            messages.success(request, _("Approved, and on its way."))
    return redirect(address("partners:seats", city) + "#invitations")


@require_POST
@route("partnership.manage", also="office.partnerships")
def domain_new(request: HttpRequest) -> HttpResponse:
    city = city_asked_for(request, managing=True)
    form = DomainForm(request.POST)
    if form.is_valid():
        try:
            row = add_domain(city, form.cleaned_data["domain"], by=request.viewer)
        except ValidationError as wrong:
            form.add_error("domain", wrong)
        else:
            said = (
                _("%(domain)s counts as your city's from now on.")
                if row.verified_at
                else _(
                    "%(domain)s waits for the foundation, which looks whether it is your city's."
                )
            )
            messages.success(request, said % {"domain": row.domain})
            return redirect(address("partners:seats", city) + "#domains")
    return page(request, form)


@require_POST
@route("partnership.manage", also="office.partnerships")
def domain_act(request: HttpRequest, code: str) -> HttpResponse:
    """Remove, or (the office) verify with or without what lies below."""
    viewer = request.viewer
    domain = get_object_or_404(
        CityDomain.objects.visible_to(viewer).select_related("city"), code=code
    )
    match request.POST.get("act"):
        case "remove":
            remove_domain(domain, by=viewer)
            messages.success(request, _("Removed. Nobody loses a seat by it."))
        case "verify" | "subdomains" as act:
            verify_domain(domain, by=viewer, with_subdomains=act == "subdomains")
            messages.success(request, _("Verified."))
    return redirect(address("partners:seats", domain.city) + "#domains")
