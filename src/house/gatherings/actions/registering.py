"""Coming, waiting, taking what was offered, and staying away."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.viewer import Viewer
from house.gatherings import waiting
from house.gatherings.access import runs
from house.gatherings.models import Event, Question, Registration, RegistrationState
from house.gatherings.steps import note_act, post
from house.ground.errors import Refused
from house.ground.text import clean, one_line, shorten
from house.partners import rights
from house.people.models import Person


@transaction.atomic
def register(
    event: Event,
    *,
    by: Viewer,
    seat: str,
    answers: Mapping[str, str] | None = None,
    needs: str = "",
) -> Registration:
    """A place if one is free and nobody waits; else the end of the line. Twice changes only the answers.

    `answers` holds texts by the codes of the event's questions.
    """
    rights.require(by, "gatherings.attend")
    waiting.lock(event)
    allow(by, "attend", event)
    assert by.person_id is not None  # noqa: S101 -- the policy lets no visitor attend
    if seat not in event.seat_kinds:
        raise Refused(_("This event has no such places."))
    registration = Registration.objects.filter(event=event, person=by.person_id).first()
    said: dict[str, Any] = {
        "answers": _answers(event, answers or {}),
        "needs": clean(needs).strip()[:1000],
    }
    if registration is not None and registration.is_live:
        return _say_again(registration, seat, said)
    _check_open(event)
    if registration is None:
        registration = Registration(event=event, person_id=by.person_id)
    registration.event = event
    registration.seat = seat
    registration.city_id = _city_of(by)
    registration.knew = {}
    registration.came_at, registration.came_by, registration.is_beyond = None, "", False
    registration.answers, registration.needs = said["answers"], said["needs"]
    return _stand_in(registration)


def _stand_in(registration: Registration) -> Registration:
    """A place, or the end of the line."""
    event = registration.event
    is_free = waiting.has_room(event, registration.seat)
    state = RegistrationState.CONFIRMED if is_free else RegistrationState.WAITING
    registration.state = state
    registration.turn += 1
    registration.queued_at = registration.changed_at = timezone.now()
    registration.offer_until = None
    registration.save()
    if is_free:
        post("gatherings.registered", registration)
        return registration
    waiting.move_up(event, registration.seat)
    registration.refresh_from_db()
    if registration.state == RegistrationState.WAITING:
        post("gatherings.waiting", registration)
    return registration


def _say_again(registration: Registration, seat: str, said: dict[str, Any]) -> Registration:
    if registration.seat != seat:
        raise Refused(
            _("You are registered for another kind of place already."),
            remedy=_("Give that one up first, then register again."),
        )
    for name, value in said.items():
        setattr(registration, name, value)
    registration.save(update_fields=[*said])
    return registration


def _check_open(event: Event) -> None:
    if event.is_open_for_registration:
        return
    now = timezone.now()
    if event.registration_from is not None and now < event.registration_from:
        raise Refused(_("Registration has not opened yet."))
    if not event.takes_registrations:
        raise Refused(_("Nobody needs to register for this event."))
    raise Refused(
        _("Registration is closed."), remedy=_("Write to those who look after the event.")
    )


def _answers(event: Event, given: Mapping[str, str]) -> dict[str, str]:
    kept = {}
    for question in Question.objects.filter(event=event):
        answer = clean(given.get(question.code, "")).strip()[:2000]
        if question.is_needed and not answer:
            raise Refused(_("Please answer: %(question)s") % {"question": question.text})
        if answer:
            kept[question.code] = answer
    return kept


def _city_of(by: Viewer) -> str | None:
    """The city for which she comes: her own, as long as she sits for it."""
    home = Person.objects.filter(pk=by.person_id).values_list("city", flat=True).first()
    return home if home in by.city_ids else min(by.city_ids, default=None)


@transaction.atomic
def cancel_registration(registration: Registration, *, by: Viewer) -> Registration:
    """Stay away, or leave the line. What she held is offered to the next. Twice changes nothing."""
    allow(by, "cancel", registration)
    if registration.event.is_over:
        raise Refused(_("This event is over."))
    waiting.leave(registration)
    registration.answered = ""  # if she comes again, it is not by what her calendar once said
    registration.save(update_fields=["answered"])
    return registration


@transaction.atomic
def accept_offer(registration: Registration, *, by: Viewer) -> Registration:
    """Take the offered place, until its deadline. Twice changes nothing."""
    rights.require(by, "gatherings.attend")
    allow(by, "accept", registration)
    event = waiting.lock(registration.event)
    registration.refresh_from_db()
    registration.event = event
    if registration.state == RegistrationState.CONFIRMED:
        return registration
    until = registration.offer_until
    is_offered = registration.state == RegistrationState.OFFERED
    if not is_offered or until is None or until <= timezone.now():
        raise Refused(
            _("This place is not offered to you any more."),
            remedy=_("Register again to stand in line: you keep what you answered."),
        )
    allow(by, "attend", event)
    waiting.confirm(registration)
    return registration


@transaction.atomic
def give_place(event: Event, person: Person, *, by: Viewer, seat: str, reason: str) -> Registration:
    """The office gives a place beside the line, with its reason in the journal.

    It may stand beyond the number of places; then nobody moves up until it is made good.
    """
    rights.require(by, "gatherings.run")
    reason = shorten(one_line(reason), 500)
    if not reason:
        raise Refused(_("Say why: it stands in the journal."))
    waiting.lock(event)
    if not runs(by) or seat not in event.seat_kinds:
        raise Refused(_("This event has no such places."))
    registration, _is_new = Registration.objects.get_or_create(
        event=event,
        person=person,
        defaults={"seat": seat, "state": RegistrationState.CANCELLED, "city_id": person.city_id},
    )
    if registration.state == RegistrationState.CONFIRMED:
        return registration
    registration.event = event
    waiting.confirm(registration, seat=seat, is_beyond=True)
    note_act("give_place", event, by=by, reason=reason, registration=registration.code, seat=seat)
    return registration
