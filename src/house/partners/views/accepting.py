"""Where the link of an invitation leads.

Opening the page does nothing, and a mail scanner that presses its buttons does nothing either: they want
this browser's own token, then a code from another mail, and then a decision.
"""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from house.access.routes import OPEN, route
from house.ground.errors import Refused
from house.ground.limits import address_of, spend
from house.partners import emails
from house.partners.actions.invitations import accept_invitation, opened_by
from house.partners.forms.joining import CodeForm
from house.partners.models import Invitation
from house.people import proof
from house.people.models import Person

GONE = 410


@require_http_methods(["GET", "HEAD", "POST"])
@route(OPEN)
def invitation(request: HttpRequest, code: str, token: str) -> HttpResponse:
    spend("invitation", address_of(request), limit=60)
    found = opened_by(code, token)
    if found is None or found.state != Invitation.State.SENT:
        return _show(request, found, status=GONE)
    if request.method != "POST":
        return _show(request, found)
    match request.POST.get("act"):
        case "code":
            return _send_code(request, found)
        case "prove":
            return _prove(request, found)
        case "accept":
            return _accept(request, found, token)
    return _show(request, found)


def _send_code(request: HttpRequest, found: Invitation) -> HttpResponse:
    code = proof.new_code(request.session, found.email)
    if code is None:
        return _show(request, found, status=429, problem=_too_many())
    emails.code_mail(found.email, code).send()
    return redirect(request.path)


def _prove(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        said = proof.try_code(request.session, form.cleaned_data["code"])
        if said == "right":
            return redirect(request.path)
        form.add_error("code", said_of(said))
    return _show(request, found, form=form, status=422)


def _accept(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    try:
        person = accept_invitation(found.code, token, address=_proven(request))
    except Refused as refused:
        problem = f"{refused.message} {refused.remedy}".strip()
        return _show(request, found, status=refused.status, problem=problem)
    if request.user == person:
        return redirect("partners:seat_brief", found.seat.code)
    return _sign_in(request, person, reverse("partners:seat_brief", args=[found.seat.code]))


def _sign_in(request: HttpRequest, person: Person, to: str) -> HttpResponse:
    """The code that proved her address signs her in, as on the sign-in page; a second factor is asked for."""
    proof.forget(request.session)
    record_authentication(request, person, method="code", email=person.email)
    response: HttpResponse = perform_login(
        request, Login(user=person, email=person.email, redirect_url=to)
    )
    return response


def _proven(request: HttpRequest) -> str:
    """The address that whoever is here has proven in this browser: by signing in, or by a code."""
    if request.user.is_authenticated:
        return request.user.email.lower()
    return proof.proven(request.session)


def _show(
    request: HttpRequest,
    found: Invitation | None,
    *,
    form: CodeForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"invitation": found, "problem": problem, "form": form or CodeForm()}
    if found is not None:
        proven = _proven(request)
        context |= {
            "seat": found.seat,
            "city": found.seat.partnership.city,
            "is_open": found.state == Invitation.State.SENT,
            "is_proven": proven == found.email,
            "is_somebody_else": request.user.is_authenticated and proven != found.email,
            "waits_for_code": proof.waits_for(request.session) == found.email,
        }
    response = render(request, "partners/invitation.html", context, status=status)
    # The address of the page is a secret, which no cache keeps. Other sites do not learn it by the house's
    # own "same-origin"; "no-referrer" would take the origin from its forms too, and they would be refused.
    add_never_cache_headers(response)
    return response


def said_of(outcome: str) -> str:
    return {
        "wrong": _("This is not the code. Look again, or ask for a new one."),
        "spent": _("That was wrong too often. Ask for a new code."),
        "expired": _("This code is too old. Ask for a new one."),
    }[outcome]


def _too_many() -> str:
    return _("Too many codes were asked for. Please try again in a quarter of an hour.")
