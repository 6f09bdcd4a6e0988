"""The front of the room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.gatherings.models import Event


@require_safe
@route(OPEN)
def event_list(request: HttpRequest) -> HttpResponse:
    events = Event.objects.visible_to(request.viewer).coming().for_cards()
    return render(request, "gatherings/event_list.html", {"events": events})
