"""Mails about a person's own sign-in.

Their links lead to pages, and no page acts before somebody who signed in presses its button: scanners that
open links, run scripts and submit forms change nothing.
"""

import logging
import threading

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import connections
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from house.ground.text import one_line
from house.people.models import Person

logger = logging.getLogger(__name__)


def send_aside(message: EmailMessage) -> None:
    """Send without keeping the answer waiting: how long it takes would tell who is known here."""
    if not settings.MAIL_ASIDE:
        message.send()
        return

    def send() -> None:
        try:
            message.send()
        except Exception:  # the edge of a thread: nobody else would hear of it
            logger.exception("A mail about signing in could not be sent.")
        finally:
            connections.close_all()

    threading.Thread(target=send, name="sign-in mail").start()


def new_device_mail(person: Person, device: str) -> EmailMultiAlternatives:
    said = _(
        "Somebody signed in as you with a browser that the house has not seen with you before."
    )
    return _mail(person, _("New sign-in: %(device)s") % {"device": device}, said, detail=device)


def changed_mail(person: Person, said: str, *, detail: str = "") -> EmailMultiAlternatives:
    """That one of her keys to the house was made or removed: a passkey, the app, a key for programs."""
    return _mail(person, said, said, detail=detail)


def confirm_mail(person: Person, code: str) -> EmailMessage:
    return EmailMessage(
        subject=_("Your code to confirm that it is you"),
        body=render_to_string("people/mail/confirm.txt", {"code": code}),
        to=[person.email],
    )


def _mail(person: Person, subject: str, said: str, *, detail: str) -> EmailMultiAlternatives:
    context = {
        "person": person,
        "said": said,
        "detail": detail,
        "at": timezone.now(),
        "url": settings.BASE_URL + reverse("people:security"),
        "contact": settings.CONTACT_EMAIL,
    }
    message = EmailMultiAlternatives(
        subject=one_line(subject),
        body=render_to_string("people/mail/security.txt", context),
        to=[person.email],
        headers={"X-House-Kind": "people.security"},  # tried again when a server is busy
    )
    message.attach_alternative(render_to_string("people/mail/security.html", context), "text/html")
    return message
