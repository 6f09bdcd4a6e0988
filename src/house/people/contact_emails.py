"""The mail that carries a colleague's message. It tells no address but the one its writer chose to tell."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from house.ground.text import one_line, shorten
from house.people.models import ContactMessage


def contact_mail(message: ContactMessage) -> EmailMultiAlternatives:
    """Its links lead to pages of the house, where whoever signed in answers or mutes."""
    sender, receiver = message.sender, message.receiver
    context = {
        "sender": one_line(sender.name),
        "city": sender.city.label() if sender.city else _("the foundation"),
        "receiver": one_line(receiver.name),
        "subject": one_line(message.subject),
        "text": message.text,
        "shows_address": message.shows_address,
        "url": settings.BASE_URL + reverse("people:message", args=[message.code]),
    }
    mail = EmailMultiAlternatives(
        subject=one_line(
            _("%(name)s writes: %(subject)s")
            % {"name": shorten(sender.name, 60), "subject": context["subject"]}
        ),
        body=render_to_string("people/mail/contact.txt", context),
        to=[receiver.email],
        reply_to=[sender.email] if message.shows_address else None,
    )
    mail.attach_alternative(render_to_string("people/mail/contact.html", context), "text/html")
    return mail
