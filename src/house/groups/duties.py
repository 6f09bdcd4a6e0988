"""What the house reminds groups of by itself. Each may run twice: a key tells once."""

import datetime

from django.db.models import Q
from django.utils import timezone

from house.groups.models import Group, Member, Task
from house.notices import happenings
from house.notices.happenings import Reason

# every row in this file: whom a duty reminds is settled here; what she is told is asked of the door

BEFORE_TERM = (30, 7, 0, -30)  # days; the last is said once more when nobody has closed it
BEFORE_TASK = 2


def remind_of_terms(today: datetime.date | None = None) -> int:
    """Leads a month before, everybody in the last week and on the last day, leads a month after."""
    today = today or timezone.now().date()
    told = 0
    soon = today + datetime.timedelta(days=BEFORE_TERM[0])
    for group in Group.objects.open().filter(ends_on__lte=soon).order_by("pk"):
        left = (group.ends_on - today).days
        stage = min((days for days in BEFORE_TERM if left <= days), default=None)
        if stage is None:
            continue
        members = Member.objects.filter(group=group).now()
        if stage not in {0, 7}:
            members = members.filter(is_lead=True)
        happenings.tell(
            "groups.term",
            group,
            key=f"groups.term:{group.code}:{group.ends_on}:{stage}",
            to=dict.fromkeys(members.values_list("person", flat=True), Reason.OWN),
        )
        told += 1
    return told


def remind_of_tasks(today: datetime.date | None = None) -> int:
    """Owners two days before a task is due, and the day after it was."""
    today = today or timezone.now().date()
    soon = today + datetime.timedelta(days=BEFORE_TASK)
    due = Task.objects.open().filter(
        Q(due_on__lte=soon), owner__isnull=False, group__state__in=["forming", "running"]
    )
    for task in due.order_by("pk"):
        assert task.due_on is not None  # noqa: S101 -- filtered so, told to mypy
        stage = "late" if task.due_on < today else "soon"
        happenings.tell(
            "groups.task_due",
            task,
            key=f"groups.task_due:{task.code}:{task.due_on}:{stage}:{task.owner_id}",
            to={task.owner_id: Reason.OWN} if task.owner_id else {},
        )
    return due.count()
