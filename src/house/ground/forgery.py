"""Judging a form's token inside a view, for forms that must show again what was typed."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware


def is_forged(request: HttpRequest) -> bool:
    """Has this POST no good token? For views marked `csrf_exempt`, which ask this before they act.

    The usual answer is a page that knows nothing of what was typed; such a view shows its form again.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    judge = CsrfViewMiddleware(answer)
    judge.process_request(request)
    return judge.process_view(request, answer, (), {}) is not None
