"""What applicants are sent. Nothing that an applicant typed stands in the mail that carries a code.

So nobody can use the house to send her own words to a stranger.
"""

from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.ground.errors import Refused
from house.ground.text import one_line
from house.partners.models import Application


@dataclass(frozen=True, slots=True)
class Pattern:
    """A mail that the office begins from; it edits the words before it sends them."""

    name: str
    label: str | Promise
    subject: str | Promise
    body: str | Promise


PATTERNS = {
    pattern.name: pattern
    for pattern in (
        Pattern(
            "talk",
            gettext_lazy("Invite to a talk"),
            gettext_lazy("Shall we talk about %(city)s and the alliance?"),
            gettext_lazy(
                "Dear %(name)s,\n\nThank you for writing to us about %(city)s. We would like to hear "
                "what you look for, and what your city could tell others. Half an hour online is enough.\n\n"
                "Which of these moments suits you?\n\n- \n- \n\nKind regards,\n%(me)s"
            ),
        ),
        Pattern(
            "agreed",
            gettext_lazy("Confirm what was agreed"),
            gettext_lazy("What we agreed about %(city)s"),
            gettext_lazy(
                "Dear %(name)s,\n\nThank you for the talk. This is what we agreed:\n\n"
                "- Level: %(level)s\n- Begins on: \n- Contact of the city: \n\n"
                "We send you the agreement to sign. Please tell us if we got anything wrong.\n\n"
                "Kind regards,\n%(me)s"
            ),
        ),
        Pattern(
            "welcome",
            gettext_lazy("Welcome"),
            gettext_lazy("Welcome to the alliance, %(city)s"),
            gettext_lazy(
                "Dear %(name)s,\n\n%(city)s is a partner of the alliance now. You receive an invitation to "
                "your seat in a mail of its own. Inside, a short guide asks what your city is interested in, "
                "struggles with and is good at, so that we can bring you together with others.\n\n"
                "Kind regards,\n%(me)s"
            ),
        ),
        Pattern(
            "person",
            gettext_lazy("Answer to a professional"),
            gettext_lazy("Your place in the alliance"),
            gettext_lazy(
                "Dear %(name)s,\n\nThank you for writing to us. Seats belong to cities, so the way in leads "
                "through yours. This is how we would like to go about it:\n\n- \n\n"
                "Kind regards,\n%(me)s"
            ),
        ),
        Pattern(
            "decline",
            gettext_lazy("Say no, with the reason"),
            gettext_lazy("About your application"),
            gettext_lazy(
                "Dear %(name)s,\n\nThank you for your interest in the alliance. We can't take %(city)s "
                "in now. The reason is:\n\n- \n\nWhat is public stays open to you, and you may write to us "
                "again.\n\n"
                "Kind regards,\n%(me)s"
            ),
        ),
        Pattern(
            "plain",
            gettext_lazy("Words of your own"),
            gettext_lazy("About your application"),
            gettext_lazy("Dear %(name)s,\n\n\n\nKind regards,\n%(me)s"),
        ),
    )
}


def begun(pattern: Pattern, application: Application, *, me: str) -> tuple[str, str]:
    """Subject and body to edit."""
    words = {
        "name": one_line(application.name),
        "city": one_line(application.city_label),
        "level": application.get_level_display() or _("still open"),
        "me": one_line(me),
    }
    return one_line(str(pattern.subject) % words), str(pattern.body) % words


def send_code(application: Application, code: str) -> None:
    shown = f"{code[:4]}-{code[4:]}".upper()
    _send(application, _("Your code for the Digital House"), "code", {"typed_code": shown})


def send_words(application: Application, subject: str, body: str) -> None:
    _send(application, subject, "words", {"words": body})


def _send(application: Application, subject: str, name: str, facts: dict[str, str]) -> None:
    context = {
        "page": settings.BASE_URL + reverse("front:join_status", args=[application.code]),
        **facts,
    }
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"partners/mail/application_{name}.txt", context)
        page = render_to_string(f"partners/mail/application_{name}.html", context)
    mail = EmailMultiAlternatives(
        one_line(subject), text, settings.DEFAULT_FROM_EMAIL, [application.email]
    )
    mail.attach_alternative(page, "text/html")
    try:
        mail.send()
    except (OSError, SMTPException) as problem:
        raise Refused(
            _("The mail could not be sent just now."), remedy=_("Please try again in some minutes.")
        ) from problem
