"""Booking a session, moving it, and taking it back."""

import datetime
from dataclasses import dataclass, field

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.codes import short_code
from house.ground.days import YEARS
from house.ground.errors import Forbidden, Refused
from house.ground.text import clean, one_line, shorten
from house.meetings import queries, rules, slots, telling, units
from house.meetings.actions.files import add_file
from house.meetings.locking import locked_session
from house.meetings.models import (
    Availability,
    Case,
    Joiner,
    Outcome,
    Preparation,
    Session,
    TakenTime,
)
from house.meetings.slots import Span
from house.partners import rights
from house.partners.models import Seat
from house.people.models import Person
from house.vocabulary.models import City, Topic

# every row in this file: each verb judges who acts, then works on what it locked

State = Session.State
_TICK = datetime.timedelta(minutes=slots.GRID)


class Taken(Refused):
    """Somebody else was quicker, or the time is not offered any more."""

    code = "slot-taken"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the city writes when it books."""

    goal: str
    tried: str = ""
    questions: str = ""
    others: str = ""
    language: str = "en"
    topic: Topic | None = None
    joiners: tuple[Person, ...] = ()
    files: tuple[File[bytes], ...] = ()
    consents: bool = False
    key: str = field(default="")


def book(
    availability: Availability,
    *,
    city: City,
    starts_at: datetime.datetime,
    length: datetime.timedelta,
    asked: Asked,
    by: Viewer,
) -> Session:
    """Take the slot and hold a unit of the city for it, both or neither. The same key books once.

    Raises `Forbidden`, `Taken` when the time is not free any more, `NoneLeft` when no unit is left.
    """
    rights.require(by, "meetings.book")
    if city.pk not in by.city_ids or by.person_id is None:
        raise Forbidden(
            _("You have no seat in this city's partnership."),
            remedy=_("Ask a colleague there to book."),
        )
    # Without a key nothing tells two bookings apart from one that was sent twice.
    key = f"{by.person_id}:{asked.key or short_code(16)}"
    span = Span(_utc(starts_at), _utc(starts_at) + length)
    with transaction.atomic():
        locked = _lock(availability)
        if earlier := Session.objects.filter(key=key).first():
            return earlier
        _check(locked, span, length, by)
        session = _made(locked, city, span, asked=asked, key=key, by=by)
        units.keep(
            session, units.SESSION, by=by, what_for=_what_for(session, asked), when=span.starts_at
        )
        session.save(update_fields=["hold", "holds", "unit"])
        telling.booked(session, by=by)
        journal.record("session.book", session, by=by, facts=_facts(session))
    return session


def _utc(moment: datetime.datetime) -> datetime.datetime:
    if timezone.is_naive(moment):
        raise Refused(_("A time needs its zone."), remedy=_("Choose it from the list."))
    if moment.year not in YEARS:
        raise Taken(_REASONS["far" if moment.year >= YEARS.stop else "soon"]())
    return moment.astimezone(datetime.UTC)


def _lock(availability: Availability) -> Availability:
    """Whoever takes an expert's time waits here for whoever is taking it."""
    return (
        Availability.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=availability.pk)
    )


def _check(
    availability: Availability,
    span: Span,
    length: datetime.timedelta,
    by: Viewer,
    *,
    moved: Session | None = None,
) -> None:
    """Raise `Taken` with what can be done unless the slot is free under the lock."""
    person = availability.person
    if not availability.is_open or not person.is_active or not person.is_foundation:
        raise Taken(_("This expert takes no bookings now."), remedy=_("Choose another expert."))
    if by.person_id == person.pk:
        raise Refused(_("You can't book yourself."))
    if length not in {datetime.timedelta(minutes=each) for each in availability.lengths}:
        raise Refused(_("Sessions of this length are not offered."))
    now = timezone.now()
    why = slots.why_not(queries.diary_of(availability, now, without=moved), span, now)
    # Her own proposal is her word that she can, also outside her usual hours.
    is_proposed = moved is not None and moved.proposed_at == span.starts_at
    if why and not (is_proposed and why in _HER_TERMS):
        raise Taken(_REASONS[why](), remedy=_("Choose another time from the list."))
    own = queries.clashes(by.person_id or 0, span, without=[moved.pk] if moved else [])
    if own.exists():
        raise Taken(
            _("You have another session at that time."),
            remedy=_("Move that one, or choose another time."),
        )


