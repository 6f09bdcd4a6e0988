from http import HTTPStatus
from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.stages import LoginStage
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from house.access.routes import OPEN, route
from house.ground.mailbox import mails
from house.people.models import Person
from house.people.signin import SECONDS, person_of_link
from house.people.tally import take


class Refusing:
    """A refused form answers 422, as everywhere in the house; allauth's answers 200."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # of allauth's view
        if response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


class Anew:
    """Lets her begin again while a code is under way: for another address, a new code or a passkey.

    allauth would lead her back to the code that she may never get.
    """

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        return None


class SignInView(Anew, Refusing, RequestLoginCodeView):
    """The first page: a code by mail, or a passkey."""


class PasskeyView(Anew, LoginWebAuthnView):
    """Gives the challenge, and takes what the passkey made of it."""


class CodeView(Refusing, ConfirmLoginCodeView):
    """Type the code."""


class SecondView(Refusing, AuthenticateView):
    """The authenticator app or a recovery code, after the typed code."""


@require_http_methods(["GET", "HEAD", "POST"])
@route(OPEN)
def signin_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the page does nothing; pressing its button signs in, with this browser's own CSRF token."""
    opened = person_of_link(token)
    if opened is None or (request.method == "POST" and not _first_to_use(token)):
        return render(request, "people/signin_link.html", {"person": None}, status=410)
    if request.method == "POST":
        return _enter(request, opened)
    return render(request, "people/signin_link.html", {"person": opened})


def _first_to_use(token: str) -> bool:
    return take("signin-link", token, limit=1, seconds=SECONDS)


def _enter(request: HttpRequest, person: Person) -> HttpResponse:
    if request.user.is_authenticated and request.user != person:
        request.session.flush()  # whoever used this browser before leaves nothing behind
    return perform_login(request, Login(user=person, redirect_url="/"))


@require_safe
@route(OPEN)
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every mail of the demonstration, to everybody; a real house has no such page."""
    if not settings.DEMO:
        raise Http404
    return render(request, "people/mailbox.html", {"mails": mails(limit=30)})
