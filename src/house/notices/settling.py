"""What became of letters: their own state, and the rows that the office looks at."""

from collections.abc import Sequence
from typing import cast

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from house.ground.text import one_line
from house.notices.models import Letter, Mail
from house.notices.packing import Parcel
from house.notices.retrying import next_try
from house.notices.transport import suppress

# every row in this file: mail is sent and settled, whoever looks

State = Letter.State
_MAIL = {
    State.SENT: Mail.State.SENT,
    State.WITHHELD: Mail.State.WITHHELD,
    State.REFUSED: Mail.State.REFUSED,
}


def note(parcels: Sequence[Parcel]) -> None:
    """One row a letter, before it is carried: a report of a bounce may be faster than we are."""
    wanted = {parcel.message_id: parcel for parcel in parcels if parcel.message or parcel.is_told}
    for mail in Mail.objects.filter(message_id__in=wanted):
        wanted.pop(mail.message_id).mail = mail
    made = [_row(parcel) for parcel in wanted.values()]
    Mail.objects.bulk_create(made)


def _row(parcel: Parcel) -> Mail:
    letter = parcel.letter
    subject = one_line(str(parcel.message.subject))[:200] if parcel.message else ""
    parcel.mail = Mail(
        message_id=parcel.message_id,
        to=letter.person.email.lower(),
        person_id=letter.person_id,
        kind=letter.kind,
        subject=subject,
        state=Mail.State.WAITING,
        tries=0,
    )
    return parcel.mail


@transaction.atomic
def settle(parcels: Sequence[Parcel], name: str) -> None:
    """Only of letters that are still this process's own."""
    now = timezone.now()
    sent = [parcel for parcel in parcels if parcel.state == State.SENT]
    _held(sent, name).update(
        state=State.SENT,
        claim="",
        claimed_until=None,
        changed_at=now,
        error="",
        tries=F("tries") + 1,
    )
    _mails(sent).update(state=Mail.State.SENT, changed_at=now, error="", tries=F("tries") + 1)
    for parcel in parcels:
        if parcel.state != State.SENT:
            _settle_other(parcel, name)


def _settle_other(parcel: Parcel, name: str) -> None:
    now, tries = timezone.now(), parcel.letter.tries
    state, error, again = parcel.state, parcel.error, None
    if failure := parcel.failure:
        tries, error = tries + 1, failure.told
        again = None if failure.is_lasting else next_try(tries, now)
        state = State.WAITING if again else State.REFUSED
    facts = {"error": one_line(error)[:300], "tries": tries, "changed_at": now}
    _held([parcel], name).update(
        **facts, state=state, claim="", claimed_until=None, not_before=again or now
    )
    _mails([parcel]).update(**facts, state=_MAIL.get(cast("State", state), Mail.State.WAITING))
    if failure and failure.is_address and parcel.mail:
        suppress(parcel.mail, failure.told)


def _held(parcels: Sequence[Parcel], name: str):  # noqa: ANN202 -- a queryset of letters
    pks = [parcel.letter.pk for parcel in parcels]
    return Letter.objects.filter(pk__in=pks, state=State.SENDING, claim=name)


def _mails(parcels: Sequence[Parcel]):  # noqa: ANN202 -- a queryset of mails
    return Mail.objects.filter(message_id__in=[parcel.message_id for parcel in parcels])
