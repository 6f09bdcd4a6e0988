"""A session goes to other hands, or to another time that the expert proposes."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.text import shorten
from house.meetings import queries, slots, telling
from house.meetings.actions import booking
from house.meetings.locking import locked_session
from house.meetings.models import Availability, Joiner, Session
from house.meetings.slots import Span
from house.partners.models import Seat
from house.partners.viewing import viewer_for
from house.people.models import Person

# every row in this file: each verb judges who acts, then works on what it locked


@transaction.atomic
def hand_over(session: Session, *, to: Person, by: Viewer) -> Session:
    """A colleague of the same city takes the session over; who had booked it stays as one who joins."""
    session = locked_session(session)
    allow(by, "hand_over", session)
    _booked(session)
    seat = Seat.objects.filter(person=to, partnership__city=session.city_id).order_by("-pk").first()
    if seat is None or session.city_id not in viewer_for(to).city_ids:
        raise Refused(
            _("Only a colleague with a seat of the same city can take it over."),
            remedy=_("Ask your coordinator to invite her or him."),
        )
    if to.pk == session.booked_by_id:
        return session
    if queries.clashes(to.pk, Span(session.starts_at, session.ends_at)).exists():
        raise Refused(_("Your colleague has another session at that time."))
    before = session.booked_by_id
    session.booked_by, session.seat = to, seat
    session.answer = ""
    _save(session)
    Joiner.objects.filter(session=session, person=to).delete()
    Joiner.objects.get_or_create(session=session, person_id=before)
    telling.handed_over(session, by=by)
    journal.record("session.hand_over", session, by=by, facts={"from": before, "to": to.pk})
    return session


@transaction.atomic
def pass_on(session: Session, *, to: Availability, by: Viewer, word: str = "") -> Session:
    """Another expert takes it, at the same time; she must be free then by her own terms."""
    session = locked_session(session)
    allow(by, "pass_on", session)
    _booked(session)
    if to.person_id == session.expert_id:
        return session
    locked = (
        Availability.objects.select_for_update(of=("self",)).select_related("person").get(pk=to.pk)
    )
    person = locked.person
    if not (locked.is_open and person.is_active and person.is_foundation):
        raise Refused(_("This expert takes no bookings now."))
    now, span = timezone.now(), Span(session.starts_at, session.ends_at)
    why = slots.why_not(queries.diary_of(locked, now), span, now)
    if why and why != "soon":  # between colleagues no notice is owed
        raise Refused(
            _("%(name)s is not free at that time.") % {"name": person.name},
            remedy=_("Propose another time to the city, or ask another expert."),
        )
    before = session.expert_id
    telling.passed_from(session, by=by)
    session.expert, session.zone, session.link = person, locked.zone, locked.join_link
    session.consents_expert, session.answer = False, ""
    _save(session)
    booking.take_time(session)
    telling.passed_on(session, by=by, word=shorten(word, 500))
    journal.record("session.pass_on", session, by=by, facts={"from": before, "to": person.pk})
    return session


@transaction.atomic
def propose(
    session: Session, *, starts_at: datetime.datetime, by: Viewer, word: str = ""
) -> Session:
    """The expert would rather meet at another time. Nothing changes until the city takes it."""
    session = locked_session(session)
    allow(by, "propose", session)
    _booked(session)
    if starts_at <= timezone.now() or starts_at == session.starts_at:
        raise Refused(_("Propose another time, one that is still to come."))
    if starts_at.minute % slots.GRID or starts_at.second or starts_at.microsecond:
        raise Refused(_("Sessions begin at every fifth minute."))
    session.proposed_at, session.proposed_word = starts_at, shorten(word, 500)
    session.changed_at = timezone.now()
    session.save(update_fields=["proposed_at", "proposed_word", "changed_at"])
    telling.proposed(session, by=by)
    journal.record("session.propose", session, by=by, facts={"proposed": starts_at})
    return session


@transaction.atomic
def leave_proposal(session: Session, *, by: Viewer) -> Session:
    """The city keeps the time that is booked."""
    session = locked_session(session)
    allow(by, "move", session)
    if session.proposed_at is not None:
        session.proposed_at, session.proposed_word = None, ""
        session.save(update_fields=["proposed_at", "proposed_word"])
        telling.proposal_left(session, by=by)
    return session


def _booked(session: Session) -> None:
    if not session.is_booked or session.starts_at <= timezone.now():
        raise Refused(_("This session is over or has begun."))


def _save(session: Session) -> None:
    session.sequence += 1
    session.changed_at = timezone.now()
    session.save()
