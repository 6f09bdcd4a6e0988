"""What stands on a person's own desk from the rooms where people meet. All of it is asked as the viewer."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from house.access.viewer import Viewer
from house.agora.models import Kind, Post, State
from house.groups.queries import Mine
from house.groups.queries import mine as groups_of
from house.memory.models import Consent
from house.notices import calendars, inbox
from house.notices.calendars import Scope
from house.notices.telling import Item, items_of

AHEAD = datetime.timedelta(days=31)
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing in her calendar, as the feed that she may subscribe to would tell it."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime
    title: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class Desk:
    coming: list[Coming]
    asked: list[Post]
    notices: list[Item]
    groups: list[Mine]
    consents: int


def desk_of(viewer: Viewer) -> Desk:
    return Desk(
        coming=coming_up(viewer)[:SHOWN],
        asked=asked_by_peers(viewer),
        notices=items_of(inbox.of(viewer, only_unread=True)[:SHOWN], viewer),
        groups=groups_of(viewer) if viewer.can("agora.read") else [],
        consents=Consent.objects.visible_to(viewer)
        .filter(person_id=viewer.person_id, answer=Consent.Answer.WAITING)
        .count(),
    )


def coming_up(viewer: Viewer) -> list[Coming]:
    """Her gatherings, sessions, visits and tasks of the next month, the next first."""
    now = timezone.now()
    found = [
        Coming(
            event.starts_at,
            event.ends_at,
            event.title,
            event.url.removeprefix(settings.BASE_URL),
            source.kind,
        )
        for source in calendars.sources()
        for event in source.items(viewer, Scope("mine"), now, now + AHEAD)
        if event.status != "CANCELLED" and event.ends_at > now
    ]
    return sorted(found, key=lambda each: each.starts_at)


def asked_by_peers(viewer: Viewer) -> list[Post]:
    """Open questions of others: those that nobody has answered first."""
    if not viewer.can("agora.read"):
        return []
    asking = (Kind.QUESTION, Kind.STRUGGLE, Kind.CALL)  # a success waits for no answer
    posts = Post.objects.visible_to(viewer).published().filter(state=State.OPEN, kind__in=asking)
    others = posts.filter(~Q(author_id=viewer.person_id)).for_cards().unanswered_first()
    return list(others[:SHOWN])
