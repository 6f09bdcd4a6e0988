"""What was typed when the session had ended: kept until its writer has signed in again."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

# A long entry is far below; more is no text that somebody typed.
MOST = 400_000
_KEY = "rescued"


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for persons. A visitor is led to sign in; a form she sent waits for her in the session."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.viewer.person_id is not None:
            return view(request, *args, **kwargs)
        if request.headers.get("Accept", "").startswith("application/json"):
            return JsonResponse({"detail": _("Please sign in again.")}, status=401)
        back = request.path
        if request.method == "POST" and kwargs.get("slug"):
            _keep(request, kwargs["slug"])
            back = reverse("alex:entry_edit", args=[kwargs["slug"]])
        return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")

    return checked


def _keep(request: HttpRequest, slug: str) -> None:
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    text = data.urlencode()
    if "title" in data and len(text) <= MOST:
        request.session[_KEY] = {"slug": slug, "text": text}


def rescued(request: HttpRequest, slug: str) -> QueryDict | None:
    """What waits for this entry, or None. The caller has let the viewer through to edit it."""
    kept = request.session.get(_KEY)
    return QueryDict(kept["text"]) if kept and kept["slug"] == slug else None


def forget(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)
