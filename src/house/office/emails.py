"""The mails of the desk. None holds a code or a secret: each leads to a page where she signs in."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from house.notices.transport import KIND, TAKES
from house.office.models import Reveal
from house.people.models import Person


def sign_in_help_mail(person: Person) -> EmailMultiAlternatives:
    url = settings.BASE_URL + reverse("account_login")
    context = {"person": person, "url": url, "contact": settings.CONTACT_EMAIL}
    return _mail("sign_in_help", _("How to sign in to the Digital House"), person, context)


def reveal_mail(reveal: Reveal) -> EmailMultiAlternatives:
    """To the author, at the moment when two people may read her name. It names neither of them."""
    url = settings.BASE_URL + reverse("my_reveals")
    context = {"person": reveal.author, "reveal": reveal, "url": url}
    subject = _("What the foundation did with your name")
    return _mail("reveal", subject, reveal.author, context)


def head_mail(person: Person, head: str, is_whole: bool) -> EmailMultiAlternatives:
    """Keeps the end of the journal outside the house, in the office's own mailboxes."""
    context = {"person": person, "head": head, "is_whole": is_whole}
    subject = (
        _("The head of the journal") if is_whole else _("The journal was changed: please look")
    )
    message = _mail("journal_head", subject, person, context)
    message.extra_headers[TAKES] = "office.journal"
    return message


def _mail(
    name: str, subject: str, person: Person, context: dict[str, Any]
) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"office/mail/{name}.txt", context),
        to=[person.email],
        headers={KIND: f"office.{name}"},
    )
    message.attach_alternative(render_to_string(f"office/mail/{name}.html", context), "text/html")
    return message
