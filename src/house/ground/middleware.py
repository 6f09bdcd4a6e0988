from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
# Nothing in the house asks for these; a page that is taken over can't either.
_PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


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
    """NUL, for which PostgreSQL can't be asked: no address has it, and questions go on without it."""

    def respond(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "")
        return get_response(request)

    return respond
