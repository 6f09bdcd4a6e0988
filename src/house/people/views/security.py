"""Her safety page: the ways in, the second factor, where she is signed in, keys for programs."""

import base64
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.routes import SIGNED_IN, route
from house.ground.text import one_line
from house.people import devices, factors, sessions, tokens
from house.people.forms_signin import NewPasskeyForm, TokenForm
from house.people.models import ApiToken, SignIn
from house.people.sudo import fresh_sign_in, fresh_sign_in_to_read

_RECENT = 10


@never_cache
@require_safe
@route(SIGNED_IN)
def security(request: HttpRequest) -> HttpResponse:
    person, viewer = request.user, request.viewer
    context = {
        "passkeys": [
            {"code": factors.code_of(each), "name": each.wrap().name, "row": each}
            for each in factors.passkeys(person)
        ],
        "has_app": factors.has_app(person),
        "recovery_left": factors.recovery_left(person),
        "places": sessions.places_of(request),
        "tokens": ApiToken.objects.visible_to(viewer).in_force().order_by("-pk"),
        "sign_ins": SignIn.objects.visible_to(viewer)[:_RECENT],
    }
    return render(request, "people/security.html", context)


# -- Passkeys ------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in_to_read
@route(SIGNED_IN)
def passkey_add(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        data = {**request.POST.dict(), "passwordless": "on"}  # only what can sign in by itself
        form = NewPasskeyForm(user=request.user, data=data)
        if form.is_valid():
            name = one_line(form.cleaned_data["name"])
            factors.add_passkey(request, name, form.cleaned_data["credential"])
            messages.success(request, _("The passkey is added. Next time you can sign in with it."))
            return redirect("people:security")
    else:
        form = NewPasskeyForm(user=request.user, initial={"name": devices.device_of(request)})
    context = {"form": form, "options": begin_registration(request.user, passwordless=True)}
    status = 422 if form.is_bound else 200
    return render(request, "people/passkey_add.html", context, status=status)


@require_POST
@fresh_sign_in
@route(SIGNED_IN)
def passkey_remove(request: HttpRequest, code: str) -> HttpResponse:
    for passkey in factors.passkeys(request.user):
        if factors.code_of(passkey) == code:
            factors.remove_passkey(request, passkey)
            messages.success(
                request, _("The passkey no longer opens the house. Delete it on your device too.")
            )
            return redirect("people:security")
    raise Http404


# -- The authenticator app -----------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in_to_read
@route(SIGNED_IN)
def app_on(request: HttpRequest) -> HttpResponse:
    if factors.has_app(request.user):
        return redirect("people:security")
    form = ActivateTOTPForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return _codes_once(request, factors.turn_app_on(request, form.secret))
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, form.secret)).encode()
    context = {
        "form": form,
        "picture": f"data:image/svg+xml;base64,{base64.b64encode(picture).decode()}",
        "secret": " ".join(form.secret[at : at + 4] for at in range(0, len(form.secret), 4)),
    }
    return render(request, "people/app_on.html", context, status=422 if form.is_bound else 200)


@require_POST
@fresh_sign_in
@route(SIGNED_IN)
def app_off(request: HttpRequest) -> HttpResponse:
    factors.turn_app_off(request)
    messages.success(request, _("The app and its recovery codes are no longer asked for."))
    return redirect("people:security")


@never_cache
@require_POST
@fresh_sign_in
@route(SIGNED_IN)
def recovery_renew(request: HttpRequest) -> HttpResponse:
    if not factors.has_app(request.user):
        raise Http404
    return _codes_once(request, factors.new_recovery_codes(request))


def _codes_once(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The answer itself shows them: no address leads to them again."""
    return render(request, "people/recovery_codes.html", {"codes": codes})


# -- Sessions ------------------------------------------------------------------------------------


@require_POST
@route(SIGNED_IN)
def session_end(request: HttpRequest, code: str) -> HttpResponse:
    if not sessions.end(request.user, code):
        messages.info(request, _("That session had ended already."))
    else:
        messages.success(request, _("That session is ended. Whoever used it is signed out now."))
    return redirect("people:security")


@require_POST
@route(SIGNED_IN)
def sessions_end(request: HttpRequest) -> HttpResponse:
    sessions.end_others(request.user, request.session.session_key)
    messages.success(request, _("You are signed in here and nowhere else."))
    return redirect("people:security")


# -- Keys for programs ---------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_sign_in
@route(SIGNED_IN)
def token_make(request: HttpRequest) -> HttpResponse:
    form = TokenForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = form.cleaned_data
        key = tokens.make_token(by=request.viewer, **facts)
        return render(request, "people/token_made.html", {"key": key, **facts})
    return render(
        request, "people/token_make.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_POST
@route(SIGNED_IN)
def token_revoke(request: HttpRequest, code: str) -> HttpResponse:
    mine = ApiToken.objects.visible_to(request.viewer).annotate(short=Left("digest", 12))
    tokens.revoke_token(get_object_or_404(mine, short=code), by=request.viewer)
    messages.success(request, _("The key opens nothing any more."))
    return redirect("people:security")
