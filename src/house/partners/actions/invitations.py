"""A coordinator invites a colleague to a seat, and the colleague takes it."""

import hashlib
import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.journal import record
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.text import clean, one_line
from house.partners import tasks
from house.partners.actions.seats import empty, fill, lock, locked
from house.partners.domains import is_of_city, refuse_look_alike
from house.partners.models import Invitation, Seat
from house.partners.models.invitation import LASTS
from house.partners.viewing import viewer_for
from house.people.addresses import plain_address
from house.people.models import Person

# every row in this file: each verb asks the invitation's policy or its token first

_NOBODYS = "0" * 64  # compared where there is no invitation, so that the answer takes as long


@transaction.atomic
def invite(seat: Seat, *, email: str, name: str, by: Viewer, words: str = "") -> Invitation:
    """Ask one address to take this seat; from whoever sits there, if somebody does.

    An address outside the city's verified domains waits for the office. Inviting the same address again
    gives the invitation that stands. Raises `ValidationError` for an address that nobody may be invited at.
    """
    locked(seat, "manage", by)
    address = plain_address(email)
    city = seat.partnership.city_id
    is_own = is_of_city(address, city)
    if not is_own:
        refuse_look_alike(address, city)
    standing = Invitation.objects.unanswered().filter(seat=seat).first()
    if standing is not None:
        if standing.state != Invitation.State.EXPIRED and standing.email == address:
            return standing
        if standing.state != Invitation.State.EXPIRED:
            raise Refused(
                _("%(name)s is invited to this seat.") % {"name": standing.name},
                remedy=_("Withdraw that invitation first, or choose another seat."),
            )
        _withdraw(standing, by)
    if Seat.objects.filter(partnership=seat.partnership_id, person__email__iexact=address).exists():
        raise Refused(
            _("She holds a seat of this city already."),
            remedy=_("Hand this seat over to her, or move her."),
        )
    trusted = is_own or by.can("office.partnerships")
    invitation = Invitation.objects.create(
        seat=seat,
        email=address,
        name=one_line(name),
        words=clean(words).strip(),
        replaces_id=seat.person_id,
        invited_by_id=by.person_id,
        needs_approval=not trusted,
    )
    record("invitation.make", invitation, by=by, facts=_facts(invitation))
    if trusted:
        _send(invitation)
    return invitation


@transaction.atomic
def approve_invitation(invitation: Invitation, *, by: Viewer) -> Invitation:
    """The office lets an address outside the city's domains in. Approving twice sends one mail."""
    allow(by, "approve", invitation)
    _hold(invitation)
    if invitation.state == Invitation.State.WAITS:
        invitation.approved_at, invitation.approved_by_id = timezone.now(), by.person_id
        invitation.save(update_fields=["approved_at", "approved_by"])
        record("invitation.approve", invitation, by=by, facts=_facts(invitation))
        _send(invitation)
    return invitation


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: Viewer) -> Invitation:
    """A new mail with a new link, good for the whole time again. The old link is void at once."""
    allow(by, "manage", invitation)
    _hold(invitation)
    if invitation.state not in {Invitation.State.SENT, Invitation.State.EXPIRED}:
        raise Refused(
            _("This invitation can't be sent again: it is %(state)s.")
            % {"state": invitation.state.label.lower()}
        )
    record("invitation.resend", invitation, by=by, facts=_facts(invitation))
    _send(invitation)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Viewer) -> Invitation:
    """The link opens nothing any more. Withdrawing twice changes nothing."""
    allow(by, "manage", invitation)
    _hold(invitation)
    if invitation.accepted_at is not None:
        raise Refused(_("She has accepted already."), remedy=_("Remove her from the seat instead."))
    if invitation.withdrawn_at is None:
        _withdraw(invitation, by)
    return invitation


def opened_by(code: str, token: str) -> Invitation | None:
    """The invitation that this link is of, in any state; `None` for a foreign, old or truncated link."""
    found = (
        Invitation.objects.select_related("seat__partnership__city", "invited_by")
        .filter(code=code)
        .first()
    )
    kept = found.digest if found is not None and found.digest else _NOBODYS
    is_its = secrets.compare_digest(digest_of(token), kept)
    return found if is_its else None


