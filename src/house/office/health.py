"""Two addresses for machines: the process lives; the house can answer."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route


@require_safe
@never_cache
@route(OPEN)
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
@route(OPEN)
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the records answer; 503 otherwise. Says nothing about versions or places."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # noqa: BLE001 -- the outer edge: whatever is wrong, the answer is "not ready"
        return JsonResponse({"ready": False}, status=503)
    return JsonResponse({"ready": True})
