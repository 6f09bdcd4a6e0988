"""Meetings and tasks as calendars hold them."""

import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from house.groups.models import Meeting, Task
from house.notices.calendars import CalendarEvent

MEETING, TASK = "group-meeting", "group-task"
_HOUR = datetime.time(9)  # a task is due on a day: it stands at the beginning of office hours


def event_of(meeting: Meeting) -> CalendarEvent:
    """Without the link to join: calendars are shared, the page shows it to members when it is time."""
    return CalendarEvent(
        kind=MEETING,
        code=meeting.code,
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        zone=meeting.zone,
        title=meeting.title,
        description=meeting.agenda,
        location=meeting.place,
        url=settings.BASE_URL + meeting.get_absolute_url(),
        changed_at=meeting.changed_at,
        status="CANCELLED" if meeting.is_cancelled else "CONFIRMED",
    )


def task_event(task: Task, zone: str) -> CalendarEvent:
    assert task.due_on is not None  # noqa: S101 -- the caller asked for tasks with a day
    starts_at = datetime.datetime.combine(task.due_on, _HOUR, tzinfo=ZoneInfo(zone))
    return CalendarEvent(
        kind=TASK,
        code=task.code,
        sequence=task.sequence,
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(minutes=15),
        zone=zone,
        title=_("Due: %(task)s") % {"task": task.title},
        description=task.text,
        url=settings.BASE_URL + reverse("groups:task", args=[task.group.code, task.code]),
        changed_at=task.changed_at,
        status="CONFIRMED",
    )
