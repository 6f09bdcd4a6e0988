"""What was typed when the session had ended: kept until its writer has signed in again."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

# More is no text that somebody typed.
MOST = 400_000
_KEY = "agora-rescued"


def led_to_sign_in(request: HttpRequest, *_args: Any, **kwargs: Any) -> HttpResponse:
    """For a visitor at an address that takes a person: a form she sent waits for her in the session."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"detail": _("Please sign in again.")}, status=401)
    page = request.get_full_path()
    if request.method == "POST":
        page = request.POST.get("page") or _page_of(kwargs.get("code"))
        data = request.POST.copy()
        data.pop("csrfmiddlewaretoken", None)
        text = data.urlencode()
        if len(text) <= MOST and data.get("body"):
            request.session[_KEY] = {"place": data.get("place", ""), "text": text}
    back = page if page.startswith("/agora/") else reverse("agora:post_list")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}")


def _page_of(code: str | None) -> str:
    return reverse("agora:post", args=[code]) if code else reverse("agora:post_new")


def rescued(request: HttpRequest, place: str) -> QueryDict | None:
    """What waits for the form of this place, once."""
    kept = request.session.get(_KEY)
    if not kept or kept["place"] != place:
        return None
    del request.session[_KEY]
    return QueryDict(kept["text"])
