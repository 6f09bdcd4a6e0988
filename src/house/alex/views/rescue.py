"""What was typed when the session had ended: kept until its writer has signed in again."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

# A long entry is far below; more is no text that somebody typed.
MOST = 400_000
_KEY = "rescued"
_TYPED = ("title", "text", "reason", "note")  # a form with none of these holds nothing to lose
# Where the form of an address without a page of its own stands.
_PAGE_OF = {
    "entry_create": "entry_new", "entry_submit": "entry_edit", "entry_take_back": "entry_review",
    "entry_take": "entry_review", "entry_refuse": "entry_review", "entry_publish": "entry_review",
    "entry_restore": "entry_versions", "entry_autosave": "entry_edit",
}  # fmt: skip


def led_to_sign_in(request: HttpRequest, *_args: Any, **kwargs: Any) -> HttpResponse:
    """For a visitor at an address that takes a person: a form she sent waits for her in the session."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"detail": _("Please sign in again.")}, status=401)
    if request.method == "POST" and kwargs.get("slug"):
        _keep(request, kwargs["slug"])
    back = urlencode({"next": _page_of(request, kwargs.get("slug"))})
    return redirect(f"{reverse('account_login')}?{back}")


def _page_of(request: HttpRequest, slug: str | None) -> str:
    page = _PAGE_OF.get(request.resolver_match.url_name)
    if page is None or request.method != "POST":
        return request.path
    return reverse(f"alex:{page}", args=[slug] if slug else [])


def _keep(request: HttpRequest, slug: str) -> None:
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    text = data.urlencode()
    if len(text) <= MOST and any(data.get(name) for name in _TYPED):
        request.session[_KEY] = {"slug": slug, "text": text}


def rescued(request: HttpRequest, slug: str, name: str) -> QueryDict | None:
    """What waits for the form of this entry that has a field of this name, or None.

    The caller has let the viewer through to act on the entry.
    """
    kept = request.session.get(_KEY)
    if not kept or kept["slug"] != slug:
        return None
    data = QueryDict(kept["text"])
    return data if name in data else None


def typed_before(request: HttpRequest, slug: str, name: str) -> dict[str, str]:
    """The same as initial values, for the small forms."""
    data = rescued(request, slug, name)
    return data.dict() if data is not None else {}


def forget(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)
