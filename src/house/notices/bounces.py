"""Reads what mail servers send back (RFC 3464) and finds the mail that it is about by its Message-ID.

A report is believed only when it names both a Message-ID and a receiver of ours: who can't know the former
can't have anybody suppressed.
"""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from django.db import transaction
from django.utils import timezone

from house.ground.text import one_line
from house.notices.models import Mail
from house.notices.transport import suppress

# every row in this file: a report finds its mail, whoever looks

FULL_MAILBOX = "5.2.2"  # permanent by number, but a mailbox is emptied again


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a report (RFC 3464) says of one receiver; `status` is RFC 3463's."""

    message_id: str
    to: str
    status: str
    told: str

    @property
    def is_hard(self) -> bool:
        return self.status.startswith("5.") and self.status != FULL_MAILBOX


def bounces_in(raw: bytes) -> Iterator[Bounce]:
    """The failures that a message reports; none for what is no report, or only tells of a delay."""
    # compat32 reads what the newer policy refuses to: reports are often not quite as they should be.
    report = email.message_from_bytes(raw, policy=email.policy.compat32)
    blocks = [
        part for part in report.walk() if part.get_content_type() == "message/delivery-status"
    ]
    message_id = _message_id(report)
    if not blocks or not message_id:
        return
    for block in blocks:
        for fields in block.get_payload() if block.is_multipart() else []:
            if _field(fields, "Action").lower() != "failed":
                continue
            for name in ("Original-Recipient", "Final-Recipient"):
                address = _field(fields, name).rpartition(";")[2].strip().lower().strip("<>")
                if address:
                    yield Bounce(message_id, address, _status(fields), _told(fields))
                    break


def _field(fields: Message, name: str) -> str:
    return str(fields.get(name) or "").strip()


def _status(fields: Message) -> str:
    return _field(fields, "Status").split("(")[0].strip()


def _told(fields: Message) -> str:
    said = _field(fields, "Diagnostic-Code").partition(";")[2].strip()
    return one_line(f"{_status(fields)} {said}".strip())[:300]


def _message_id(report: Message) -> str:
    """Of the message that came back: from its copy or its headers, both carried by the report."""
    for part in report.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822" and part.is_multipart():
            found = part.get_payload(0).get("Message-ID")
        elif kind == "text/rfc822-headers":
            text = part.get_payload(decode=True) or b""
            found = email.message_from_bytes(text, policy=email.policy.compat32).get("Message-ID")
        else:
            continue
        if found:
            return str(found).strip().strip("<>")
    return ""


@transaction.atomic
def take_in(raw: bytes) -> tuple[int, int]:
    """(reports that found their mail, reports that did not). Reading one again changes nothing."""
    found = lost = 0
    for bounce in bounces_in(raw):
        mail = Mail.objects.filter(message_id=bounce.message_id, to__iexact=bounce.to).first()
        if mail is None:
            lost += 1
            continue
        found += 1
        mail.state, mail.error, mail.changed_at = Mail.State.BOUNCED, bounce.told, timezone.now()
        mail.save(update_fields=["state", "error", "changed_at"])
        if bounce.is_hard:
            suppress(mail, bounce.told)
    return found, lost
