from typing import Any

from django.conf import settings
from django.http import HttpRequest

from house.access.viewer import VISITOR
from house.front.rooms import (
    HALL,
    ROOM_NAMES,
    menu_for,
    more_on_phone,
    place_of,
    rooms_for,
    shelves_for,
)
from house.vocabulary.languages import direction

THEMES = ("light", "dark")


def chrome(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page reads. Costs a visitor no query."""
    theme = request.COOKIES.get("theme", "")
    match = request.resolver_match
    language = getattr(request, "LANGUAGE_CODE", "en")
    viewer = getattr(request, "viewer", VISITOR)
    rooms, shelves = rooms_for(viewer), shelves_for(viewer)
    here = place_of(match.view_name) if match else ""
    return {
        "demo": settings.DEMO,
        "viewer": viewer,
        "theme": theme if theme in THEMES else "",
        "page_direction": direction(language),
        "menu": menu_for(viewer),
        "hall": HALL,
        "rooms": rooms,
        "shelves": shelves,
        "more_places": more_on_phone((*rooms, *shelves)),
        "own_address": settings.BASE_URL + request.get_full_path(),
        "here": here,
        "here_room": here if here in ROOM_NAMES else "",
    }