_HER_TERMS = frozenset({"soon", "far", "closed", "full"})
_REASONS = {
    "grid": lambda: _("Sessions begin at every fifth minute."),
    "soon": lambda: _("That is too soon: the expert needs more notice."),
    "far": lambda: _("That is further ahead than the expert plans."),
    "closed": lambda: _("This time is not offered any more."),
    "busy": lambda: _(
        "This time was just taken. Nothing was booked, and your unit is still yours."
    ),
    "full": lambda: _("The expert has no more room on that day or in that week."),
}


def _made(
    availability: Availability, city: City, span: Span, *, asked: Asked, key: str, by: Viewer
) -> Session:
    booker = Person.objects.get(pk=by.person_id)
    seat = Seat.objects.filter(person=booker, partnership__city=city).order_by("-pk").first()
    session = Session.objects.create(
        key=key, expert=availability.person, city=city, booked_by=booker, seat=seat,
        topic=asked.topic, starts_at=span.starts_at, ends_at=span.ends_at, zone=availability.zone,
        link=availability.join_link, consents_city=asked.consents,
    )  # fmt: skip
    take_time(session)
    write_preparation(session, asked, by)
    for upload in asked.files:
        add_file(session, upload, by=by)
    return session


def take_time(session: Session) -> None:
    """Lay the session's time out in ticks; the database refuses one that is given away already."""
    TakenTime.objects.filter(session=session).delete()
    ticks = int(session.length / _TICK)
    try:
        with transaction.atomic():
            TakenTime.objects.bulk_create(
                TakenTime(
                    session=session, person_id=session.expert_id, at=session.starts_at + n * _TICK
                )
                for n in range(ticks)
            )
    except IntegrityError as problem:
        raise Taken(_REASONS["busy"](), remedy=_("Choose another time from the list.")) from problem


def write_preparation(session: Session, asked: Asked, by: Viewer) -> None:
    Preparation.objects.update_or_create(
        session=session,
        defaults={
            "goal": clean(asked.goal).strip(),
            "tried": clean(asked.tried).strip(),
            "questions": clean(asked.questions).strip(),
            "others": one_line(asked.others),
            "language": asked.language,
        },
    )
    # Only colleagues of the same city, and never somebody twice.
    wanted = {each.pk for each in asked.joiners} - {session.booked_by_id, session.expert_id}
    here = set(
        Seat.objects.filter(partnership__city=session.city_id, person__in=wanted).values_list(
            "person", flat=True
        )
    )
    Joiner.objects.filter(session=session).exclude(person__in=here).delete()
    for person in sorted(here):
        Joiner.objects.get_or_create(session=session, person_id=person)


def _what_for(session: Session, asked: Asked) -> str:
    """What the ledger tells colleagues: with whom and about what, not the questions."""
    about = asked.topic.label() if asked.topic else shorten(asked.goal, 120)
    return _("Session with %(expert)s: %(about)s") % {
        "expert": session.expert.name,
        "about": about,
    }


@transaction.atomic
def prepare(session: Session, asked: Asked, *, by: Viewer) -> Session:
    """Change what was written before the session, and who joins."""
    session = locked_session(session)
    allow(by, "prepare", session)
    _still_booked(session)
    session.topic, session.consents_city = asked.topic, asked.consents
    session.changed_at = timezone.now()
    session.save(update_fields=["topic", "consents_city", "changed_at"])
    before = set(telling.people_of(session))
    write_preparation(session, asked, by)
    telling.joiners_changed(session, before)
    for upload in asked.files:
        add_file(session, upload, by=by)
    return session


