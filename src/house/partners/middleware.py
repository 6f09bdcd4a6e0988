from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from house.access.viewer import VISITOR
from house.ground.middleware import GetResponse
from house.partners.viewing import viewer_for


def viewer(get_response: GetResponse) -> GetResponse:
    """Puts `request.viewer`; made when first asked for, so public pages of visitors cost no query."""

    def respond(request: HttpRequest) -> HttpResponse:
        def look() -> object:
            return viewer_for(request.user) if request.session.session_key else VISITOR

        request.viewer = SimpleLazyObject(look)  # type: ignore[attr-defined]
        return get_response(request)

    return respond
