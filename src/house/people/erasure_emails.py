"""The mail of an erasure that was asked for: until when it can be taken back, and how."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from house.people.models import Person


def asked_mail(person: Person) -> EmailMultiAlternatives:
    context = {
        "person": person,
        "day": person.erase_after,
        "url": settings.BASE_URL + reverse("account_login"),
        "contact": settings.CONTACT_EMAIL,
    }
    mail = EmailMultiAlternatives(
        subject=_("You will be erased from the house in seven days"),
        body=render_to_string("people/mail/erasure.txt", context),
        to=[person.email],
        headers={"X-House-Kind": "people.erasure"},
    )
    mail.attach_alternative(render_to_string("people/mail/erasure.html", context), "text/html")
    return mail
