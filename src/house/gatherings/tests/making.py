"""Events and people for the tests of this room: one object, valid, nothing else."""

import datetime

from django.utils import timezone

from house.gatherings.models import Event, Registration, State
from house.partners.viewing import viewer_for
from tests.factories import PersonFactory, SeatFactory

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


def make_event(*, days=14, hours=2, topics=(), **facts):
    """A published seminar online, for the alliance, so many days from now."""
    begins = facts.pop("starts_at", timezone.now().replace(microsecond=0) + days * DAY)
    facts.setdefault("title", "How cities count bicycles")
    facts.setdefault("summary", "Three cities compare what they count.")
    facts.setdefault("state", State.PUBLISHED)
    facts.setdefault("zone", "Europe/Amsterdam")
    facts.setdefault("ends_at", begins + hours * HOUR)
    facts.setdefault("published_at", None if facts["state"] == State.DRAFT else timezone.now())
    event = Event(starts_at=begins, **facts)
    event.slug = facts.get("slug", f"event-{event.code}")
    event.save()
    event.topics.set(topics)
    return event


def make_member(member, **facts):
    """Another person of the same city, with a seat."""
    person = PersonFactory(city=member.city, **facts)
    SeatFactory(partnership=member.seat.partnership, person=person)
    return person


def states(event):
    """Who stands how, in the order of the line."""
    rows = Registration.objects.filter(event=event).order_by("queued_at", "pk")
    return [row.state for row in rows]


__all__ = ["DAY", "HOUR", "make_event", "make_member", "states", "viewer_for"]
