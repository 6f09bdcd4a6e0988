"""The e-mail backend of the house: every message goes through here, and each receiver gets one row.

What a message says is not kept, and a sign-in code in particular never touches the records or a file. Headers
that only this backend reads, and takes off before the message leaves:

    X-House-Kind: alex.freshness    what kind of mail it is; only with a kind is the subject kept, and a
                                    temporary refusal tried once more (the message waits in a file until then)
    X-House-Takes: alex.read        the capability that its receiver needs at the moment of sending, also of
                                    the second try: who lost it meanwhile gets nothing

A message without kind (a code, the secret of an invitation) is sent at once or fails at once.
"""

import logging
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import make_msgid, parseaddr
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.ground.text import one_line
from house.notices import spool
from house.notices.message_ids import own_domain
from house.notices.models import Mail, Suppression
from house.partners.viewing import viewer_for
from house.people.models import Person

# every row in this file: what is sent is judged for its receiver, not for who looks

log = logging.getLogger(__name__)
KIND, TAKES = "X-House-Kind", "X-House-Takes"
NO_SUCH_ADDRESS = {550, 551, 553}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a server did not take a message. A lasting one is not tried again."""

    told: str
    is_lasting: bool
    is_address: bool = False


class Transport(BaseEmailBackend):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carrier = get_connection(settings.MAIL_CARRIER, fail_silently=False)

    def open(self) -> bool | None:
        return self.carrier.open()

    def close(self) -> None:
        self.carrier.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were sent or wait for their second try. Raises what a message without kind met."""
        return sum(self._send(message) for message in email_messages)

    def _send(self, message: EmailMessage) -> bool:
        kind, takes = take_off(message)
        message.extra_headers.setdefault("Message-ID", make_msgid(domain=own_domain()))
        mails = [_row(message, address, kind) for address in message.recipients()]
        if kind and (why := reason_to_withhold(message.recipients(), takes)):
            _keep(mails, Mail.State.WITHHELD, why)
            return False
        try:
            self.carrier.send_messages([message])
        except (OSError, smtplib.SMTPException) as problem:
            failure = failure_of(problem)
            if not kind:
                _keep(mails, Mail.State.REFUSED, failure.told)
                if self.fail_silently:
                    return False
                raise
            self.carrier.close()  # whatever it was, the next message begins a new conversation
            return _take_back(message, mails, takes, failure)
        _keep(mails, Mail.State.SENT)
        return True


def take_off(message: EmailMessage) -> tuple[str, str]:
    """The kind of the mail and the capability it takes, off its headers."""
    headers = dict(message.extra_headers)
    kind, takes = headers.pop(KIND, ""), headers.pop(TAKES, "")
    message.extra_headers = headers
    return kind, takes


def _row(message: EmailMessage, to: str, kind: str) -> Mail:
    address = parseaddr(to)[1].lower()
    return Mail(
        message_id=message.extra_headers["Message-ID"].strip("<>"),
        to=address,
        person=Person.objects.filter(email__iexact=address).first(),
        kind=kind[:40],
        subject=one_line(str(message.subject))[:200] if kind else "",
    )


def _keep(mails: list[Mail], state: str, error: str = "") -> None:
    for mail in mails:
        mail.state, mail.error, mail.changed_at = state, error[:300], timezone.now()
        mail.save()


def reason_to_withhold(receivers: Sequence[str], takes: str) -> str:
    """Why this must not be sent now: to whom it may concern changed since somebody decided to write."""
    for receiver in receivers:
        address = parseaddr(receiver)[1]
        if Suppression.objects.filter(address__iexact=address).exists():
            return _("Mail to this address came back before. The office can clear it.")
        if not takes:
            continue
        person = Person.objects.filter(email__iexact=address).first()
        if person is None or not viewer_for(person).can(takes):
            return _("The receiver may not read this any more.")
    return ""


def failure_of(problem: OSError | smtplib.SMTPException) -> Failure:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(problem.recipients.values()))
        return _told(code, said, is_receiver=True)
    if isinstance(problem, smtplib.SMTPResponseException):
        return _told(problem.smtp_code, problem.smtp_error, is_receiver=False)
    return Failure(f"{type(problem).__name__}: {problem}", is_lasting=False)


def _told(code: int, said: bytes | str, *, is_receiver: bool) -> Failure:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return Failure(
        one_line(f"{code} {text}"),
        is_lasting=code >= 500,
        is_address=is_receiver and code in NO_SUCH_ADDRESS,
    )


def _take_back(message: EmailMessage, mails: list[Mail], takes: str, failure: Failure) -> bool:
    """Not lost: it waits for one more try, or the refusal is kept for the office to see."""
    from house.notices.tasks import RETRY_AFTER, send_again  # noqa: PLC0415 -- a task sends by this backend

    if failure.is_lasting:
        _keep(mails, Mail.State.REFUSED, failure.told)
        if failure.is_address:
            for mail in mails:
                suppress(mail, failure.told)
        return False
    _keep(mails, Mail.State.WAITING, failure.told)
    name = spool.put(message, takes=takes)
    run_after = timezone.now() + RETRY_AFTER
    transaction.on_commit(partial(send_again.using(run_after=run_after).enqueue, name))
    return True


def suppress(mail: Mail, reason: str) -> None:
    """Once for an address; a second bounce changes nothing."""
    if mail.to and not Suppression.objects.filter(address__iexact=mail.to).exists():
        Suppression.objects.create(address=mail.to, person=mail.person, reason=reason[:300])
        log.warning("An address is suppressed after a hard bounce; the office sees it.")
