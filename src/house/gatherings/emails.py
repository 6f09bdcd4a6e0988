"""The letters of this room, each built for the one who receives it when it is sent."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.gatherings import times
from house.gatherings.ics import item_of
from house.gatherings.models import (
    OUT,
    Consent,
    Event,
    Registration,
    RegistrationState,
    Speaker,
    State,
)
from house.ground.text import one_line, shorten
from house.notices import invitations
from house.notices.letters import Pattern, register
from house.notices.transport import KIND, TAKES
from house.people.models import Person


@dataclass(frozen=True, slots=True)
class Letter:
    """`still` says whether it is still true when it is sent: what is not, is not sent."""

    subject: str | Promise
    said: str | Promise
    still: Callable[[Registration], bool]
    method: str = ""  # of the invitation that goes with it
    takes: str = "gatherings.read"


def _comes(registration: Registration) -> bool:
    return registration.is_coming and registration.event.state == State.PUBLISHED


def _waits(registration: Registration) -> bool:
    return registration.state == RegistrationState.WAITING


def _is_offered(registration: Registration) -> bool:
    until = registration.offer_until
    is_open = until is not None and until > timezone.now()
    return registration.state == RegistrationState.OFFERED and is_open


LETTERS = {
    "gatherings.registered": Letter(
        gettext_lazy("You have a place: %(title)s"),
        gettext_lazy("Your place is kept. Accept or decline in your calendar, or on the page."),
        _comes,
        "REQUEST",
    ),
    "gatherings.changed": Letter(
        gettext_lazy("Another time or place: %(title)s"),
        gettext_lazy("The time or place has changed. Your place stays yours, if you can come."),
        _comes,
        "REQUEST",
    ),
    "gatherings.programme": Letter(
        gettext_lazy("The programme has changed: %(title)s"),
        gettext_lazy("Sessions that you chose were moved or taken out of the programme."),
        _comes,
    ),
    "gatherings.session": Letter(
        gettext_lazy("A place in a session: %(title)s"),
        gettext_lazy("A session that you were waiting for has a place for you now."),
        _comes,
    ),
    "gatherings.waiting": Letter(
        gettext_lazy("You are in line: %(title)s"),
        gettext_lazy(
            "All places are taken. When one is given back, the first in line is offered it; nobody "
            "can jump the line. You see on the page where you stand, and can leave at any time."
        ),
        _waits,
    ),
    "gatherings.offered": Letter(
        gettext_lazy("A place is free for you: %(title)s"),
        gettext_lazy(
            "Take it on the page, with one press. If you can't come, leave it to the next."
        ),
        _is_offered,
        takes="gatherings.attend",
    ),
    "gatherings.lapsed": Letter(
        gettext_lazy("The offered place went to the next: %(title)s"),
        gettext_lazy("The time to take it has passed. You can stand in line again on the page."),
        lambda registration: registration.state == RegistrationState.LAPSED,
    ),
    "gatherings.left": Letter(
        gettext_lazy("You gave your place back: %(title)s"),
        gettext_lazy("It goes to the next in line. Your calendar is told."),
        lambda registration: registration.state == RegistrationState.CANCELLED,
        "CANCEL",
    ),
    "gatherings.released": Letter(
        gettext_lazy("Your place was released: %(title)s"),
        gettext_lazy(
            "This event is now for fewer people than when you registered, and you can't see it any more. "
            "So your place, or your place in line, was released; your calendar is told. If you think that "
            "this is a mistake, write to the foundation's office."
        ),
        lambda registration: bool(registration.knew),
        "CANCEL",
        takes="",
    ),
    "gatherings.cancelled": Letter(
        gettext_lazy("Cancelled: %(title)s"),
        gettext_lazy("This event does not take place. Your calendar is told."),
        lambda registration: registration.event.state == State.CANCELLED,
        "CANCEL",
    ),
    "gatherings.week": Letter(
        gettext_lazy("In a week: %(title)s"),
        gettext_lazy("You have a place. If you can't come, give it back: somebody may be waiting."),
        _comes,
    ),
    "gatherings.day": Letter(
        gettext_lazy("Tomorrow: %(title)s"), gettext_lazy("You have a place."), _comes
    ),
    "gatherings.hour": Letter(
        gettext_lazy("In an hour: %(title)s"), gettext_lazy("You have a place."), _comes
    ),
}


def register_letters() -> None:
    register(Pattern("gatherings.speaker", Speaker, write_to_speaker, "gatherings.read"))
    for kind, letter in LETTERS.items():
        register(Pattern(kind, Registration, _writer(kind), letter.takes))


def _writer(
    kind: str,
) -> Callable[[Registration, Person, Viewer], EmailMultiAlternatives | None]:
    return lambda registration, person, viewer: write(kind, registration, person, viewer)


def write(
    kind: str, registration: Registration, person: Person, viewer: Viewer
) -> EmailMultiAlternatives | None:
    """None for what is not true any more, and for who may not see the event any more."""
    letter = LETTERS[kind]
    event = _as_seen(registration, viewer)
    if event is None or event.state not in OUT:
        return None
    registration.event = event
    if registration.person_id != person.pk or not letter.still(registration):
        return None
    title = shorten(event.title, 120)
    is_gone = bool(registration.knew)
    path = (
        reverse("gatherings:event_list")
        if is_gone
        else reverse("gatherings:event", args=[event.slug])
    )
    context = {
        "person": person,
        "event": event,
        "registration": registration,
        "said": letter.said,
        "kind": kind,
        "when": times.told(event.starts_at, event.ends_at, event.zone, person.time_zone),
        "until": _deadline(registration, person),
        "url": settings.BASE_URL + path,
        "is_gone": is_gone,
    }
    message = EmailMultiAlternatives(
        subject=one_line(str(letter.subject) % {"title": title}),
        body=render_to_string("gatherings/mail/letter.txt", context),
        to=[person.email],
        headers={KIND: kind, TAKES: letter.takes},
    )
    message.attach_alternative(
        render_to_string("gatherings/mail/letter.html", context), "text/html"
    )
    if letter.method:
        # Who came by a yes of her calendar is not asked once more.
        said = "ACCEPTED" if registration.answered == "ACCEPTED" else None
        item = item_of(event)
        if is_gone:
            item = replace(item, description="", location=event.place, url=context["url"])
        invitations.attach(message, item, person, method=letter.method, answer=said)
    return message


def _as_seen(registration: Registration, viewer: Viewer) -> Event | None:
    """The event if she may see it; one that was taken out of her sight as she knew it until then."""
    if not registration.knew:
        return Event.objects.visible_to(viewer).filter(pk=registration.event_id).first()
    event = registration.event
    for name, value in registration.knew.items():
        is_moment = name.endswith("_at")
        setattr(event, name, datetime.datetime.fromisoformat(value) if is_moment else value)
    return event


def _deadline(registration: Registration, person: Person) -> str:
    until = registration.offer_until
    if until is None:
        return ""
    return _("until %(moment)s") % {"moment": times.moment(until, person.time_zone)}


def write_to_speaker(
    speaker: Speaker, person: Person, viewer: Viewer
) -> EmailMultiAlternatives | None:
    """May the programme name her? Until she says so it does not."""
    if speaker.consent != Consent.ASKED or speaker.person_id != person.pk:
        return None
    session, event = speaker.session, speaker.session.event
    context = {
        "person": person,
        "event": event,
        "session": session,
        "when": times.told(session.starts_at, session.ends_at, event.zone, person.time_zone),
        "url": settings.BASE_URL + reverse("gatherings:speaking", args=[speaker.code]),
    }
    subject = _("May the programme name you? %(title)s") % {"title": shorten(session.title, 120)}
    message = EmailMultiAlternatives(
        subject=one_line(subject),
        body=render_to_string("gatherings/mail/speaker.txt", context),
        to=[person.email],
        headers={KIND: "gatherings.speaker", TAKES: "gatherings.read"},
    )
    html = render_to_string("gatherings/mail/speaker.html", context)
    message.attach_alternative(html, "text/html")
    return message
