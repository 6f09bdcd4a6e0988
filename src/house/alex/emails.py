"""The mails of the lexicon, each built for the one who receives it."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.alex.models import Entry, FreshnessAsk
from house.ground.text import one_line, shorten
from house.notices.transport import KIND, TAKES
from house.people.models import Person


def may_be_told(ask: FreshnessAsk, viewer: Viewer) -> bool:
    return Entry.objects.visible_to(viewer).filter(pk=ask.entry_id).exists()


def freshness_mail(ask: FreshnessAsk, person: Person) -> EmailMultiAlternatives:
    """Is it still true? The mail holds one link, to a page with three buttons for whoever signed in."""
    entry = ask.entry
    context = {
        "entry": entry,
        "person": person,
        "is_author": entry.author_id == person.pk,
        "url": settings.BASE_URL + reverse("alex:entry_freshness", args=[entry.slug]),
    }
    message = EmailMultiAlternatives(
        subject=one_line(_("Is it still true? %(title)s") % {"title": shorten(entry.title, 120)}),
        body=render_to_string("alex/mail/freshness.txt", context),
        to=[person.email],
        headers={KIND: "alex.freshness", TAKES: "alex.read"},
    )
    message.attach_alternative(render_to_string("alex/mail/freshness.html", context), "text/html")
    return message
