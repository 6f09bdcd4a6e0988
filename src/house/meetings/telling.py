"""Who hears of what: letters with invitations to those who meet, and notices in the house."""

from collections.abc import Iterable

from house.access.viewer import Viewer
from house.meetings.models import Joiner, ProgrammeRow, Promise, Session, Visit
from house.notices import happenings, letters
from house.notices.happenings import Reason
from house.people.models import Person

# every row in this file: whom to tell; what she is told is asked of the door when it is sent


def people_of(session: Session) -> list[int]:
    joiners = Joiner.objects.filter(session=session).values_list("person", flat=True)
    return [session.expert_id, session.booked_by_id, *joiners]


def _post(session: Session, kind: str, persons: Iterable[int]) -> None:
    for person in dict.fromkeys(persons):
        key = f"{kind}:{session.code}:{session.sequence}:{person}"
        letters.post(f"meetings.{kind}", session, person, key=key)


def _tell(session: Session, what: str, *, by: Viewer | None) -> None:
    happenings.tell(
        "meetings.session",
        session,
        key=f"meetings.session:{session.code}:{what}:{session.sequence}",
        by=by,
        to=dict.fromkeys(people_of(session), Reason.OWN),
    )


def booked(session: Session, *, by: Viewer) -> None:
    _post(session, "session_booked", people_of(session))
    _tell(session, "booked", by=by)


def moved(session: Session, *, by: Viewer) -> None:
    _post(session, "session_changed", people_of(session))
    _tell(session, "moved", by=by)


def handed_over(session: Session, *, by: Viewer) -> None:
    moved(session, by=by)


def joiners_changed(session: Session, before: set[int]) -> None:
    """Who joins now is invited, and who does not any more takes it out of her calendar."""
    now = set(people_of(session))
    # A colleague may come and go more than once: each time is told once.
    turn = session.changed_at.isoformat()
    for kind, persons in (("session_joined", now - before), ("session_left", before - now)):
        for person in sorted(persons):
            key = f"{kind}:{session.code}:{turn}:{person}"
            letters.post(f"meetings.{kind}", session, person, key=key)


def passed_from(session: Session, *, by: Viewer) -> None:
    """Called before the session changes hands: who had it takes it out of her calendar."""
    key = f"session_left:{session.code}:{session.sequence}:{session.expert_id}"
    letters.post("meetings.session_left", session, session.expert_id, key=key)


def passed_on(session: Session, *, by: Viewer, word: str) -> None:
    moved(session, by=by)


def ended(session: Session, *, by: Viewer) -> None:
    _post(session, "session_ended", people_of(session))
    _tell(session, "ended", by=by)


def proposed(session: Session, *, by: Viewer) -> None:
    moment = session.proposed_at.isoformat() if session.proposed_at else ""
    key = f"session_proposed:{session.code}:{moment}"
    letters.post("meetings.session_proposed", session, session.booked_by_id, key=key)


def proposal_left(session: Session, *, by: Viewer) -> None:
    happenings.tell(
        "meetings.session",
        session,
        key=f"meetings.session:{session.code}:kept:{session.changed_at.isoformat()}",
        by=by,
        to={session.expert_id: Reason.OWN},
    )


def reminded(session: Session) -> None:
    _post(session, "session_reminder", people_of(session))


def asked(session: Session) -> None:
    _post(session, "session_asked", [session.expert_id])


def unmarked(session: Session) -> None:
    office = Person.objects.filter(is_office=True, is_active=True).values_list("pk", flat=True)
    _post(session, "session_unmarked", office)


def promise_due(promise: Promise, day: str) -> None:
    key = f"promise:{promise.code}:{day}"
    letters.post("meetings.promise", promise, promise.owner_id, key=key)


# -- Visits -----------------------------------------------------------------------------------------


def planners_of(visit: Visit) -> list[int]:
    """Who looks after it; while nobody does, the whole office."""
    if visit.lead_id:
        return [visit.lead_id]
    return list(Person.objects.filter(is_office=True, is_active=True).values_list("pk", flat=True))


def named_in(visit: Visit) -> list[int]:
    rows = ProgrammeRow.members.through.objects.filter(programmerow__visit=visit)
    return sorted(set(rows.values_list("person", flat=True)))


def visit_asked(visit: Visit) -> None:
    for person in planners_of(visit):
        letters.post(
            "meetings.visit_asked", visit, person, key=f"visit_asked:{visit.code}:{person}"
        )


def visit_moved_on(visit: Visit, what: str, *, by: Viewer) -> None:
    """To the other side than who acted."""
    is_planner = by.can("visits.plan")
    others = [visit.asked_by_id] if is_planner else planners_of(visit)
    for person in others:
        letters.post(
            "meetings.visit_moved_on", visit, person, key=f"visit:{visit.code}:{what}:{person}"
        )
    happenings.tell(
        "meetings.visit",
        visit,
        key=f"meetings.visit:{visit.code}:{what}",
        by=by,
        to=dict.fromkeys({visit.asked_by_id, *planners_of(visit)}, Reason.OWN),
    )


def part_of(visit: Visit) -> list[int]:
    """Everybody of the house who has a part in the day."""
    return list(dict.fromkeys([visit.asked_by_id, *planners_of(visit), *named_in(visit)]))


def visit_left(visit: Visit, before: set[int]) -> None:
    """Who had a part in the version before and has none now takes the day out of her calendar."""
    for person in sorted(before - set(part_of(visit))):
        key = f"visit_left:{visit.code}:{visit.sequence}:{person}"
        letters.post("meetings.visit_left", visit, person, key=key)


def visit_dated(visit: Visit) -> None:
    """An invitation to everybody of the house who has a part in the day."""
    for person in part_of(visit):
        key = f"visit_dated:{visit.code}:{visit.sequence}:{person}"
        letters.post("meetings.visit_dated", visit, person, key=key)


def visit_soon(visit: Visit) -> None:
    for person in part_of(visit):
        key = f"visit_soon:{visit.code}:{visit.day}:{person}"
        letters.post("meetings.visit_soon", visit, person, key=key)


def visit_ended(visit: Visit, *, by: Viewer) -> None:
    for person in part_of(visit):
        letters.post(
            "meetings.visit_ended", visit, person, key=f"visit_ended:{visit.code}:{person}"
        )
    happenings.tell(
        "meetings.visit",
        visit,
        key=f"meetings.visit:{visit.code}:ended",
        by=by,
        to=dict.fromkeys([visit.asked_by_id, *planners_of(visit)], Reason.OWN),
    )
