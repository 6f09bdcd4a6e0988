"""Mails about mails: to the address that the house knows, never to where a mail claims to come from.

So nobody gets mail because somebody else forged an address, and at most a few in an hour.
"""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.ground.text import one_line, shorten
from house.notices import letters
from house.notices.intake.mails import Taken
from house.notices.models import CalendarInvitation, HeldReply
from house.notices.transport import KIND
from house.people.models import Person
from house.people.tally import take

AN_HOUR, A_DAY = 3600, 24 * 3600


def tell_held(held: HeldReply) -> None:
    """By a letter: it goes exactly once, also where the house is killed between the two."""
    if take("mail-about-held", str(held.person_id), limit=8, seconds=AN_HOUR):
        letters.post("notices.held", held, held.person_id, key=f"held:{held.code}")


def held_mail(held: Model, person: Person, viewer: Viewer) -> EmailMultiAlternatives | None:
    assert isinstance(held, HeldReply)  # noqa: S101 -- the registry's promise, told to mypy
    if held.done_at is not None:
        return None
    said = (
        _(
            "Your calendar answered an invitation. The house asks you to confirm it, because %(why)s."
        )
        if held.calendar
        else _("Your mail came in, and all of it is kept. It is not posted yet, because %(why)s.")
    )
    about = shorten(held.subject, 80) or _("your answer")
    return _mail(
        person,
        _("Not posted yet: %(subject)s") % {"subject": about},
        said % {"why": held.get_why_display()},
        detail=held.detail,
        path=reverse("notices:reply", args=[held.code]),
        link=_("Look at it, and post it:"),
    )


def tell_forged(person: Person) -> None:
    """Once a day: somebody who forges her address must not be able to fill her mailbox."""
    _send(
        person,
        _("A mail in your name was refused"),
        _(
            "A mail came to the house in your name, and the mail servers could not say that it was you."
            " Nothing was posted."
        ),
        detail=_(
            "If it was you, something is wrong with how your mail is signed, or it answered none of the"
            " house's mails: please write in the house."
        ),
        path=reverse("notices:replies"),
        link=_("In the house:"),
        limit=("forged", 1, A_DAY),
    )


def tell_other_sender(person: Person, address: str) -> None:
    _send(
        person,
        _("A mail from another address was not posted"),
        _(
            "Somebody answered with an address that the house gave to you, but wrote from %(address)s."
            " Nothing was posted."
        )
        % {"address": shorten(address, 80)},
        detail=_(
            "If it was you: answer from the address that you sign in with. If you passed the mail on: each"
            " colleague answers from her own notices."
        ),
        path=reverse("notices:replies"),
        link=_("In the house:"),
        limit=("other-sender", 2, A_DAY),
    )


def tell_not_applied(person: Person, row: CalendarInvitation, word: str, detail: str) -> None:
    said = _(
        "Your calendar answered an invitation, and the answer could not be applied: perhaps the time for it"
        " is over, or no place is left."
    )
    if word == "COUNTER":
        said = _(
            "Your calendar proposed another time. The house can't move it by itself: please write to who"
            " invited you."
        )
    elif word == "DELEGATED":
        said = _(
            "Your calendar passed the invitation on to somebody else. A place is yours alone: please cancel,"
            " and let your colleague register."
        )
    _send(
        person,
        _("Your calendar's answer was not applied"),
        said,
        detail=detail,
        path=reverse("calendars:calendar"),
        link=_("Your calendar in the house:"),
        limit=(f"not-applied {row.pk}", 3, A_DAY),
    )


def tell_left_out(person: Person, path: str, taken: Taken) -> None:
    names = ", ".join(shorten(name, 60) for name in taken.left_out[:20])
    if taken.has_tnef:
        names = ", ".join(filter(None, (names, "winmail.dat")))
    _send(
        person,
        _("Your answer is posted, without some files"),
        _("Your answer by mail is posted. These files could not be taken along: %(names)s.")
        % {"names": names},
        detail=_(
            "A mail may bring ten files of 10 MB each. Files inside winmail.dat only Outlook can read: send"
            " the mail as HTML or plain text."
        ),
        path=path,
        link=_("Add them there:"),
        limit=("left-out", 8, AN_HOUR),
    )


def _send(
    person: Person,
    subject: str,
    said: str,
    *,
    detail: str,
    path: str,
    link: str,
    limit: tuple[str, int, int],
) -> None:
    what, most, seconds = limit
    if take(f"mail-about-{what}", str(person.pk), limit=most, seconds=seconds):
        message = _mail(person, subject, said, detail=detail, path=path, link=link)
        transaction.on_commit(message.send)


def _mail(
    person: Person, subject: str, said: str, *, detail: str, path: str, link: str
) -> EmailMultiAlternatives:
    context: dict[str, Any] = {
        "person": person,
        "said": said,
        "detail": one_line(detail),
        "link": link,
        "url": settings.BASE_URL + path,
    }
    message = EmailMultiAlternatives(
        subject=one_line(subject),
        body=render_to_string("notices/mail/about_a_mail.txt", context),
        to=[person.email],
        headers={
            KIND: "notices.reply",
            "Auto-Submitted": "auto-replied",
            "X-Auto-Response-Suppress": "All",
        },
    )
    page = render_to_string("notices/mail/about_a_mail.html", context)
    message.attach_alternative(page, "text/html")
    return message
