"""Questions about groups that are longer than a queryset. Each begins at a door, or says why not."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from house.access.viewer import Viewer
from house.groups.access import memberships
from house.groups.models import Group, Meeting, Member, Task
from house.groups.models.group import GroupQuerySet
from house.vocabulary.models import City


def cities_ever(group: Group) -> list[City]:
    """Also of those who have left: what a group that is over was made by."""
    # every row: as above
    rows = Member.objects.filter(group=group, city__isnull=False)
    return list(City.objects.filter(pk__in=rows.order_by().values("city")).order_by("name"))


def hers(viewer: Viewer) -> GroupQuerySet:
    """The open groups that she works in."""
    found: GroupQuerySet = Group.objects.visible_to(viewer).open()
    return found.filter(pk__in=memberships(viewer).values("group"))


@dataclass(frozen=True, slots=True)
class Mine:
    """A group of hers at a glance, for her desk."""

    group: Group
    next_meeting: Meeting | None
    tasks: list[Task]  # hers that are open, the next due first
    is_past_its_term: bool


def mine(viewer: Viewer, *, limit: int = 5) -> list[Mine]:
    """Three queries, however many groups: those with something due first."""
    groups = list(hers(viewer).order_by("ends_on", "pk"))
    tasks: dict[int, list[Task]] = defaultdict(list)
    for task in (
        Task.objects.visible_to(viewer)
        .open()
        .filter(group__in=groups, owner=viewer.person_id)
        .for_list()
    ):
        tasks[task.group_id].append(task)
    meetings: dict[int, Meeting] = {}
    for meeting in Meeting.objects.visible_to(viewer).filter(group__in=groups).coming():
        meetings.setdefault(meeting.group_id, meeting)
    far = datetime.date.max
    made = [
        Mine(group, meetings.get(group.pk), tasks[group.pk], group.is_past_its_term())
        for group in groups
    ]
    made.sort(key=lambda each: min([task.due_on or far for task in each.tasks], default=far))
    return made[:limit]


def coming_meetings(group: Group, viewer: Viewer) -> Sequence[Meeting]:
    meetings = Meeting.objects.visible_to(viewer).filter(group=group)
    return list(meetings.coming(timezone.now()))
