"""Choosing sessions, entering online, being checked in; and what looking after an event takes."""

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.viewer import Viewer
from house.gatherings import waiting
from house.gatherings.models import (
    Event,
    JoinLink,
    Organiser,
    Question,
    Registration,
    RegistrationState,
    Session,
    SessionPlace,
    State,
)
from house.gatherings.steps import note_act
from house.ground.errors import Refused
from house.ground.html import safe_url
from house.ground.text import one_line
from house.partners import rights
from house.people.models import Person

ENTRY_OPENS = datetime.timedelta(minutes=15)
PERSON = "{person}"


@transaction.atomic
def choose_session(session: Session, registration: Registration, *, by: Viewer) -> SessionPlace:
    """A place if one is free and nobody waits for it; else she waits. Twice changes nothing."""
    rights.require(by, "gatherings.attend")
    allow(by, "accept", registration)
    event = waiting.lock(registration.event)
    registration.refresh_from_db()
    if not registration.is_coming or session.event_id != event.pk:
        raise Refused(_("Register for the event first."))
    if not session.takes_places or not session.is_public or session.is_dropped:
        raise Refused(_("Nobody needs to choose this session."))
    if session.ends_at <= timezone.now():
        raise Refused(_("This session is over."))
    places = SessionPlace.objects.filter(session=session)
    taken = places.filter(is_waiting=False).count()
    is_full = session.capacity is not None and taken >= session.capacity
    place, _is_new = SessionPlace.objects.get_or_create(
        session=session,
        registration=registration,
        defaults={"is_waiting": is_full or places.filter(is_waiting=True).exists()},
    )
    return place


@transaction.atomic
def leave_session(session: Session, registration: Registration, *, by: Viewer) -> None:
    """What she held goes to who waits longest for it."""
    allow(by, "cancel", registration)
    waiting.lock(registration.event)
    SessionPlace.objects.filter(session=session, registration=registration).delete()
    waiting.fill_session(session.pk, session.capacity)


@transaction.atomic
def enter(event: Event, *, by: Viewer) -> str:
    """The address of the room, for who has a place, from a quarter of an hour before until the end.

    Going in is her word that she came.
    """
    registration = (
        Registration.objects.select_for_update()
        .filter(event=event, person=by.person_id, state=RegistrationState.CONFIRMED)
        .first()
        if by.person_id is not None
        else None
    )
    if registration is None:
        raise Refused(
            _("The way in is for those who have a place."), remedy=_("Register for the event.")
        )
    rights.require(by, "gatherings.attend")
    now = timezone.now()
    if event.state != State.PUBLISHED or now >= event.ends_at:
        raise Refused(_("This event is over."))
    if now < event.starts_at - ENTRY_OPENS:
        raise Refused(
            _("The door opens a quarter of an hour before the event."),
            remedy=_("Come back then: this page leads you in."),
        )
    url = _link_for(event, registration)
    if registration.came_at is None:
        registration.came_at, registration.came_by = now, "self"
        registration.save(update_fields=["came_at", "came_by"])
    return url


def _link_for(event: Event, registration: Registration) -> str:
    """Her own where she has one; else everybody's, with her code where it asks for the person."""
    links = {
        link.person_id: link.url
        for link in JoinLink.objects.filter(event=event)
        if link.person_id in {None, registration.person_id}
    }
    url = links.get(registration.person_id) or links.get(None, "")
    if not url:
        raise Refused(
            _("The way in is not known yet."),
            remedy=_("Those who look after the event were asked to add it."),
        )
    return url.replace(PERSON, registration.code)


@transaction.atomic
def check_in(registration: Registration, *, by: Viewer, came: bool) -> Registration:
    """Those who look after the event say who was there; that outweighs what she said herself."""
    allow(by, "count", registration.event)
    registration.came_at = (registration.came_at or timezone.now()) if came else None
    registration.came_by = "host" if came else ""
    registration.save(update_fields=["came_at", "came_by"])
    return registration


@transaction.atomic
def put_join_link(event: Event, url: str, *, by: Viewer) -> None:
    """Everybody's way in; an empty one takes it away. `{person}` in it becomes the code of who enters."""
    allow(by, "edit", event)
    JoinLink.objects.filter(event=event, person=None).delete()
    if url:
        JoinLink.objects.create(event=event, url=_secure(url))
    note_act("link", event, by=by)


@transaction.atomic
def put_own_links(
    event: Event, rows: Iterable[tuple[str, str]], *, by: Viewer
) -> tuple[int, list[str]]:
    """Links of single persons, by the code of their registration; the office may also name addresses.

    Gives how many were kept, and what was not found.
    """
    allow(by, "edit", event)
    kept, unknown = 0, []
    coming: dict[str, Person] = {}
    live = Registration.objects.filter(event=event).live().select_related("person")
    for registration in live:
        coming[registration.code] = registration.person
        if by.can("gatherings.run"):
            coming[registration.person.email.lower()] = registration.person
    for key, url in rows:
        person = coming.get(key.strip().lower())
        if person is None:
            unknown.append(key)
            continue
        JoinLink.objects.update_or_create(
            event=event, person=person, defaults={"url": _secure(url)}
        )
        kept += 1
    note_act("own_links", event, by=by, kept=kept)
    return kept, unknown


def _secure(url: str) -> str:
    url = one_line(url)
    plain = safe_url(url.replace(PERSON, "person"))
    if not plain.startswith("https://") or len(url) > 1000:
        raise Refused(
            _("“%(url)s” is not a secure web address.") % {"url": url[:80]},
            remedy=_("It begins with https:// and is at most 1000 letters long."),
        )
    return url


@transaction.atomic
def put_questions(event: Event, rows: Sequence[tuple[str, bool]], *, by: Viewer) -> None:
    """What is asked at registration: (text, must be answered). A question of the same text stays the same."""
    allow(by, "edit", event)
    here = {question.text: question for question in Question.objects.filter(event=event)}
    kept: dict[str, int] = {}
    for position, (asked, is_needed) in enumerate(rows):
        text = one_line(asked)[:300]
        if text in kept:  # asked once, however often it stands there
            continue
        question = here.get(text) or Question(event=event, text=text)
        question.is_needed, question.position = is_needed, position
        question.save()
        kept[text] = question.pk
    Question.objects.filter(event=event).exclude(pk__in=kept.values()).delete()


@transaction.atomic
def put_organiser(event: Event, person: Person, *, by: Viewer, helps: bool = True) -> None:
    """Have somebody look after the event beside you, or no longer."""
    allow(by, "edit", event)
    if helps:
        Organiser.objects.get_or_create(event=event, person=person)
    else:
        Organiser.objects.filter(event=event, person=person).delete()
    note_act("organiser", event, by=by, helps=helps)
