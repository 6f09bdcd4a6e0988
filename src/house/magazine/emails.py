"""The mail edition, built for each receiver when it is sent: she gets what she may read then, and no more."""

from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Model, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.ground.text import one_line, shorten
from house.magazine.models import Issue
from house.magazine.queries import EDITION
from house.magazine.reading import issue_context
from house.notices import happenings, leaving, letters
from house.notices.mailhtml import inlined
from house.notices.mails import frame, list_id
from house.notices.models import Choice, How, Pace, Rhythm
from house.notices.transport import KIND
from house.partners.viewing import seat_holders
from house.people.models import Person

# every row in this file: to whom mail is sent; what she gets is decided by her own door
_NO_MAIL = (How.OFF, How.INBOX)


def post_edition(pk: int) -> None:
    """To people of partner cities and of the foundation who did not say no, and to who asked for it."""
    issue = Issue.objects.filter(pk=pk, live=True).first()
    if issue is None:
        return
    for person in subscribers():
        letters.post(EDITION, issue, person, key=f"{EDITION}:{issue.number}:{person}")


def subscribers() -> Iterator[int]:
    choices = dict(Choice.objects.filter(kind=EDITION).values_list("person_id", "how"))
    silent = set(Rhythm.objects.filter(pace=Pace.NONE).values_list("person_id", flat=True))
    belongs = Q(pk__in=seat_holders()) | Q(is_office=True) | Q(is_curator=True) | Q(is_expert=True)
    asked = [pk for pk, how in choices.items() if how not in _NO_MAIL]
    found = Person.objects.filter(belongs | Q(pk__in=asked), is_active=True, erased_at=None)
    for pk in found.order_by("pk").values_list("pk", flat=True):
        how = choices.get(pk)
        if how not in _NO_MAIL and (how is not None or pk not in silent):
            yield pk


def write(issue: Model, person: Person, viewer: Viewer) -> EmailMultiAlternatives | None:
    """Nothing where the issue was taken back, where she left the list since, or may read nothing of it."""
    assert isinstance(issue, Issue)  # noqa: S101 -- the registry's promise, told to mypy
    chosen = Choice.objects.filter(person=person, kind=EDITION).values_list("how", flat=True)
    if not issue.live or chosen.first() in _NO_MAIL:
        return None
    context = issue_context(issue, viewer)
    if not context["chapters"]:
        return None
    label = _("The magazine")
    context |= {
        **frame(person),
        "url": settings.BASE_URL + issue.get_absolute_url(),
        "leave_kind": leaving.url_for(person, EDITION),
        "archive": settings.BASE_URL + reverse("magazine:issue_list"),
    }
    message = EmailMultiAlternatives(
        subject=one_line(
            shorten(
                _("%(title)s – issue %(number)d") % {"title": issue.title, "number": issue.number},
                150,
            )
        ),
        body=render_to_string("magazine/mail/edition.txt", context),
        to=[person.email],
        headers={
            KIND: EDITION,
            "List-Id": list_id(EDITION, label),
            **leaving.headers_for(person, EDITION),
        },
    )
    html = inlined(render_to_string("magazine/mail/edition.html", context))
    message.attach_alternative(html, "text/html")
    return message


def told(pks: Sequence[int], viewer: Viewer) -> Mapping[int, happenings.Told]:
    issues = Issue.objects.visible_to(viewer).published().filter(pk__in=pks)
    return {
        issue.pk: happenings.Told(
            title=issue.title, url=issue.get_absolute_url(), line=issue.month_name
        )
        for issue in issues
    }


def register() -> None:
    letters.register(letters.Pattern(EDITION, Issue, write))
    happenings.register(
        happenings.Kind(
            EDITION,
            gettext_lazy("The magazine by mail"),
            Issue,
            takes="magazine.read",
            section="magazine",
            told=told,
        )
    )
