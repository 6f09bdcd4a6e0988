"""The letters of the map: to initiatives, and to who suggested one. Neither has an account here."""

import logging
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from house.atlas.initiatives.models import Ask, Decision, Suggestion
from house.ground.text import one_line, shorten
from house.notices.transport import KIND

log = logging.getLogger(__name__)


def send_ask(ask: Ask, secret: str) -> bool:
    """Without a kind in its head: the link is a secret, so neither subject nor file of it is kept."""
    initiative = ask.initiative
    if not initiative.public_email:
        return False
    context = {
        "initiative": initiative,
        "url": settings.BASE_URL + reverse("initiatives:still_true", args=[secret]),
        "page": settings.BASE_URL + initiative.get_absolute_url(),
    }
    subject = _("Is it still true? %(name)s") % {"name": shorten(initiative.name, 100)}
    return _send(subject, "still_true", context, initiative.email)


def send_decision(suggestion: Suggestion) -> bool:
    """Her own words are not repeated: an address somebody else typed gets nothing to read but the answer."""
    accepted = suggestion.decision == Decision.ACCEPTED
    initiative = suggestion.initiative
    context = {
        "accepted": accepted,
        "reason": suggestion.reason,
        "page": settings.BASE_URL + initiative.get_absolute_url() if accepted else "",
        "map": settings.BASE_URL + reverse("initiatives:map"),
    }
    subject = _("Your suggestion is on the map") if accepted else _("About your suggestion")
    return _send(subject, "decision", context, suggestion.email, "initiatives.decision")


def _send(subject: str, name: str, context: dict[str, Any], to: str, kind: str = "") -> bool:
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"initiatives/mail/{name}.txt", context)
        page = render_to_string(f"initiatives/mail/{name}.html", context)
    message = EmailMultiAlternatives(
        one_line(subject), text, to=[to], headers={KIND: kind} if kind else {}
    )
    message.attach_alternative(page, "text/html")
    try:
        return bool(message.send())
    except (OSError, SMTPException):
        log.warning("A letter of the map could not be sent.")
        return False
