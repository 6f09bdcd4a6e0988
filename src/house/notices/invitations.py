"""Invitations that a calendar understands (RFC 5546 by mail: RFC 6047). A room's letter calls `attach`."""

import datetime
from dataclasses import replace
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from house.ground.text import one_line
from house.notices.calendars import Answer, CalendarEvent
from house.notices.ics.lines import line
from house.notices.ics.writing import calendar, uid_of, vevent, vtimezones
from house.notices.models import CalendarInvitation
from house.people.models import Person

# every row in this file: a letter is written for its receiver, whoever acts


def attach(
    message: EmailMultiAlternatives,
    event: CalendarEvent,
    person: Person,
    *,
    method: str,
    answer: Answer | None = None,
) -> None:
    """Make the letter an invitation (`REQUEST`) or take the thing out of her calendar (`CANCEL`).

    The same again, as after a failed try, says the same again. `answer` is what she has answered before,
    in the house or by mail: then her calendar does not ask her once more. The letter goes out from the
    address that answers come to, since calendars believe only an organizer who is the sender.
    """
    if method not in {"REQUEST", "CANCEL"}:
        raise LookupError(f"No calendar letter is sent with the method {method!r}")
    row = _note(event, person, method)
    raw = written(
        event, person, method=method, answer=answer, sequence=row.sequence, at=row.sent_at
    )
    message.from_email = formataddr(organizer())
    message.attach_alternative(raw.decode(), f"text/calendar; method={method}")
    # Outlook for Mac, Thunderbird and old web mail offer the file where they don't read the part.
    message.attach("invite.ics", raw, "application/ics")


def organizer() -> tuple[str, str]:
    """(name, address): where answers come in, or without an intake whom every mail comes from."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return one_line(name) or "Digital House", settings.REPLY_ADDRESS or address


def written(
    event: CalendarEvent,
    person: Person,
    *,
    method: str,
    answer: Answer | None,
    sequence: int,
    at: datetime.datetime,
) -> bytes:
    name, address = organizer()
    is_asked = method == "REQUEST" and answer is None
    more = (
        line("ORGANIZER", f"mailto:{address}", CN=name),
        line(
            "ATTENDEE",
            f"mailto:{person.email}",
            CUTYPE="INDIVIDUAL",
            ROLE="REQ-PARTICIPANT",
            PARTSTAT=answer or "NEEDS-ACTION",
            RSVP="TRUE" if is_asked else "FALSE",
            CN=one_line(person.name) or person.email,
        ),
    )
    if method == "CANCEL":
        event = cancelled(event)
    part = vevent(event, stamped_at=at, sequence=sequence, more=more)
    return calendar([*vtimezones([event]), part], head=[line("METHOD", method)])


def cancelled(event: CalendarEvent) -> CalendarEvent:
    return replace(event, status="CANCELLED")


@transaction.atomic
def _note(event: CalendarEvent, person: Person, method: str) -> CalendarInvitation:
    """The number of this mail: never lower than that of an earlier one, and a cancellation's is higher."""
    uid = uid_of(event.kind, event.code)
    row = CalendarInvitation.objects.select_for_update().filter(person=person, uid=uid).first()
    if row is None:
        is_cancel = method == "CANCEL"
        return CalendarInvitation.objects.create(
            person=person, uid=uid, kind=event.kind, code=event.code, method=method,
            sequence=event.sequence + is_cancel, room_sequence=event.sequence,
        )  # fmt: skip
    if (row.method, row.room_sequence) != (method, event.sequence):
        ahead = row.sequence - row.room_sequence
        is_turned = row.method != method
        row.sequence = max(event.sequence + ahead, row.sequence + is_turned)
        row.method, row.room_sequence = method, event.sequence
    row.sent_at = timezone.now()
    row.save(update_fields=["sequence", "room_sequence", "method", "sent_at"])
    return row
