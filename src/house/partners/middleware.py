from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from house.access.capabilities import CAPABILITIES
from house.access.routes import OPEN, SIGNED_IN, Door, door_of
from house.access.viewer import VISITOR, Viewer
from house.ground.middleware import GetResponse
from house.partners import rights
from house.partners.viewing import viewer_for


def viewer(get_response: GetResponse) -> GetResponse:
    """Puts `request.viewer`; made when first asked for, so public pages of visitors cost no query.

    Judges the declared capability of every route before its view runs.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        def look() -> object:
            return viewer_for(request.user) if request.session.session_key else VISITOR

        request.viewer = SimpleLazyObject(look)  # type: ignore[attr-defined]
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        door = door_of(view)
        # A route that declares nothing can't be reached: the system check says so before anybody finds out.
        takes = door.takes(request.method) if door else ""
        if takes == OPEN:
            return None
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        if viewer.person_id is None and door and door.stranger:
            return door.stranger(request, *args, **kwargs)
        may = takes == SIGNED_IN or rights.decide(viewer, takes).allowed or _also(door, viewer)
        if not may and CAPABILITIES[takes].is_hidden:
            raise Http404
        if viewer.person_id is None:
            return _to_sign_in(request)
        if not may:
            rights.require(viewer, takes)
        return None

    respond.process_view = process_view  # type: ignore[attr-defined]
    return respond


def _also(door: Door | None, viewer: Viewer) -> bool:
    return door is not None and viewer.can(door.also)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Back here afterwards; a form that was sent has no page to come back to but the one that showed it."""
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
