"""Who gets the next place. These steps check no right: the verbs and duties that call them did.

One event at a time: whoever changes who holds a place holds the event's row until the transaction
ends. A freed place is offered to the first in line and is kept for her until the deadline; as long as
somebody waits, nobody who comes later gets one.
"""

import datetime
from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from house.access import doors
from house.access.viewer import Viewer
from house.gatherings.models import Event, Registration, RegistrationState, SessionPlace, State
from house.gatherings.steps import post, post_to_all
from house.partners.viewing import viewer_for, viewers_for

# every row in this file: who gets a place is settled for everybody, whoever asks

SHORTEST = datetime.timedelta(minutes=30)


def lock(event: Event) -> Event:
    """The same object as it stands now, held until the transaction ends."""
    event.refresh_from_db(from_queryset=Event.objects.select_for_update(of=("self",)))
    return event


def deadline(event: Event, now: datetime.datetime) -> datetime.datetime:
    """Until when a place offered now is kept: the event's hours, or a quarter of what is left."""
    span = min(datetime.timedelta(hours=event.offer_hours), (event.starts_at - now) / 4)
    return min(now + max(span, SHORTEST), event.starts_at)


def free_places(event: Event, seat: str) -> int | None:
    """None for as many as come; below zero where the office gave places beyond."""
    seats = event.seats(seat)
    if seats is None:
        return None
    return seats - Registration.objects.filter(event=event, seat=seat).holding().count()


def has_room(event: Event, seat: str) -> bool:
    """Is there a place for somebody who comes now? Not while others wait for one."""
    free = free_places(event, seat)
    if free is None:
        return True
    return free > 0 and not Registration.objects.filter(event=event, seat=seat).in_line().exists()


def turn_to(registration: Registration, state: str, **facts: object) -> None:
    facts = {"knew": {}, **facts}
    registration.state = state
    registration.turn += 1
    registration.changed_at = timezone.now()
    for name, value in facts.items():
        setattr(registration, name, value)
    registration.save(update_fields=["state", "turn", "changed_at", *facts])


def confirm(registration: Registration, **facts: object) -> None:
    turn_to(registration, RegistrationState.CONFIRMED, offer_until=None, **facts)
    post("gatherings.registered", registration)


def move_up(event: Event, seat: str) -> list[Registration]:
    """Offer what is free to the first in line. The caller has locked the event."""
    now = timezone.now()
    offered: list[Registration] = []
    if event.state != State.PUBLISHED or event.starts_at <= now:
        return offered
    free = free_places(event, seat)
    for waiting in Registration.objects.filter(event=event, seat=seat).in_line():
        if free is not None and free <= len(offered):
            break
        if _may_still_come(waiting, event):
            turn_to(
                waiting,
                RegistrationState.OFFERED,
                offered_at=now,
                offer_until=deadline(event, now),
                offers=waiting.offers + 1,
            )
            post("gatherings.offered", waiting)
            offered.append(waiting)
    return offered


def _may_still_come(registration: Registration, event: Event) -> bool:
    """Who lost the right keeps her place in the line, and is passed over until she has it again."""
    viewer = viewer_for(registration.person)
    if not viewer.can("gatherings.attend"):
        return False
    return Event.objects.visible_to(viewer).filter(pk=event.pk).exists()


def who_see(event: Event) -> dict[int, Viewer]:
    """Person → viewer: who holds or waits for a place and sees the event as it stands in the records."""
    rows = Registration.objects.filter(event=event).live().select_related("person")
    viewers = viewers_for([row.person for row in rows])
    return {person: viewers[person] for person in doors.who_sees(event, viewers)}


def release(event: Event, saw: Mapping[int, Viewer], *, at_most: int, **knew: object) -> set[int]:
    """Those who saw the event and do not any more give up what they hold or wait for; who they are.

    Where they are more than `at_most` nothing is done. They are told why, of the event as they `knew`
    it. The caller has locked it, and offers what has become free.
    """
    lost = saw.keys() - doors.who_sees(event, saw)
    if not lost or len(lost) > at_most:
        return lost
    found = Registration.objects.filter(event=event, person__in=lost).live()
    registrations = list(found)
    found.update(
        state=RegistrationState.CANCELLED,
        turn=F("turn") + 1,
        changed_at=timezone.now(),
        offer_until=None,
        knew=knew,
    )
    for each in registrations:
        each.turn += 1
    post_to_all("gatherings.released", registrations)
    leave_sessions(registrations)
    return lost


def leave(registration: Registration, state: str = RegistrationState.CANCELLED) -> None:
    """Give up what she holds or waits for; what becomes free goes to the next."""
    event = lock(registration.event)
    registration.refresh_from_db()
    registration.event = event
    if not registration.is_live:
        return
    was_coming = registration.is_coming
    turn_to(registration, state, offer_until=None)
    if was_coming:
        post("gatherings.left", registration)
    elif state == RegistrationState.LAPSED:
        post("gatherings.lapsed", registration)
    leave_sessions([registration])
    move_up(event, registration.seat)


def leave_sessions(registrations: Collection[Registration]) -> None:
    left = SessionPlace.objects.filter(registration__in=registrations).order_by()
    sessions = list(left.values_list("session", "session__capacity").distinct())
    left.delete()
    for session, capacity in sessions:
        fill_session(session, capacity)


def fill_session(session: int, capacity: int | None) -> None:
    """Who waits for a session gets what is free at once: she comes to the event anyway."""
    places = SessionPlace.objects.filter(session=session)
    waiting = places.filter(is_waiting=True).order_by("made_at", "pk")
    if capacity is not None:
        free = max(capacity - places.filter(is_waiting=False).count(), 0)
        waiting = waiting[:free]
    for place in waiting:
        place.is_waiting = False
        place.save(update_fields=["is_waiting"])
        post("gatherings.session", place.registration, key=f"{session}:{place.pk}")


def lapse_offers(now: datetime.datetime | None = None) -> int:
    """The duty of every minute: what was not taken in time goes to the next in line."""
    now = now or timezone.now()
    due = Registration.objects.filter(state=RegistrationState.OFFERED, offer_until__lte=now)
    count = 0
    for pk in list(due.order_by("offer_until", "pk").values_list("pk", flat=True)):
        count += _lapse(pk, now)
    return count


@transaction.atomic
def _lapse(pk: int, now: datetime.datetime) -> int:
    """Looked at once more under the lock: it may have been taken meanwhile."""
    registration = Registration.objects.select_related("event").get(pk=pk)
    lock(registration.event)
    registration.refresh_from_db(fields=["state", "offer_until"])
    until = registration.offer_until
    if registration.state != RegistrationState.OFFERED or until is None or until > now:
        return 0
    leave(registration, RegistrationState.LAPSED)
    return 1


@transaction.atomic
def fill(event: Event) -> None:
    """Offer whatever is free, on site and online: after more places were made."""
    lock(event)
    for seat in event.seat_kinds:
        move_up(event, seat)
