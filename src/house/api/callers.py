"""Who calls: the viewer of a bearer token, or the public. Session cookies open nothing here (no CSRF)."""

from django.http import HttpRequest
from ninja.errors import AuthenticationError

from house.access.viewer import VISITOR, Viewer
from house.ground.limits import address_of, spend
from house.partners.viewing import viewer_for
from house.people.models import Person
from house.people.tokens import person_of


def caller(request: HttpRequest) -> Viewer:
    """The viewer of this call; also keeps the person as `request.person`.

    Raises `AuthenticationError` for a token that is not (or no longer) good, `TooMany` for guessing.
    """
    request.person = None  # type: ignore[attr-defined]
    header = request.headers.get("Authorization", "")
    if not header:
        return VISITOR
    scheme, _space, key = header.partition(" ")
    person = person_of(key.strip()) if scheme.lower() == "bearer" else None
    if person is None:
        spend("bad-token", address_of(request), limit=30)
        raise AuthenticationError
    request.person = person  # type: ignore[attr-defined]
    return viewer_for(person)


def person_calling(request: HttpRequest) -> Person | None:
    person: Person | None = request.person  # type: ignore[attr-defined]
    return person


def limit_key(request: HttpRequest) -> str:
    person = person_calling(request)
    return f"person:{person.pk}" if person else f"address:{address_of(request)}"
