from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

GetResponse = Callable[[HttpRequest], HttpResponse]
# Nothing in the house asks for these; a page that is taken over can't either.
_PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
NUL, _LOST = "\0", "\ufffd"  # the latter stands in no address of ours


def headers(get_response: GetResponse) -> GetResponse:
    """Security headers that Django has no setting for; and nothing personal in shared caches."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if "Cache-Control" not in response.headers:
            signed_in = bool(getattr(request, "user", None) and request.user.is_authenticated)
            response.headers["Cache-Control"] = (
                "private, no-store" if signed_in else "private, no-cache"
            )
        return response

    return respond


def readable(get_response: GetResponse) -> GetResponse:
    """NUL, which PostgreSQL neither keeps nor can be asked for, stands in nothing that comes in.

    Addresses, questions, cookies and forms go on without it; bodies in JSON are cleaned where they are read
    (`api.bodies`). An address that had one leads nowhere.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        if NUL in request.path:
            request.path = request.path.replace(NUL, _LOST)
            request.path_info = request.path_info.replace(NUL, _LOST)
        for name, written in (("QUERY_STRING", "%00"), ("HTTP_COOKIE", "\\000")):
            told = request.META.get(name, "")
            if written in told:
                request.META[name] = told.replace(written, "")
        _read_forms_without_nul(request)
        return get_response(request)

    return respond


def _read_forms_without_nul(request: Any) -> None:
    """When somebody reads the form, and not before: a view may judge its size first."""
    load = request._load_post_and_files  # noqa: SLF001 -- whoever asks for POST or FILES comes by it

    def load_without_nul() -> None:
        load()
        told: QueryDict = request.POST
        if any(NUL in word for name, words in told.lists() for word in (name, *words)):
            request.POST = _without_nul(told)

    request._load_post_and_files = load_without_nul  # noqa: SLF001 -- as above


def _without_nul(told: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True, encoding=told.encoding)
    for name, words in told.lists():
        kept.setlist(name.replace(NUL, ""), [word.replace(NUL, "") for word in words])
    kept._mutable = False  # noqa: SLF001 -- like every form that came in
    return kept
