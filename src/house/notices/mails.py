"""The mails about what happened, each built for its receiver as viewer."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.ground.text import one_line, shorten
from house.notices import answering, leaving, mailrows
from house.notices.mailhtml import inlined
from house.notices.message_ids import own_domain
from house.notices.models import Letter, Notice
from house.notices.rhythms import zone_of
from house.notices.telling import Item, items_of
from house.people.models import Person

# every row in this file: notices of the receiver, told to her as viewer

TOLD = "notices.told"


def write_told(
    letters: Sequence[Letter], viewers: Mapping[int, Viewer]
) -> dict[int, Callable[[], EmailMultiAlternatives | None]]:
    """Mails of one thread each; none where nothing may be told any more, or all was read in the house."""
    carried = notices_of(letters)
    return {
        letter.pk: partial(
            _write_told, letter.person, carried.get(letter.pk, []), viewers[letter.person_id]
        )
        for letter in letters
    }


def _write_told(
    person: Person, notices: Sequence[Notice], viewer: Viewer
) -> EmailMultiAlternatives | None:
    items = items_of(notices, viewer, for_mail=True)
    with timezone.override(zone_of(person.time_zone)):
        return told_mail(person, items) if items else None


def notices_of(letters: Sequence[Letter]) -> dict[int, list[Notice]]:
    """What these letters carry and is unread, newest first."""
    found: dict[int, list[Notice]] = {}
    for notice in in_order(Notice.objects.filter(letter__in=letters, read_at__isnull=True)):
        found.setdefault(notice.letter_id or 0, []).append(notice)
    return found


def in_order(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """As mails tell them: newest first."""
    return notices.select_related("happening").order_by("-happening__at", "-pk")


def told_mail(person: Person, items: Sequence[Item]) -> EmailMultiAlternatives:
    first = items[0]
    what = first.kind.name
    context = {
        **frame(person),
        "rows": [(mailrows.html_of(item), mailrows.text_of(item)) for item in items],
        "first": first,
        "takes_answers": False,
        "leave_kind": leaving.url_for(person, what),
        "kind": first.kind.label,
    }
    headers = {"List-Id": list_id(what, str(first.kind.label)), **leaving.headers_for(person, what)}
    if address := _reply_address(person, first):
        headers["Reply-To"] = address
        context["takes_answers"] = True
    subject = _("%(kind)s: %(title)s") % {"kind": first.kind.label, "title": first.told.title}
    return message_of(person, subject, "told", context, headers)


def frame(person: Person) -> dict[str, object]:
    """What every mail about what happened says around its own."""
    return {
        "person": person,
        "base": settings.BASE_URL,
        "inbox": settings.BASE_URL + reverse("notices:inbox"),
        "settings": settings.BASE_URL + reverse("notices:settings"),
        "leave_all": leaving.url_for(person, leaving.EVERYTHING),
    }


def message_of(
    person: Person, subject: str, name: str, context: dict[str, object], headers: dict[str, str]
) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=one_line(shorten(subject, 150)),
        body=render_to_string(f"notices/mail/{name}.txt", context),
        to=[person.email],
        headers=headers,
    )
    html = inlined(render_to_string(f"notices/mail/{name}.html", context))
    message.attach_alternative(html, "text/html")
    return message


def list_id(name: str, label: str) -> str:
    """One list for each kind (RFC 2919), so that mail programs sort them apart."""
    plain = one_line(label).replace('"', "").replace("\\", "")
    if not plain.isascii():
        return f"<{name.replace('.', '-')}.{own_domain()}>"
    return f'"{plain}" <{name.replace(".", "-")}.{own_domain()}>'


def _reply_address(person: Person, item: Item) -> str:
    """Where an answer by mail to this goes; empty where its room takes none."""
    door = answering.door_of(item.kind.model)
    if door is None:
        return ""
    from house.notices import reply_to  # noqa: PLC0415 -- only where rooms take answers

    return reply_to.address_for(person, door.kind, item.notice.happening.thing)
