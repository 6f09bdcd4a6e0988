"""Errors of the API in one shape: RFC 9457 problem details with a stable `code`."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from house.ground.errors import Refused, TooMany


def problem(status: int, code: str, title: str, **facts: Any) -> HttpResponse:
    body = {"type": "about:blank", "status": status, "code": code, "title": title, **facts}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def teach(api: NinjaAPI) -> None:
    """Register every error the API may answer with."""

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        response = problem(
            error.status,
            error.code,
            error.message,
            reason=error.message,
            remedy=error.remedy,
            **error.facts,
        )
        if isinstance(error, TooMany):
            response.headers["Retry-After"] = str(error.retry_after)
        return response

    @api.exception_handler(PermissionDenied)
    def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        reason = str(error) or "This is not yours to do."
        return problem(403, "forbidden", reason, reason=reason, remedy="")

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, "not-found", "Nothing is here for you.")

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        response = problem(
            401, "unknown-token", "This token is not known, has expired or was revoked."
        )
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        # Without pydantic's `ctx` and `input`: they echo what was sent.
        errors = [{"where": list(found["loc"]), "message": found["msg"]} for found in error.errors]
        return problem(422, "invalid", "Some fields are missing or wrong.", errors=errors)

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, "bad-request", str(error))
