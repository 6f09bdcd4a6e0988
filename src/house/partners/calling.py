"""Who calls: the viewer of a bearer token, or the public. Session cookies open nothing here (no CSRF)."""

from django.http import HttpRequest
from ninja.errors import AuthenticationError

from house.access.capabilities import CAPABILITIES
from house.access.routes import OPEN, SIGNED_IN
from house.access.viewer import VISITOR, Viewer
from house.ground.limits import address_of, spend
from house.partners import rights
from house.partners.viewing import viewer_for
from house.people.models import Person
from house.people.tokens import token_of


class Calling:
    """Who calls, and whether she may: the declaration of an operation, judged before its body is read.

    `Calling("agora.write")` as an operation's `auth` lets in whoever has the capability; `Calling()` lets in
    everybody, each with her own door. The answer is the viewer, as `request.auth`; the person is kept as
    `request.person`.

    Raises `AuthenticationError` for a token that is not (or no longer) good, `Forbidden` with reason and
    remedy, `TooMany` for guessing.
    """

    def __init__(self, takes: str = OPEN) -> None:
        self.takes = takes

    def __call__(self, request: HttpRequest) -> Viewer:
        viewer = _viewer_of(request)
        if self.takes == SIGNED_IN and viewer.person_id is None:
            raise AuthenticationError
        if self.takes not in {OPEN, SIGNED_IN}:
            rights.require(viewer, self.takes)
        return viewer


def _viewer_of(request: HttpRequest) -> Viewer:
    request.person = None  # type: ignore[attr-defined]
    header = request.headers.get("Authorization", "")
    if not header:
        return VISITOR
    scheme, _space, key = header.partition(" ")
    token = token_of(key.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        spend("bad-token", address_of(request), limit=30)
        raise AuthenticationError
    request.person = token.person  # type: ignore[attr-defined]
    return viewer_for(token.person, scopes=CAPABILITIES if token.scopes is None else token.scopes)


def person_calling(request: HttpRequest) -> Person | None:
    person: Person | None = request.person  # type: ignore[attr-defined]
    return person


def limit_key(request: HttpRequest) -> str:
    person = person_calling(request)
    return f"person:{person.pk}" if person else f"address:{address_of(request)}"
