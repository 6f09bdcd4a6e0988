import zoneinfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from house.ground.middleware import GetResponse
from house.people.sessions import note_seen


def own_time_zone(get_response: GetResponse) -> GetResponse:
    """Times are shown in the signed-in person's zone, UTC for everybody else, and her session is in use."""

    def respond(request: HttpRequest) -> HttpResponse:
        # Looking at the user costs two queries; a request without a session cookie has none.
        if request.session.session_key and request.user.is_authenticated:
            note_seen(request.session)
            with timezone.override(zoneinfo.ZoneInfo(request.user.time_zone)):
                return get_response(request)
        return get_response(request)

    return respond
