"""The letters after a gathering: asking who speaks in a recording, and asking for feedback."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.gatherings.after.access import attended
from house.gatherings.after.asking import closes_at, is_open
from house.gatherings.models import Event, Registration
from house.gatherings.models.after import FeedbackGiven, Voice, VoiceConsent
from house.ground.text import one_line, shorten
from house.notices.letters import Pattern, register
from house.notices.transport import KIND, TAKES
from house.people.models import Person


def register_letters() -> None:
    # Who spoke may be asked whatever her city's level is now.
    register(Pattern("gatherings.voice", Voice, voice))
    register(Pattern("gatherings.feedback", Registration, feedback, takes="gatherings.read"))


def voice(thing: Model, person: Person, viewer: Viewer) -> EmailMultiAlternatives | None:
    """The question, while it is open. Answering happens on the page: no link of a mail acts."""
    found = (
        Voice.objects.visible_to(viewer)
        .select_related("recording__event")
        .filter(pk=thing.pk, person=person, consent=VoiceConsent.ASKED)
        .first()
    )
    if found is None:
        return None
    return _letter(
        "gatherings.voice",
        person,
        found.recording.event,
        _("May your part of the recording be shown? %(title)s")
        % {"title": shorten(found.recording.title, 100)},
        name="voice",
        facts={
            "recording": found.recording,
            "url": settings.BASE_URL + reverse("gatherings:voice", args=[found.code]),
        },
    )


def feedback(thing: Model, person: Person, viewer: Viewer) -> EmailMultiAlternatives | None:
    found = (
        Registration.objects.visible_to(viewer)
        .select_related("event")
        .filter(pk=thing.pk, person=person)
        .first()
    )
    if found is None or not is_open(found.event) or not attended(viewer, found.event):
        return None
    if FeedbackGiven.objects.visible_to(viewer).filter(event=found.event).exists():
        return None
    return _letter(
        "gatherings.feedback",
        person,
        found.event,
        _("How was it? %(title)s") % {"title": shorten(found.event.title, 100)},
        name="feedback",
        facts={
            "until": date_format(
                closes_at(found.event).astimezone(ZoneInfo(person.time_zone)), "l j F Y"
            ),
            "url": settings.BASE_URL + reverse("gatherings:feedback", args=[found.event.slug]),
        },
        takes="gatherings.read",
    )


def _letter(
    kind: str,
    person: Person,
    event: Event,
    subject: str,
    *,
    name: str,
    facts: Mapping[str, Any],
    takes: str = "",
) -> EmailMultiAlternatives:
    context = {"person": person, "event": event, "asks": name, **facts}
    message = EmailMultiAlternatives(
        subject=one_line(subject),
        body=render_to_string("gatherings/after/mail.txt", context),
        to=[person.email],
        headers={KIND: kind, TAKES: takes},
    )
    message.attach_alternative(render_to_string("gatherings/after/mail.html", context), "text/html")
    return message
