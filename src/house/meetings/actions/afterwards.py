"""After a session: whether it took place, what both sides note, what is promised, what may be remembered."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.text import clean, shorten
from house.meetings import queries, rules, units
from house.meetings.actions import booking, telling
from house.meetings.models import Case, Outcome, PrivateNote, Session
from house.partners.viewing import operator
from house.people.models import Person

# every row in this file: each verb judges who acts, then works on what it locked

State = Session.State
_CASES: dict[str, str] = {
    State.CITY_ABSENT: Case.MEMBER_NO_SHOW,
    State.EXPERT_ABSENT: Case.EXPERT_NO_SHOW,
}


@transaction.atomic
def mark(session: Session, state: str, *, by: Viewer, word: str = "") -> Session:
    """The expert says what became of it: it took place, or one side did not come. Said once.

    The office may say it again, when somebody erred: the unit follows.
    """
    session = booking.locked(session)
    allow(by, "mark", session)
    if state not in {State.HELD, State.CITY_ABSENT, State.EXPERT_ABSENT}:
        raise Refused(_("Say whether it took place, or who did not come."))
    if session.state == state:
        return session
    if session.starts_at > timezone.now():
        raise Refused(_("This session has not begun yet."))
    if not session.is_booked and not by.can("visits.plan"):
        raise Refused(
            _("This was said already: %(state)s.") % {"state": session.get_state_display()},
            remedy=_("Write to the office when that was wrong."),
        )
    if session.state in {State.CANCELLED, State.DECLINED}:
        raise Refused(_("This session was taken back before it began."))
    return _marked(session, state, by=by, word=word)


def _marked(session: Session, state: str, *, by: Viewer, word: str = "") -> Session:
    outcome, reason = str(Outcome.USED), _("The session took place")
    if state in _CASES:
        ruling = rules.rulings()[_CASES[state]]
        outcome, reason = ruling.outcome, ruling.label
    session.state, session.word = state, shorten(word, 500)
    session.marked_at = session.changed_at = timezone.now()
    units.settle(session, outcome, by=by, reason=reason)
    session.save()
    facts = {"city": session.city_id, "state": state, "unit": session.unit}
    journal.record("session.mark", session, by=by, facts=facts)
    return session


@transaction.atomic
def settle_unmarked(session: Session, *, by: Viewer) -> Session:
    """Nobody said what became of it: after the days that the office set, its rule decides, and it hears."""
    session = booking.locked(session)
    if not session.is_booked or session.ends_at > timezone.now():
        return session
    ruling = rules.rulings()[Case.UNMARKED]
    session.state, session.marked_at = State.HELD, timezone.now()
    units.settle(session, ruling.outcome, by=by, reason=ruling.label)
    session.save()
    telling.unmarked(session)
    facts = {"city": session.city_id, "unit": session.unit}
    journal.record("session.settle", session, by=by, facts=facts)
    return session


def settle_all_unmarked() -> int:
    """How many were settled. Safe to run twice: what is settled is not unmarked."""
    found = queries.unmarked(rules.rulings()[Case.UNMARKED].number)
    pks = list(found.values_list("pk", flat=True))
    for pk in pks:
        settle_unmarked(Session(pk=pk), by=operator())
    return len(pks)


@transaction.atomic
def give_back(session: Session, *, by: Viewer, reason: str) -> Session:
    """The office gives the unit back, whatever the rule said."""
    session = booking.locked(session)
    allow(by, "give_back", session)
    units.settle(session, Outcome.REFUNDED, by=by, reason=reason)
    session.save(update_fields=["unit"])
    return session


@transaction.atomic
def write_notes(session: Session, *, notes: str, was: str | None, by: Viewer) -> Session:
    """Notes that both sides read and write. `was` is what the writer began with: nobody overwrites unseen."""
    session = booking.locked(session)
    allow(by, "note", session)
    notes = clean(notes).strip()
    if was is not None and clean(was).strip() != session.notes and notes != session.notes:
        raise Refused(
            _("Somebody else changed the notes since you opened them."),
            remedy=_("Theirs stand below; put yours together with them and save again."),
        )
    session.notes = notes
    session.save(update_fields=["notes"])
    return session


def write_private_note(session: Session, *, text: str, by: Viewer) -> None:
    """For the writer alone; an empty one goes."""
    allow(by, "note", session)
    text, writer = clean(text).strip(), Person.objects.get(pk=by.person_id)
    if text:
        PrivateNote.objects.update_or_create(
            session=session, person=writer, defaults={"text": text}
        )
    else:
        PrivateNote.objects.filter(session=session, person=writer).delete()


@transaction.atomic
def set_link(session: Session, *, link: str, by: Viewer) -> Session:
    """Where both meet. The city sees it shortly before the session begins."""
    session = booking.locked(session)
    allow(by, "propose", session)
    session.link = link
    session.save(update_fields=["link"])
    return session


@transaction.atomic
def consent(session: Session, *, agrees: bool, by: Viewer) -> Session:
    """Each side says for itself whether what came of it may be offered to the memory of the house."""
    session = booking.locked(session)
    allow(by, "note", session)
    side = "consents_expert" if by.person_id == session.expert_id else "consents_city"
    if side == "consents_city" and by.person_id != session.booked_by_id:
        raise Refused(_("Who booked the session agrees for the city."))
    if session.offered_at is not None:
        raise Refused(_("It was offered already: a curator decides with you."))
    setattr(session, side, agrees)
    session.save(update_fields=[side])
    return session


def ask_whether_held() -> int:
    """Ask each expert once, soon after the end."""
    asked = 0
    due = Session.objects.over().filter(asked_at=None)
    for pk in due.values_list("pk", flat=True):
        with transaction.atomic():
            session = booking.locked(Session(pk=pk))
            if session.is_booked and session.asked_at is None:
                session.asked_at = timezone.now()
                session.save(update_fields=["asked_at"])
                telling.asked(session)
                asked += 1
    return asked


def remind(ahead: datetime.timedelta) -> int:
    """One reminder to each who meets, that long before it begins; none for what was booked later."""
    now = timezone.now()
    due = Session.objects.filter(
        state=State.BOOKED, reminded_at=None, starts_at__gt=now, starts_at__lte=now + ahead
    )
    reminded = 0
    for pk in due.values_list("pk", flat=True):
        with transaction.atomic():
            session = booking.locked(Session(pk=pk))
            if session.is_booked and session.reminded_at is None:
                session.reminded_at = now
                session.save(update_fields=["reminded_at"])
                if session.booked_at <= session.starts_at - ahead:
                    telling.reminded(session)
                    reminded += 1
    return reminded
