from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from house.access.routes import route
from house.office.waiting import piles_for


@require_safe
@route("office.today")
def today(request: HttpRequest) -> HttpResponse:
    """What waits for this viewer now."""
    return render(request, "office/today.html", {"piles": list(piles_for(request.viewer))})
