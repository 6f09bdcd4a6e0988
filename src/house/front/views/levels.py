from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from house.access.capabilities import Standing
from house.access.routes import OPEN, route
from house.partners.models import Benefit, Level, Table
from house.partners.sheets import sheet_of
from house.partners.versions import contents_of


@require_safe
@route(OPEN)
def levels(request: HttpRequest) -> HttpResponse:
    """What each level includes, as cities compare it before they join; from the table that rules now."""
    ruling = Table.objects.visible_to(request.viewer).in_force().first()
    sheet = sheet_of(
        contents_of(ruling),
        Benefit.objects.visible_to(request.viewer),
        standings=[Standing(level) for level in Level.values],
        is_public=True,
    )
    context = {"sheet": sheet, "ruling": ruling, "is_outside": not request.viewer.city_ids}
    return render(request, "front/levels.html", context)
