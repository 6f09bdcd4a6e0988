from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from house.access.routes import route
from house.office.waiting import piles_for
from house.partners.models import Partnership


@require_safe
@route("office.today")
def today(request: HttpRequest) -> HttpResponse:
    """What waits for this viewer now."""
    viewer = request.viewer
    piles = list(piles_for(viewer))
    is_new = (
        not piles
        and viewer.can("office.partnerships")
        and not Partnership.objects.visible_to(viewer).exists()
    )
    return render(request, "office/today.html", {"piles": piles, "is_new": is_new})
