"""What a city does with its seats. The seat stays with all it owns; people come and go."""

import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.journal import record
from house.access.viewer import Viewer
from house.ground.errors import Forbidden, Refused
from house.ground.text import one_line
from house.partners import tasks
from house.partners.access import manages
from house.partners.models import Invitation, Partnership, Seat, Tenure
from house.partners.seating import number_of_seats, require_seat
from house.people.models import Person

# every row in this file: each verb asks the seat's policy first, then reads the seats of that one city

UNDO = datetime.timedelta(days=1)
SPEAKING = (Seat.Kind.CONTACT, Seat.Kind.COORDINATOR)


def lock(partnership: Partnership) -> None:
    """Whoever moves people in a partnership waits for the others: numbers are counted under this lock."""
    Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)


def locked(seat: Seat, act: str, by: Viewer) -> Seat:
    """The seat as it stands now, held with its partnership until the transaction ends."""
    allow(by, act, seat)
    lock(seat.partnership)
    seat.refresh_from_db()
    return seat


@transaction.atomic
def create_seat(
    partnership: Partnership,
    *,
    by: Viewer,
    title: str,
    team: str = "",
    kind: str = Seat.Kind.MEMBER,
) -> Seat:
    """An empty seat, if the partnership has one left."""
    if not manages(by, partnership.city_id):
        raise Forbidden(
            _("Only this city's coordinator and the foundation look after its seats."),
            remedy=_("Ask who coordinates for your city."),
        )
    lock(partnership)
    require_seat(partnership)
    seat = Seat.objects.create(
        partnership=partnership, title=one_line(title), team=one_line(team), kind=kind
    )
    record("seat.create", seat, by=by, facts=_facts(seat))
    return seat


@transaction.atomic
def edit_seat(seat: Seat, *, by: Viewer, title: str, team: str, kind: str) -> Seat:
    """Name it anew. The last one who speaks for a city keeps speaking."""
    locked(seat, "manage", by)
    if seat.kind in SPEAKING and kind not in SPEAKING:
        _keep_a_speaker(seat, by)
    before = _facts(seat)
    seat.title, seat.team, seat.kind = one_line(title), one_line(team), kind
    if _facts(seat) != before:
        seat.save(update_fields=["title", "team", "kind"])
        record("seat.edit", seat, by=by, facts=_facts(seat) | {"before": before})
    return seat


@transaction.atomic
def free_seat(seat: Seat, *, by: Viewer, reason: str = "") -> Seat:
    """She loses the seat and its rights at once; what belongs to the seat stays with it."""
    locked(seat, "manage", by)
    if seat.person is None:
        return seat
    _keep_a_speaker(seat, by)
    person = seat.person
    empty(seat)
    record("seat.free", seat, by=by, reason=reason, facts=_facts(seat) | {"person": person.pk})
    transaction.on_commit(partial(tasks.tell_seat_lost.enqueue, seat.pk, person.pk))
    return seat


@transaction.atomic
def put_back(seat: Seat, *, by: Viewer) -> Seat:
    """Undo of `free_seat`, for a day, while the seat is still empty."""
    locked(seat, "manage", by)
    last = Tenure.objects.select_related("person").filter(seat=seat).first()
    if seat.person_id is not None and last is not None and last.person_id == seat.person_id:
        return seat
    if not may_be_put_back(seat, last):
        raise Refused(
            _("This can no longer be undone."), remedy=_("Invite her again: the seat is free.")
        )
    assert last is not None and last.person is not None  # noqa: S101, PT018 -- `may_be_put_back` looked
    fill(seat, last.person)
    record("seat.put-back", seat, by=by, facts=_facts(seat) | {"person": seat.person_id})
    return seat


def may_be_put_back(seat: Seat, last: Tenure | None) -> bool:
    if seat.person_id is not None or last is None or last.ended_at is None or last.person is None:
        return False
    return last.person.is_active and timezone.now() - last.ended_at < UNDO


@transaction.atomic
def hand_over(seat: Seat, *, to: Person, by: Viewer) -> Seat:
    """A colleague of the same city takes the seat; who held it leaves, and so does her old seat's place.

    The successor gets a mail with a link to what the seat owns, owes, follows and has coming up. Somebody
    without a seat is invited instead, so that she agrees.
    """
    locked(seat, "manage", by)
    if seat.person_id == to.pk:
        return seat
    own = Seat.objects.filter(partnership=seat.partnership_id, person=to).first()
    if own is None:
        raise Refused(
            _("Only a colleague who sits for this city can take the seat at once."),
            remedy=_("Invite her to the seat: it changes hands when she accepts."),
        )
    if own.kind in SPEAKING and seat.kind not in SPEAKING:
        _keep_a_speaker(own, by)
    before = seat.person_id
    empty(own)
    empty(seat)
    fill(seat, to)
    record("seat.hand-over", seat, by=by, facts=_facts(seat) | {"from": before, "to": to.pk})
    transaction.on_commit(partial(tasks.send_brief.enqueue, seat.pk))
    return seat


