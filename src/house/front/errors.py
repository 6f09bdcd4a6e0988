"""Error pages: what happened, what was kept, what to do."""

from collections.abc import Sequence
from http import HTTPStatus

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import DisallowedHost, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.utils.translation import gettext as _

from house.front.remedies import Way, ways_on
from house.ground.errors import Refused, TooMany
from house.ground.html import to_text
from house.ground.middleware import GetResponse

# No page sends the other methods: who does is a program, and HEAD has no body. Both are told in plain words.
_ASKED_BY_BROWSERS = frozenset({"GET", "POST"})
_LETTERS = 12  # what is shorter is typed again sooner than read


def error_page(
    request: HttpRequest,
    status: HTTPStatus,
    title: str,
    what: str,
    *,
    kept: str = "",
    remedy: str = "",
    ways: Sequence[Way] = (),
) -> HttpResponse:
    if request.method not in _ASKED_BY_BROWSERS:
        words = " ".join(filter(None, (what, kept, remedy)))
        return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
    context = {
        "status": status.value,
        "error_title": title,
        "what": what,
        "kept": kept,
        "remedy": remedy,
        "ways": ways,
        "typed": typed_in(request),
    }
    return render(request, "error.html", context, status=status)


def typed_in(request: HttpRequest) -> list[str]:
    """What she wrote into the form that was just refused, to be handed back to her: nothing else has it.

    Only from a form of this house that she was shown: else others could have their words said here.
    """
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return []
    return [
        text
        for name, values in request.POST.lists()
        if "password" not in name
        for value in values
        if len(text := to_text(value)) >= _LETTERS and (" " in text or not text.isascii())
    ]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, DisallowedHost):  # a page would name the address that it was asked by
        return HttpResponse(_("This is not an address of the house."), "text/plain", 400)
    if isinstance(exception, SessionInterrupted):
        return error_page(
            request,
            HTTPStatus.BAD_REQUEST,
            _("Your session has changed meanwhile"),
            _("You signed in, signed out or pressed a button twice while this page was under way."),
            kept=_("This page did nothing."),
            remedy=_("Load it again."),
        )
    return error_page(
        request,
        HTTPStatus.BAD_REQUEST,
        _("That could not be read"),
        _("The address or the form came in a shape the house does not know."),
        remedy=_("Go back, load the page again, and try once more."),
    )


def forbidden(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """Seen, but not theirs to do: the reason, what would allow it, and the ways there."""
    refused = exception if isinstance(exception, Refused) else None
    viewer = request.viewer  # type: ignore[attr-defined]  # set by the viewer middleware
    return error_page(
        request,
        HTTPStatus.FORBIDDEN,
        _("This is not yours to do"),
        refused.message if refused else _("The house knows you, but this needs another seat."),
        kept=_("Nothing was changed."),
        remedy=refused.remedy if refused else "",
        ways=ways_on(viewer, request.get_full_path() if request.method == "GET" else ""),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(
        request,
        HTTPStatus.FORBIDDEN,
        _("The form was too old"),
        _("For your safety a form is valid for one sign-in only, and this one was not."),
        kept=_(
            "What you typed still stands in the form: go back, copy it if it is long, then load the page."
        ),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(
        request,
        HTTPStatus.NOT_FOUND,
        _("There is nothing here"),
        _("It may have been moved or withdrawn, or it is meant for other readers."),
        remedy=_(
            "If a colleague sent you the address, sign in first: you may be one of its readers."
        ),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Stands on its own feet: whatever broke may have been the frame or the database."""
    response = SimpleTemplateResponse("500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)
    return response.render()


def refusals(get_response: GetResponse) -> GetResponse:
    """Turns a refusal that a page did not catch into a page that says why."""

    def respond(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, PermissionDenied) or not isinstance(exception, Refused):
            return None
        title = _("Not so fast") if isinstance(exception, TooMany) else _("That can't be done")
        response = error_page(
            request,
            HTTPStatus(exception.status),
            title,
            exception.message,
            kept=_("Nothing was lost."),
            remedy=exception.remedy,
        )
        if isinstance(exception, TooMany):
            response.headers["Retry-After"] = str(exception.retry_after)
        return response

    respond.process_exception = process_exception  # type: ignore[attr-defined]
    return respond
