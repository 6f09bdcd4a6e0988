"""The pages that show an event."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.gatherings.models import Event


def event_or_404(request: HttpRequest, slug: str) -> Event:
    """Through the door, with what the page reads."""
    found: Event = get_object_or_404(Event.objects.visible_to(request.viewer).for_page(), slug=slug)
    return found


@require_safe
@route(OPEN)
def event(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "gatherings/event.html", {"event": event_or_404(request, slug)})