@transaction.atomic
def move_person(seat: Seat, *, to: Seat, by: Viewer) -> Seat:
    """She changes to an empty seat of the same city. What the seats own stays where it is."""
    locked(seat, "manage", by)
    to.refresh_from_db()
    if to.partnership_id != seat.partnership_id:
        raise Refused(_("People move between seats of one city."))
    if seat.person is None or to.pk == seat.pk:
        return seat
    if to.person_id is not None:
        raise Refused(
            _("Somebody sits there already."), remedy=_("Choose an empty seat, or hand one over.")
        )
    if to.kind not in SPEAKING:
        _keep_a_speaker(seat, by)
    person = seat.person
    empty(seat)
    fill(to, person)
    record("seat.move", to, by=by, facts=_facts(to) | {"person": person.pk, "from": seat.code})
    transaction.on_commit(partial(tasks.send_brief.enqueue, to.pk))
    return to


@transaction.atomic
def close_seat(seat: Seat, *, by: Viewer) -> None:
    """An empty seat that nothing depends on goes, and its place is free for another."""
    locked(seat, "manage", by)
    if seat.person_id is not None:
        raise Refused(_("Somebody sits there."), remedy=_("Remove or move her first."))
    if Invitation.objects.filter(seat=seat).pending().exists():
        raise Refused(_("Somebody is invited to it."), remedy=_("Withdraw the invitation first."))
    if claims := _claims(seat):
        raise Refused(
            _("The seat owns things that would be nobody's: %(claims)s.")
            % {"claims": ", ".join(claims)},
            remedy=_("Let another seat own them first, or keep this one for a successor."),
        )
    record("seat.close", seat, by=by, facts=_facts(seat))
    seat.delete()


def fill(seat: Seat, person: Person) -> None:
    """Put a person in an empty seat and begin her term. The caller holds the partnership's lock.

    Raises `Refused` when somebody sits there, when she sits elsewhere for the city, or when more would
    sit than the partnership has seats.
    """
    seats = Seat.objects.filter(partnership=seat.partnership_id, person__isnull=False)
    if seat.person_id is not None:
        raise Refused(
            _("Somebody else has taken this seat."),
            remedy=_("Ask your coordinator for another one."),
        )
    if seats.filter(person=person).exists():
        raise Refused(
            _("She holds a seat of this city already."), remedy=_("Move her to this one instead.")
        )
    if seats.count() >= number_of_seats(seat.partnership):
        raise Refused(
            _("All seats of this partnership are taken."),
            remedy=_("Ask the foundation for more, or free one."),
        )
    seat.person = person
    seat.save(update_fields=["person"])
    Tenure.objects.create(seat=seat, person=person, began_at=timezone.now())
    _bring_home(person, seat.partnership.city_id)


def empty(seat: Seat) -> None:
    """Take whoever sits there out and end her term. The caller holds the partnership's lock."""
    if seat.person is None:
        return
    now = timezone.now()
    if not Tenure.objects.filter(seat=seat, ended_at=None).update(ended_at=now):
        # She sat here before terms were kept: since she and the partnership were both there.
        begun = datetime.datetime.combine(
            seat.partnership.starts_on, datetime.time(), tzinfo=datetime.UTC
        )
        Tenure.objects.create(
            seat=seat,
            person=seat.person,
            began_at=min(now, max(begun, seat.person.date_joined)),
            ended_at=now,
        )
    seat.person = None
    seat.save(update_fields=["person"])


def _bring_home(person: Person, city_id: str) -> None:
    """Her profile names the city she sits for, unless she sits for the one it names."""
    elsewhere = Seat.objects.filter(
        person=person,
        partnership__city=person.city_id,
        partnership__in=Partnership.objects.running(),
    )
    if person.city_id != city_id and not elsewhere.exists():
        person.city_id = city_id
        person.save(update_fields=["city"])


def _keep_a_speaker(seat: Seat, by: Viewer) -> None:
    """Raise `Refused` where nobody would speak for the city any more; the office may all the same."""
    if seat.person_id is None or seat.kind not in SPEAKING or by.can("office.partnerships"):
        return
    others = Seat.objects.filter(
        partnership=seat.partnership_id, kind__in=SPEAKING, person__is_active=True
    ).exclude(pk=seat.pk)
    if not others.exists():
        raise Refused(
            _("Nobody would speak for the city any more."),
            remedy=_(
                "Hand the seat to a successor first, or give a colleague a coordinator's seat."
            ),
        )


def _claims(seat: Seat) -> list[str]:
    from house.partners import briefs  # noqa: PLC0415 -- rooms register there once the apps are ready

    return briefs.claims_of(seat)


def _facts(seat: Seat) -> dict[str, str | int | None]:
    return {
        "city": seat.partnership.city_id,
        "title": seat.title,
        "team": seat.team,
        "kind": str(seat.kind),
    }
