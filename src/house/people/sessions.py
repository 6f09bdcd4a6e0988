"""Where a person is signed in, and how to end it at once."""

import hashlib
import time
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from house.people.devices import in_words
from house.people.models import Person

# every row in this file: a person's own sessions, asked for on her own page or when she is let go

_SEEN, _SEEN_EVERY = "seen_at", 300


@dataclass(frozen=True, slots=True)
class Place:
    """One browser in which she is signed in. `code` names it in addresses and gives nothing away."""

    code: str
    device: str
    since: datetime
    seen_at: datetime
    is_here: bool


def places_of(request: HttpRequest) -> list[Place]:
    """The one she uses now first, then the one seen last."""
    here = request.session.session_key
    if not UserSession.objects.filter(session_key=here).exists():
        note_session(request)
    rows = list(UserSession.objects.filter(user=request.user).order_by("-last_seen_at"))
    living = set(
        Session.objects.filter(
            session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now()
        ).values_list("session_key", flat=True)
    )
    places = [
        Place(
            code=_code(row.session_key),
            device=in_words(row.user_agent),
            since=row.created_at,
            seen_at=row.last_seen_at,
            is_here=row.session_key == here,
        )
        for row in rows
        if row.session_key in living
    ]
    return sorted(places, key=lambda place: not place.is_here)


def note_session(request: HttpRequest) -> None:
    """Keep allauth's row for this session, without the address that it notes."""
    UserSession.objects.create_from_request(request)
    forget_address(request.session)


def forget_address(session: SessionBase) -> None:
    UserSession.objects.filter(session_key=session.session_key).update(ip="0.0.0.0")  # noqa: S104 -- nowhere


def end(person: Person, code: str) -> bool:
    """End one of her sessions: its next request is a visitor's."""
    found = [
        row for row in UserSession.objects.filter(user=person) if _code(row.session_key) == code
    ]
    for row in found:
        row.end()
    return bool(found)


def end_others(person: Person, here: str | None) -> int:
    found = UserSession.objects.filter(user=person).exclude(session_key=here)
    for row in found:
        row.end()
    return len(found)


def end_all(person: Person) -> None:
    """Sign her out everywhere at once, also where no row was kept: the sessions' fingerprint changes."""
    end_others(person, None)
    person.set_unusable_password()
    person.save(update_fields=["password"])


def note_seen(session: SessionBase) -> None:
    """That this session is in use; written every five minutes, not with every request."""
    now = time.time()
    if now - session.get(_SEEN, 0) < _SEEN_EVERY:
        return
    session[_SEEN] = now
    UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now())


def _code(session_key: str) -> str:
    return hashlib.sha256(f"session:{session_key}".encode()).hexdigest()[:12]
