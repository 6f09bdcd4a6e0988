from typing import Any

from django.conf import settings
from django.http import HttpRequest

from house.front.rooms import HALL, ROOMS, SHELVES, place_of
from house.vocabulary.languages import direction

THEMES = ("light", "dark")


def chrome(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page reads. Costs a visitor no query."""
    theme = request.COOKIES.get("theme", "")
    match = request.resolver_match
    language = getattr(request, "LANGUAGE_CODE", "en")
    return {
        "demo": settings.DEMO,
        "viewer": getattr(request, "viewer", None),
        "theme": theme if theme in THEMES else "",
        "page_direction": direction(language),
        "hall": HALL,
        "rooms": ROOMS,
        "shelves": SHELVES,
        "here": place_of(match.view_name) if match else "",
    }
