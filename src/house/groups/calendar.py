"""What of the groups stands in calendars: meetings, and the days on which one's own tasks are due."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.groups.access import memberships
from house.groups.actions.meeting import answer_meeting
from house.groups.events import MEETING, TASK, event_of, task_event
from house.groups.models import Meeting, Task
from house.notices import calendars
from house.notices.calendars import Answer, CalendarEvent, Scope
from house.partners.viewing import viewer_for
from house.people.models import Person


def _meetings(
    viewer: Viewer, scope: Scope, since: datetime.datetime, until: datetime.datetime
) -> Iterator[CalendarEvent]:
    """Hers; those of her groups that a city or a topic is about stay out: they are nobody else's business."""
    if scope.sort != "mine":
        return
    found = Meeting.objects.visible_to(viewer).filter(
        group__in=memberships(viewer).values("group"), starts_at__lt=until, ends_at__gt=since
    )
    for meeting in found.standing().select_related("group").order_by("starts_at"):
        yield event_of(meeting)


def _tasks(
    viewer: Viewer, scope: Scope, since: datetime.datetime, until: datetime.datetime
) -> Iterator[CalendarEvent]:
    if scope.sort != "mine" or viewer.person_id is None:
        return
    person = Person.objects.visible_to(viewer).filter(pk=viewer.person_id).first()
    found = (
        Task.objects.visible_to(viewer)
        .open()
        .filter(owner=viewer.person_id, due_on__gte=since.date(), due_on__lte=until.date())
    )
    for task in found.select_related("group").order_by("due_on", "pk"):
        yield task_event(task, person.time_zone if person else "UTC")


def _answered(
    code: str, person_id: int, answer: Answer, sequence: int, at: datetime.datetime
) -> str:
    """What an answer from her calendar changed, in a word."""
    # every row: the answer is judged as hers below
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return "unknown"
    viewer = viewer_for(person)
    meeting = Meeting.objects.visible_to(viewer).filter(code=code).first()
    if meeting is None:
        return "unknown"
    try:
        said = answer_meeting(meeting, answer.lower(), by=viewer, sequence=sequence, at=at)
    except Refused:
        return "refused"
    return "older" if said is None else str(said.answer)


def register() -> None:
    calendars.register(
        calendars.Source(MEETING, gettext_lazy("Meetings of working groups"), _meetings)
    )
    calendars.register(calendars.Source(TASK, gettext_lazy("Tasks in working groups"), _tasks))
    calendars.register_answers(MEETING, _answered)
