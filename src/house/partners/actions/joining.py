"""A colleague asks her city for a seat; its coordinator, or the office, answers."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.journal import record
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.text import clean, one_line
from house.partners import tasks
from house.partners.actions.invitations import invite, new_person
from house.partners.actions.seats import fill, locked
from house.partners.domains import is_of_city, refuse_look_alike
from house.partners.models import JoinRequest, Partnership, Seat
from house.partners.viewing import viewer_for
from house.people.addresses import plain_address
from house.people.models import Person
from house.vocabulary.models import City

# every row in this file: each verb asks the request's policy first, or acts for whoever proved her address


@transaction.atomic
def ask_to_join(city: City, *, email: str, name: str, title: str, words: str = "") -> JoinRequest:
    """Put the question to the city's coordinators. The caller has proof that the address is hers.

    Asking again while the first question waits gives the first. Raises `ValidationError` for an address
    that imitates the city's, `Refused` where she can't ask.
    """
    address = plain_address(email)
    refuse_look_alike(address, city.pk)
    if not Partnership.objects.running().filter(city=city).exists():
        raise Refused(_("This city has no running partnership."))
    person = Person.objects.filter(email__iexact=address).first()
    if person is not None and not person.is_active:
        raise Refused(
            _("This address can't take a seat."), remedy=_("Write to the foundation: it can help.")
        )
    if person is not None and city.pk in viewer_for(person).city_ids:
        raise Refused(_("You hold a seat of this city already."))
    asked, is_new = JoinRequest.objects.get_or_create(
        city=city,
        email=address,
        answer="",
        defaults={
            "person": person,
            "name": one_line(name),
            "title": one_line(title),
            "words": clean(words).strip(),
        },
    )
    if is_new:
        record(
            "join.ask", asked, by=viewer_for(person) if person else Viewer(), facts=_facts(asked)
        )
        tasks.after_commit(tasks.tell_coordinators, asked.pk)
    return asked


@transaction.atomic
def approve_request(asked: JoinRequest, *, seat: Seat, by: Viewer) -> JoinRequest:
    """Give her an empty seat. An address outside the city's domains gets an invitation that the office sees.

    Approving again changes nothing.
    """
    allow(by, "answer", asked)
    locked(seat, "manage", by)
    _hold(asked)
    if asked.answer == JoinRequest.Answer.APPROVED:
        return asked
    _require_unanswered(asked)
    if seat.partnership.city_id != asked.city_id:
        raise Refused(_("This seat is another city's."))
    if by.can("office.partnerships") or is_of_city(asked.email, asked.city_id):
        asked.person = asked.person or _person_of(asked, seat)
        if not asked.person.is_active:
            raise Refused(_("This person was suspended."), remedy=_("Write to the foundation."))
        fill(seat, asked.person)
    else:
        invite(seat, email=asked.email, name=asked.name, by=by)
    _answer(asked, JoinRequest.Answer.APPROVED, by, seat=seat)
    return asked


@transaction.atomic
def decline_request(asked: JoinRequest, *, by: Viewer, reply: str = "") -> JoinRequest:
    """Say no, with a word. She may ask again. Declining again changes nothing."""
    allow(by, "answer", asked)
    _hold(asked)
    if asked.answer == JoinRequest.Answer.DECLINED:
        return asked
    _require_unanswered(asked)
    _answer(asked, JoinRequest.Answer.DECLINED, by, reply=one_line(reply))
    return asked


def _answer(
    asked: JoinRequest, answer: str, by: Viewer, *, seat: Seat | None = None, reply: str = ""
) -> None:
    asked.answer, asked.answered_at, asked.answered_by_id = answer, timezone.now(), by.person_id
    asked.seat, asked.reply = seat, reply
    asked.save(update_fields=["answer", "answered_at", "answered_by", "seat", "reply", "person"])
    record(f"join.{answer}", asked, by=by, reason=reply, facts=_facts(asked))
    tasks.after_commit(tasks.tell_answer, asked.pk)


def _person_of(asked: JoinRequest, seat: Seat) -> Person:
    known: Person | None = Person.objects.filter(email__iexact=asked.email).first()
    return known or new_person(asked.email, asked.name, seat)


def _require_unanswered(asked: JoinRequest) -> None:
    if asked.answer:
        raise Refused(
            _("Somebody answered this request already: %(answer)s.")
            % {"answer": asked.get_answer_display()}
        )


def _hold(asked: JoinRequest) -> None:
    """The same object as it stands now, held until the transaction ends."""
    asked.refresh_from_db(from_queryset=JoinRequest.objects.select_for_update(of=("self",)))


def _facts(asked: JoinRequest) -> dict[str, str]:
    """Without the address: the journal outlives an erasure."""
    return {"city": asked.city_id, "request": asked.code}
