"""Answers from somebody's calendar to our invitations change her registration."""

import datetime

from django.db import transaction

from house.gatherings import actions
from house.gatherings.ics import KIND
from house.gatherings.models import Registration, RegistrationState
from house.ground.errors import Refused
from house.notices import calendars
from house.notices.calendars import Answer
from house.partners.viewing import viewer_for

# every row in this file: the mail was believed to be of the person whose registration it is


@transaction.atomic
def answered(
    code: str, person_id: int, answer: Answer, sequence: int, at: datetime.datetime
) -> str:
    """Accept takes what was offered; decline gives the place back to who is next in line.

    An answer that is older than one that was heeded changes nothing. Coming again after a decline goes
    through the same door as anybody: by accepting she stands at the end of the line, if there is one.
    """
    registration = (
        Registration.objects.select_related("event", "person")
        .filter(event__code=code, person=person_id)
        .first()
    )
    if registration is None:
        return "unknown"
    if registration.answered_at is not None and at <= registration.answered_at:
        return "old"
    try:
        with transaction.atomic():
            word = _heed(registration, answer)
    except Refused:
        word = "refused"
    Registration.objects.filter(pk=registration.pk).update(answered_at=at, answered=answer)
    return word


def _heed(registration: Registration, answer: Answer) -> str:
    viewer = viewer_for(registration.person)
    if answer == "DECLINED":
        if not registration.is_live:
            return "noted"
        actions.cancel_registration(registration, by=viewer)
        return "given back"
    if answer == "TENTATIVE" or registration.state == RegistrationState.CONFIRMED:
        return "noted"
    if registration.state == RegistrationState.OFFERED:
        actions.accept_offer(registration, by=viewer)
        return "taken"
    if registration.state == RegistrationState.WAITING:
        return "noted"
    again = actions.register(
        registration.event,
        by=viewer,
        seat=registration.seat,
        answers=registration.answers,
        needs=registration.needs,
    )
    return "registered" if again.is_coming else "in line"


def register() -> None:
    calendars.register_answers(KIND, answered)
