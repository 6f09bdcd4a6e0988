"""The letters of the groups, each built for the one who receives it when it is sent."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.ground.text import one_line, shorten
from house.groups.events import event_of
from house.groups.models import Meeting, MeetingAnswer, Member
from house.notices import invitations, letters
from house.notices.calendars import Answer
from house.notices.transport import KIND, TAKES
from house.people.models import Person
from house.vocabulary.hours import in_zone

_PARTSTAT: dict[str, Answer] = {
    "accepted": "ACCEPTED", "tentative": "TENTATIVE", "declined": "DECLINED",
}  # fmt: skip


def meeting_letter(meeting: Model, person: Person, viewer: Viewer) -> EmailMultiAlternatives | None:
    """An invitation for her calendar. None once it is over, called off, or hers no more."""
    assert isinstance(meeting, Meeting)  # noqa: S101 -- the registry's promise, told to mypy
    is_hers = Meeting.objects.visible_to(viewer).filter(pk=meeting.pk).exists()
    if not is_hers or meeting.is_cancelled or meeting.is_over() or not _works(meeting, person):
        return None
    message = _built(meeting, person, "meeting", _("Meeting: %(title)s"))
    said = (
        MeetingAnswer.objects.visible_to(viewer)
        .filter(meeting=meeting, person=person, sequence=meeting.sequence)
        .first()
    )
    invitations.attach(
        message, event_of(meeting), person, method="REQUEST",
        answer=_PARTSTAT[said.answer] if said else None,
    )  # fmt: skip
    return message


def cancelled_letter(
    meeting: Model, person: Person, viewer: Viewer
) -> EmailMultiAlternatives | None:
    """It goes from her calendar: called off, or she has left the group."""
    assert isinstance(meeting, Meeting)  # noqa: S101 -- the registry's promise, told to mypy
    works = _works(meeting, person)
    if meeting.ends_at < timezone.now() or (works and not meeting.is_cancelled):
        return None
    message = _built(meeting, person, "cancelled", _("Called off: %(title)s"))
    invitations.attach(message, event_of(meeting), person, method="CANCEL")
    return message


def _works(meeting: Meeting, person: Person) -> bool:
    # every row: whether the receiver herself is in the group
    return Member.objects.filter(group=meeting.group_id, person=person).now().exists()


def _built(meeting: Meeting, person: Person, name: str, subject: str) -> EmailMultiAlternatives:
    hers = in_zone(meeting.starts_at, person.time_zone)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "person": person,
        "has_left": not _works(meeting, person),
        "hers": hers,
        "is_elsewhere": hers.utcoffset() != meeting.own_start.utcoffset(),
        "url": settings.BASE_URL + meeting.get_absolute_url(),
    }
    # Who has left may not read here any more, and hears all the same that it is off.
    takes = {TAKES: "agora.read"} if name == "meeting" else {}
    message = EmailMultiAlternatives(
        subject=one_line(subject % {"title": shorten(meeting.title, 120)}),
        body=render_to_string(f"groups/mail/{name}.txt", context),
        to=[person.email],
        headers={KIND: f"groups.{name}", **takes},
    )
    message.attach_alternative(render_to_string(f"groups/mail/{name}.html", context), "text/html")
    return message


def register_letters() -> None:
    letters.register(letters.Pattern("groups.meeting", Meeting, meeting_letter, "agora.read"))
    letters.register(letters.Pattern("groups.meeting_cancelled", Meeting, cancelled_letter))
