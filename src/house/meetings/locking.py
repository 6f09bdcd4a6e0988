"""Takes a session or visit for one writer at a time. The caller has fetched it through its door."""

from house.meetings.models import Session, Visit

# every row in this file: the row that the caller has


def locked_session(session: Session) -> Session:
    return (
        Session.objects.select_for_update(of=("self",))
        .select_related("expert", "city", "booked_by", "topic", "hold")
        .get(pk=session.pk)
    )


def locked_visit(visit: Visit) -> Visit:
    return (
        Visit.objects.select_for_update(of=("self",))
        .select_related("city", "asked_by", "lead", "hold")
        .get(pk=visit.pk)
    )
