"""The mails about seats. Each holds one link to a page, and the page asks for a sign-in or a code."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from house.ground.text import one_line, shorten
from house.partners.models import Invitation, JoinRequest, Seat
from house.people.models import Person


def invitation_mail(invitation: Invitation, token: str) -> EmailMultiAlternatives:
    city = invitation.seat.partnership.city
    context = {
        "invitation": invitation,
        "seat": invitation.seat,
        "city": city,
        "url": _address("partners:invitation", invitation.code, token),
    }
    subject = _("%(city)s invites you to the Digital House") % {"city": city.name}
    return _mail("invitation", subject, invitation.email, context)


def code_mail(address: str, code: str) -> EmailMultiAlternatives:
    return _mail("code", _("Your code for the Digital House"), address, {"code": code})


def brief_mail(seat: Seat, person: Person) -> EmailMultiAlternatives:
    context = {
        "seat": seat,
        "city": seat.partnership.city,
        "person": person,
        "url": _address("partners:seat_brief", seat.code),
    }
    subject = _("You now hold the seat “%(title)s”") % {"title": shorten(seat.title, 80)}
    return _mail("brief", subject, person.email, context)


def seat_lost_mail(seat: Seat, person: Person) -> EmailMultiAlternatives:
    context = {
        "seat": seat,
        "city": seat.partnership.city,
        "person": person,
        "url": _address("people:me"),
    }
    subject = _("You no longer hold a seat of %(city)s") % {"city": seat.partnership.city.name}
    return _mail("seat_lost", subject, person.email, context)


def request_mail(asked: JoinRequest, person: Person) -> EmailMultiAlternatives:
    context = {
        "asked": asked,
        "person": person,
        "url": _address("partners:join_request", asked.code),
    }
    subject = _("%(name)s asks for a seat of %(city)s") % {
        "name": shorten(asked.name, 80),
        "city": asked.city.name,
    }
    return _mail("request", subject, person.email, context)


def answer_mail(asked: JoinRequest) -> EmailMultiAlternatives:
    is_seated = asked.seat is not None and asked.seat.person_id == asked.person_id
    context = {
        "asked": asked,
        "is_approved": asked.answer == JoinRequest.Answer.APPROVED,
        "is_seated": is_seated and asked.person_id is not None,
        "url": _address("account_login"),
    }
    subject = _("About your seat of %(city)s") % {"city": asked.city.name}
    return _mail("answer", subject, asked.email, context)


def _address(name: str, *args: str) -> str:
    return settings.BASE_URL + reverse(name, args=args)


def _mail(name: str, subject: str, to: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=one_line(subject),
        body=render_to_string(f"partners/mail/{name}.txt", context),
        to=[to],
    )
    message.attach_alternative(render_to_string(f"partners/mail/{name}.html", context), "text/html")
    return message
