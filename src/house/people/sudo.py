"""Sudo mode: a dangerous act takes a sign-in, or a confirmation, of the last fifteen minutes.

    @require_http_methods(["GET", "HEAD", "POST"])
    @fresh_sign_in
    @route("office.partnerships")
    def partnership_end(request, code): ...

Put `@fresh_sign_in` between `require_*` and `@route`. Reading stays free; what changes something (POST and
the like) runs only when it is fresh. Otherwise the house keeps what was typed (files excepted), asks for a
passkey, the authenticator app or a code by mail, and then shows her what she typed with one button that sends
it on: nothing happens before she presses it, nothing she typed is lost. `@fresh_sign_in_to_read` asks before
a page is shown too, for pages that tell a secret.

Signing in counts as fresh, so a test that uses `client.force_login` passes; `grow_stale(session)` makes it
lapse (then save the session). allauth's own re-authentication lets persons without a password through, so it
is switched off.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from house.ground.codes import short_code
from house.people.models import Person
from house.people.sessions import note_seen
from house.people.tally import take

SECONDS = 15 * 60
CODE_SECONDS = 10 * 60
TRIES, MAILS = 5, 5
_FRESH, _CODE, _KEPT = "fresh_at", "sudo_code", "kept_forms"
_KEPT_FORMS, _KEPT_SIGNS = 3, 200_000
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
View = TypeVar("View", bound=Callable[..., HttpResponse])


def fresh_sign_in(view: View) -> View:
    """Acts only within fifteen minutes of a sign-in or confirmation; see the module for how and why."""
    return _guarded(view, reading=False)


def fresh_sign_in_to_read(view: View) -> View:
    """As `fresh_sign_in`, and the page itself is shown only then."""
    return _guarded(view, reading=True)


def _guarded(view: View, *, reading: bool) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_read = request.method in _SAFE
        if (is_read and not reading) or is_fresh(request.session):
            return view(request, *args, **kwargs)
        query = {"next": request.get_full_path()} if is_read else {"kept": _keep(request)}
        address = f"{reverse('people:confirm')}?{urlencode(query)}"
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": address})
        return redirect(address)

    return guarded  # type: ignore[return-value]  # `wraps` gives it the view's own signature


# -- Freshness -----------------------------------------------------------------------------------


def is_fresh(session: SessionBase) -> bool:
    # Signing in as somebody else flushes the session, so the moment is always this person's.
    return bool(0 <= time.time() - session.get(_FRESH, 0) < SECONDS)


def make_fresh(session: SessionBase) -> None:
    session[_FRESH] = time.time()


def grow_stale(session: SessionBase) -> None:
    session.pop(_FRESH, None)


def note_sign_in(
    sender: type[AbstractBaseUser], request: HttpRequest, user: AbstractBaseUser, **_facts: Any
) -> None:
    """Heard from Django: whatever way somebody came in by, she came in now."""
    make_fresh(request.session)
    note_seen(request.session)


# -- A code of our own ---------------------------------------------------------------------------


def new_code(request: HttpRequest, person: Person) -> str | None:
    """A code for this session alone, to be mailed; `None` when too many were asked for."""
    if not take("sudo-mail", str(person.pk), limit=MAILS, seconds=CODE_SECONDS):
        return None
    code, name = short_code(8), short_code(12)
    digest = _digest(request.session, name, code)
    request.session[_CODE] = {"name": name, "digest": digest, "at": time.time()}
    return f"{code[:4]}-{code[4:]}"


def is_code_waiting(session: SessionBase) -> bool:
    waiting: dict[str, Any] = session.get(_CODE) or {"at": 0}
    return bool(time.time() - waiting["at"] < CODE_SECONDS)


def try_code(request: HttpRequest, typed: str) -> str:
    """`"right"` makes the session fresh; else `"wrong"`, `"expired"` or `"spent"` (after five tries).

    A right code is good once, also when many requests bring it at the same moment.
    """
    session = request.session
    if not is_code_waiting(session):
        return "expired"
    waiting = session[_CODE]
    if not take("sudo-try", waiting["name"], limit=TRIES, seconds=CODE_SECONDS):
        del session[_CODE]
        return "spent"
    if not constant_time_compare(_digest(session, waiting["name"], typed), waiting["digest"]):
        return "wrong"
    if not take("sudo-used", waiting["name"], limit=1, seconds=CODE_SECONDS):
        return "expired"
    del session[_CODE]
    make_fresh(session)
    return "right"


def _digest(session: SessionBase, name: str, code: str) -> str:
    """Of the code as typed, for this session and no other: case, spaces and dashes don't matter."""
    plain = "".join(sign for sign in code.lower() if sign.isalnum())
    bound = f"{session.session_key}:{name}:{plain}"
    return salted_hmac("people.sudo", bound, algorithm="sha256").hexdigest()


# -- What was typed ------------------------------------------------------------------------------


def _keep(request: HttpRequest) -> str:
    """Put the posted fields aside in her session, under a short code."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    if sum(len(value) for _name, value in fields) > _KEPT_SIGNS:
        fields = []
    name = short_code()
    kept = dict(list(request.session.get(_KEPT, {}).items())[1 - _KEPT_FORMS :])
    page = request.headers.get("Referer", "")
    here = f"{request.scheme}://{request.get_host()}"
    kept[name] = {
        "path": request.get_full_path(),
        "page": own_path(page.removeprefix(here)) if page.startswith(f"{here}/") else "/",
        "fields": fields,
        "had_files": bool(request.FILES),
    }
    request.session[_KEPT] = kept
    return name


def led_to_sign_in(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """For `route(…, stranger=…)`: what she sent after her session had ended waits until she signed in."""
    back = request.get_full_path()
    if request.method not in _SAFE:
        back = reverse("people:carry_on", args=[_keep(request)])
    return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")


def kept_form(session: SessionBase, name: str) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = session.get(_KEPT, {}).get(name)
    return kept


def own_path(path: str) -> str:
    """The path, if it is one of this house; else the home page."""
    is_own = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_own else "/"
