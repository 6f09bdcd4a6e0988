import secrets
from functools import partial
from typing import Any

from django.db import transaction

from house.ground.tasks import task
from house.partners import emails
from house.partners.access import manages
from house.partners.models import Invitation, JoinRequest, Seat
from house.partners.viewing import viewer_for
from house.people.models import Person

# every row in this file: each mail goes to whom the row is about, or who may see it at this moment


def after_commit(what: Any, *args: int) -> None:
    """Enqueue the task when the transaction that asks for it stands."""
    transaction.on_commit(partial(what.enqueue, *args))


@task()
def send_invitation(invitation_pk: int) -> None:
    """The mail with the link. The token is made here and kept nowhere: another run voids this one's."""
    from house.partners.actions.invitations import digest_of  # noqa: PLC0415 -- actions start this task

    with transaction.atomic():
        invitation = (
            Invitation.objects.pending()
            .select_for_update(of=("self",))
            .select_related("seat__partnership__city", "invited_by")
            .filter(pk=invitation_pk, sent_at__isnull=False)
            .first()
        )
        if invitation is None:
            return
        token = secrets.token_urlsafe(32)
        invitation.digest = digest_of(token)
        invitation.save(update_fields=["digest"])
        emails.invitation_mail(invitation, token).send()


@task()
def send_brief(seat_pk: int) -> None:
    """Tell who holds the seat now where to read what comes with it."""
    seat = _seat(seat_pk)
    if seat is not None and seat.person is not None and seat.person.is_active:
        emails.brief_mail(seat, seat.person).send()


@task()
def tell_seat_lost(seat_pk: int, person_pk: int) -> None:
    seat, person = _seat(seat_pk), Person.objects.filter(pk=person_pk, is_active=True).first()
    # Put back in the meantime: there is nothing to tell.
    if seat is not None and person is not None and seat.person_id != person.pk:
        emails.seat_lost_mail(seat, person).send()


@task()
def tell_coordinators(request_pk: int) -> None:
    """A mail to each who speaks for the city now; the page it leads to asks for her sign-in."""
    asked = JoinRequest.objects.waiting().select_related("city").filter(pk=request_pk).first()
    if asked is None:
        return
    speaking = Seat.objects.filter(
        partnership__city=asked.city_id, person__is_active=True, kind__in=["contact", "coordinator"]
    ).select_related("person")
    for person in {seat.person for seat in speaking if seat.person is not None}:
        if manages(viewer_for(person), asked.city_id):
            emails.request_mail(asked, person).send()


@task()
def tell_answer(request_pk: int) -> None:
    asked = JoinRequest.objects.select_related("city", "seat").filter(pk=request_pk).first()
    if asked is not None and asked.answer:
        emails.answer_mail(asked).send()


def _seat(seat_pk: int) -> Seat | None:
    return Seat.objects.select_related("partnership__city", "person").filter(pk=seat_pk).first()
