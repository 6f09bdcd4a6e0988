"""Mails as they come in, for the tests of the intake, and what became of them."""

from email.message import EmailMessage

from django.core import mail
from django.test import TestCase
from django.utils import timezone

from house.notices import delivery, reply_to
from house.notices.intake import rounds, spooling

PROVEN = "mx.house.example; dmarc=pass header.from=aaa.example; dkim=pass header.d=aaa.example"
QUOTE = "\n\nOn Mon, 3 Mar 2025 at 10:12, Digital House <reply@house.example> wrote:\n\n> How do you count?\n> You get this because you follow it.\n"


def written(
    her, thing, words="We count by GPS." + QUOTE, *, proven=PROVEN, to=None, sender=None, **headers
):
    message = EmailMessage()
    if proven:
        message["Authentication-Results"] = proven
    message["From"] = sender or f"Ana Sá <{her.email}>"
    message["To"] = to or reply_to.address_for(her, "test.topic", thing.pk)
    message["Subject"] = headers.pop("subject", "Re: How do you count shared bikes?")
    message["Message-ID"] = headers.pop("message_id", f"<{timezone.now().timestamp()}@aaa.example>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(words)
    return message


def deliver(message, *, receivers=(), sender="her@aaa.example"):
    raw = message if isinstance(message, bytes) else message.as_bytes()
    spooling.keep(raw, receivers=receivers, sender=sender)
    with TestCase.captureOnCommitCallbacks(execute=True):
        done = rounds.go()
    delivery.deliver()
    return done


def told():
    return [(each.to, each.subject) for each in mail.outbox]


def kept(place):
    return len(list(spooling.folder(place).iterdir()))
