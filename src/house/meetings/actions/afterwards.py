"""After a session: whether it took place, what both sides note, what is promised, what may be remembered."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import Overtaken, Refused
from house.ground.text import clean, shorten
from house.meetings import rules, units
from house.meetings.locking import locked_session
from house.meetings.models import Case, Outcome, PrivateNote, Session
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
    session = locked_session(session)
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
def give_back(session: Session, *, by: Viewer, reason: str) -> Session:
    """The office gives the unit back, whatever the rule said."""
    session = locked_session(session)
    allow(by, "give_back", session)
    units.settle(session, Outcome.REFUNDED, by=by, reason=reason)
    session.save(update_fields=["unit"])
    return session


@transaction.atomic
def write_notes(session: Session, *, notes: str, was: str | None, by: Viewer) -> Session:
    """Notes that both sides read and write. `was` is what the writer began with: nobody overwrites unseen."""
    session = locked_session(session)
    allow(by, "note", session)
    notes = clean(notes).strip()
    if was is not None and clean(was).strip() != session.notes and notes != session.notes:
        raise Overtaken(
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
    session = locked_session(session)
    allow(by, "propose", session)
    session.link = link
    session.save(update_fields=["link"])
    return session


@transaction.atomic
def consent(session: Session, *, agrees: bool, by: Viewer) -> Session:
    """Each side says for itself whether what came of it may be offered to the memory of the house."""
    session = locked_session(session)
    allow(by, "note", session)
    side = "consents_expert" if by.person_id == session.expert_id else "consents_city"
    if side == "consents_city" and by.person_id != session.booked_by_id:
        raise Refused(_("Who booked the session agrees for the city."))
    if session.offered_at is not None:
        raise Refused(_("It was offered already: a curator decides with you."))
    setattr(session, side, agrees)
    session.save(update_fields=[side])
    return session