def accept_invitation(code: str, token: str, *, address: str) -> Person:
    """Whoever holds the link and has proven the address (the caller looked) takes the seat.

    Makes her a person of the house if she was none. Accepting twice gives the same seat once. Raises
    `Refused`, and grants nothing, for every link that is not good now.
    """
    with transaction.atomic():
        invitation = opened_by(code, token)
        if invitation is None:
            raise Refused(
                _("This link is not complete, or a newer one has replaced it."),
                remedy=_("Open the link of the latest mail, in one piece."),
            )
        seat = invitation.seat
        lock(seat.partnership)
        _hold(invitation)
        seat.refresh_from_db()
        if not secrets.compare_digest(digest_of(token), invitation.digest):
            raise Refused(
                _("A newer mail has replaced this link."), remedy=_("Open the link of that mail.")
            )
        if address != invitation.email:
            raise Refused(
                _("This invitation is for another address."),
                remedy=_("Sign out, then open the link again and prove that address."),
            )
        person = _person_of(invitation)
        if invitation.accepted_by_id == person.pk and seat.person_id == person.pk:
            return person
        _require_open(invitation)
        _take(invitation, person)
    return person


def _require_open(invitation: Invitation) -> None:
    match invitation.state:
        case Invitation.State.SENT:
            return
        case Invitation.State.EXPIRED:
            raise Refused(
                _("This invitation has expired."), remedy=_("Ask your coordinator for a new one.")
            )
        case Invitation.State.ACCEPTED:
            raise Refused(_("This invitation was used already."), remedy=_("Sign in to go on."))
        case _:
            raise Refused(
                _("This invitation was withdrawn."), remedy=_("Ask your coordinator why.")
            )


def _take(invitation: Invitation, person: Person) -> None:
    seat, before = invitation.seat, invitation.seat.person_id
    if before is not None and before == invitation.replaces_id:
        empty(seat)
    fill(seat, person)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record(
        "invitation.accept",
        invitation,
        by=viewer_for(person),
        facts=_facts(invitation) | {"person": person.pk, "from": before},
    )
    if before is not None:
        tasks.after_commit(tasks.send_brief, seat.pk)


def _person_of(invitation: Invitation) -> Person:
    """Who she is here, or becomes now."""
    person = Person.objects.filter(email__iexact=invitation.email).first()
    if person is None:
        try:
            with transaction.atomic():
                person = new_person(invitation.email, invitation.name, invitation.seat)
        except IntegrityError:  # another invitation of hers was accepted at the same moment
            person = Person.objects.get(email__iexact=invitation.email)
    if not person.is_active:
        raise Refused(
            _("This address can't take a seat."), remedy=_("Write to the foundation: it can help.")
        )
    return person


def new_person(email: str, name: str, seat: Seat) -> Person:
    """A person whose address was proven, with what her city tells of her."""
    city = seat.partnership.city
    person: Person = Person.objects.create_user(
        email,
        name=name,
        city=city,
        job_title=seat.title,
        time_zone=city.time_zone,
    )
    return person


def digest_of(token: str) -> str:
    # A random 256-bit token needs no slow hash: there is nothing to guess.
    return hashlib.sha256(token.encode()).hexdigest()


def _hold(invitation: Invitation) -> None:
    """The same object as it stands now, held until the transaction ends."""
    invitation.refresh_from_db(from_queryset=Invitation.objects.select_for_update(of=("self",)))


def _send(invitation: Invitation) -> None:
    """Void the old link, begin the time anew, and let the mail go after commit with a link of its own."""
    invitation.digest, invitation.sent_at = "", timezone.now()
    invitation.expires_at = invitation.sent_at + LASTS
    invitation.save(update_fields=["digest", "sent_at", "expires_at"])
    tasks.after_commit(tasks.send_invitation, invitation.pk)


def _withdraw(invitation: Invitation, by: Viewer) -> None:
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record("invitation.withdraw", invitation, by=by, facts=_facts(invitation))


def _facts(invitation: Invitation) -> dict[str, str | bool]:
    """Without the address: the journal outlives an erasure."""
    return {
        "city": invitation.seat.partnership.city_id,
        "seat": invitation.seat.code,
        "outside": invitation.needs_approval,
    }
