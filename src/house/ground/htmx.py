from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_part(
    request: HttpRequest, template: str, context: dict[str, Any], *, part: str, status: int = 200
) -> HttpResponse:
    """The whole page, or only its named part when htmx asks for a swap."""
    htmx = request.htmx  # type: ignore[attr-defined]  # set by django-htmx
    swap = htmx and not (htmx.boosted or htmx.history_restore_request)
    response = render(request, f"{template}#{part}" if swap else template, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return response