@transaction.atomic
def move(
    session: Session, *, starts_at: datetime.datetime, by: Viewer, sequence: int | None = None
) -> Session:
    """To another time of the same expert. The hold moves along, into another period where it must.

    `sequence` is the one that the mover saw: who was slower is refused instead of moving it twice.
    """
    session = locked_session(session)
    allow(by, "move", session)
    _still_booked(session)
    _not_begun(session)
    if sequence is not None and sequence != session.sequence:
        raise Refused(
            _("Somebody changed this session since you opened the page."),
            remedy=_("Look at it again, then choose."),
        )
    span = Span(_utc(starts_at), _utc(starts_at) + session.length)
    if span.starts_at == session.starts_at:
        raise Refused(_("That is the time it has."), remedy=_("Choose another one from the list."))
    availability = _lock(Availability.objects.get(person=session.expert_id))
    _check(availability, span, session.length, by, moved=session)
    _move_unit(session, span.starts_at, by)
    was = session.starts_at
    session.starts_at, session.ends_at, session.zone = *_ends(span), availability.zone
    session.proposed_at, session.proposed_word = None, ""
    session.reminded_at = None
    _changed(session)
    take_time(session)
    telling.moved(session, by=by)
    facts = {**_facts(session), "was": was}
    journal.record("session.move", session, by=by, facts=facts)
    return session


def _ends(span: Span) -> tuple[datetime.datetime, datetime.datetime]:
    return span.starts_at, span.ends_at


def _move_unit(session: Session, when: datetime.datetime, by: Viewer) -> None:
    """In another period another unit is held first, so that a refusal leaves the old one where it is."""
    if not units.moves_to(session, when):
        return
    before = session.hold
    asked = Asked(goal=_preparation(session).goal, topic=session.topic)
    units.keep(session, units.SESSION, by=by, what_for=_what_for(session, asked), when=when)
    after, session.hold = session.hold, before
    units.settle(session, Outcome.RELEASED, by=by, reason=_("Moved into another period"))
    session.hold, session.unit = after, ""


def _preparation(session: Session) -> Preparation:
    return Preparation.objects.get(session=session)


def _changed(session: Session) -> None:
    session.sequence += 1
    session.changed_at = timezone.now()
    session.save()


@transaction.atomic
def cancel(session: Session, *, by: Viewer, word: str = "", by_mail: bool = False) -> Session:
    """Take it back, from either side. What becomes of the unit says the office's rule."""
    session = locked_session(session)
    allow(by, "cancel", session)
    if not session.is_booked:
        return session
    _not_begun(session)
    is_city = session.expert_id != by.person_id and session.city_id in by.city_ids
    ruling = (
        rules.city_cancels(session.starts_at, timezone.now())
        if is_city
        else rules.rulings()[Case.EXPERT]
    )
    return _end(session, State.CANCELLED, ruling, by=by, word=word, by_mail=by_mail)


@transaction.atomic
def decline(session: Session, *, by: Viewer, word: str) -> Session:
    """The expert can't help with this, and says why. The city has its unit back."""
    session = locked_session(session)
    allow(by, "propose", session)
    if not session.is_booked:
        return session
    _not_begun(session)
    if not one_line(word):
        raise Refused(_("Say why: the city has prepared for this."))
    return _end(session, State.DECLINED, rules.rulings()[Case.EXPERT], by=by, word=word)


def _end(
    session: Session,
    state: str,
    ruling: rules.Ruling,
    *,
    by: Viewer,
    word: str,
    by_mail: bool = False,
) -> Session:
    session.state, session.word = state, shorten(word, 500)
    session.ended_by_mail = by_mail
    session.proposed_at, session.proposed_word = None, ""
    units.settle(session, ruling.outcome, by=by, reason=ruling.label)
    _changed(session)
    TakenTime.objects.filter(session=session).delete()
    telling.ended(session, by=by)
    facts = {**_facts(session), "case": ruling.case, "unit": session.unit, "by_mail": by_mail}
    journal.record(f"session.{state}", session, by=by, facts=facts)
    return session


def _still_booked(session: Session) -> None:
    if not session.is_booked:
        raise Refused(
            _("This session is over: %(state)s.") % {"state": session.get_state_display()},
            remedy=_("Book another one."),
        )


def _not_begun(session: Session) -> None:
    if session.starts_at <= timezone.now():
        raise Refused(
            _("This session has begun already."),
            remedy=_("The expert says afterwards whether it took place."),
        )


def _facts(session: Session) -> dict[str, object]:
    return {"city": session.city_id, "starts_at": session.starts_at, "sequence": session.sequence}
