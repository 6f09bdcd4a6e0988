"""Sudo mode's pages: show that it is you, then go on with what you were about to do."""

import json
from typing import Any

from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from house.access.routes import SIGNED_IN, route
from house.people import emails, factors, sudo
from house.people.forms_signin import SecondAgainForm


class ConfirmForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN)
def confirm(request: HttpRequest) -> HttpResponse:
    """By passkey, by the authenticator app where it is on, else by a code that we mail."""
    way = {"mail": _mail, "code": _code, "app": _app, "passkey": _passkey}.get(
        request.POST.get("way", "")
    )
    if request.method == "POST" and way:
        return way(request)
    return _page(request)


def _page(request: HttpRequest, form: Any = None, *, status: int = 200) -> HttpResponse:
    has_app, passkeys = factors.has_app(request.user), factors.passkeys(request.user)
    context = {
        "form": form or ConfirmForm(),
        "has_app": has_app,
        "waits": not has_app and sudo.is_code_waiting(request.session),
        "options": json.loads(json.dumps(dict(begin_authentication(request.user)), default=dict))
        if passkeys
        else None,
        "query": _query(request),
    }
    return render(request, "people/confirm.html", context, status=status)


def _query(request: HttpRequest) -> str:
    """Where she goes afterwards, carried from page to page."""
    return urlencode({key: request.GET[key] for key in ("next", "kept") if key in request.GET})


def _mail(request: HttpRequest) -> HttpResponse:
    if factors.has_app(request.user):  # a code by mail alone is weaker than what she chose
        return _page(request)
    if code := sudo.new_code(request, request.user):
        emails.send_aside(emails.confirm_mail(request.user, code))
        return redirect(f"{reverse('people:confirm')}?{_query(request)}")
    messages.error(request, _("Too many codes were asked for. Please wait ten minutes."))
    return _page(request, status=429)


def _code(request: HttpRequest) -> HttpResponse:
    form = ConfirmForm(request.POST)
    if form.is_valid():
        result = sudo.try_code(request, form.cleaned_data["code"])
        if result == "right":
            return _go_on(request)
        form.add_error("code", _said(result))
    return _page(request, form, status=422)


def _said(result: str) -> str:
    return {
        "wrong": _("That is not the code we sent. Look at the newest mail; it may be cut off."),
        "expired": _("This code is used up or older than ten minutes. Please ask for a new one."),
        "spent": _("That code was tried too often. Please ask for a new one."),
    }[result]


def _app(request: HttpRequest) -> HttpResponse:
    form = SecondAgainForm(user=request.user, data=request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    form.save()
    return _go_on(request)


def _passkey(request: HttpRequest) -> HttpResponse:
    form = ReauthenticateWebAuthnForm(user=request.user, data=request.POST)
    if not form.is_valid():
        messages.error(request, _("That passkey did not work. Nothing was changed."))
        return _page(request, status=422)
    form.save()
    return _go_on(request)


def _go_on(request: HttpRequest) -> HttpResponse:
    sudo.make_fresh(request.session)
    if kept := request.GET.get("kept"):
        return redirect("people:carry_on", kept)
    return redirect(sudo.own_path(request.GET.get("next", "/")))


@never_cache
@require_safe
@route(SIGNED_IN)
def carry_on(request: HttpRequest, code: str) -> HttpResponse:
    """What she typed before the house asked, and one button that sends it on. Showing it does nothing."""
    kept = sudo.kept_form(request.session, code)
    if kept is None:
        raise Http404
    shown = [
        (name.replace("_", " ").replace("-", " ").capitalize(), value)
        for name, value in kept["fields"]
        if value and not name.startswith("_")
    ]
    return render(request, "people/carry_on.html", {"kept": kept, "shown": shown})
