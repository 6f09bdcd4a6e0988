"""What an answer from somebody's calendar changes: an invitation accepted, or a session declined by mail."""

import datetime

from django.db import transaction
from django.db.models import Q

from house.ground.errors import Refused
from house.meetings.actions import booking
from house.meetings.locking import locked_session
from house.meetings.models import Joiner, Session
from house.notices.calendars import Answer
from house.partners.viewing import viewer_for
from house.people.models import Person

# every row in this file: found for the person who answers, and judged by the verb


@transaction.atomic
def answered(
    code: str, person_id: int, answer: Answer, sequence: int, at: datetime.datetime
) -> str:
    """In a word what was done: "noted", "cancelled", "old", "late" or "unknown".

    Who booked, or the expert, takes the session back by declining: that is a cancellation as by the button,
    under the same rule. Others are noted. What answers an earlier time or comes twice changes nothing.
    """
    joins = Joiner.objects.filter(person=person_id).values("session")
    hers = Q(booked_by=person_id) | Q(expert=person_id) | Q(pk__in=joins)
    found = Session.objects.filter(hers, code=code).first()
    if found is None:
        return "unknown"
    session = locked_session(found)
    is_old = session.answered_at is not None and at <= session.answered_at
    if sequence < session.sequence or (is_old and person_id == session.booked_by_id):
        return "old"
    if not session.is_booked:
        return "late"
    if person_id not in {session.booked_by_id, session.expert_id}:
        return "noted"
    if person_id == session.booked_by_id:
        session.answer, session.answered_sequence, session.answered_at = answer, sequence, at
        session.save(update_fields=["answer", "answered_sequence", "answered_at"])
    if answer != "DECLINED":
        return "noted"
    by = viewer_for(Person.objects.get(pk=person_id))
    try:
        with transaction.atomic():
            booking.cancel(session, by=by, by_mail=True)
    except Refused:
        return "late"
    return "cancelled"
