import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.doors import allow
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.groups.models import Group, Member, Task
from house.groups.steps import as_told, line, lock, words
from house.notices import happenings
from house.notices.happenings import Reason
from house.partners import rights

MOST = 500


@transaction.atomic
def add_task(
    group: Group,
    *,
    by: Viewer,
    title: str,
    text: str = "",
    owner: Member | None = None,
    due_on: datetime.date | None = None,
) -> Task:
    rights.require(by, "agora.write")
    allow(by, "work", lock(group))
    if Task.objects.filter(group=group).count() >= MOST:
        raise Refused(_("A group keeps %(most)d tasks at most.") % {"most": MOST})
    task = Task.objects.create(
        group=group,
        title=line(title, _("Task"), 200),
        text=words(text, _("What belongs to it"), 4000),
        owner_id=_person_of(owner, group),
        due_on=due_on,
        made_by_id=by.person_id,
    )
    _tell_owner(task, by)
    return task


@transaction.atomic
def edit_task(
    task: Task,
    *,
    by: Viewer,
    title: str,
    text: str = "",
    owner: Member | None = None,
    due_on: datetime.date | None = None,
) -> Task:
    """A new owner is told; a new day is told by the calendar."""
    rights.require(by, "agora.write")
    allow(by, "work", lock(task.group))
    task.refresh_from_db()
    before = (task.owner_id, task.due_on, task.title)
    task.title, task.text = line(title, _("Task"), 200), words(text, _("What belongs to it"), 4000)
    task.owner_id, task.due_on = _person_of(owner, task.group), due_on
    task.changed_at = timezone.now()
    if before != (task.owner_id, task.due_on, task.title):
        task.sequence += 1
    task.save()
    if task.owner_id != before[0]:
        _tell_owner(task, by)
    return task


@transaction.atomic
def finish_task(task: Task, *, by: Viewer) -> Task:
    """Done. Who gave it to somebody else hears of it."""
    rights.require(by, "agora.write")
    allow(by, "work", lock(task.group))
    task.refresh_from_db()
    if task.done_at is None:
        task.done_at, task.done_by_id = timezone.now(), by.person_id
        task.changed_at = task.done_at
        task.sequence += 1
        task.save(update_fields=["done_at", "done_by", "changed_at", "sequence"])
        happenings.tell(
            "groups.task_done", task, key=f"groups.task_done:{task.code}:{task.sequence}", by=by,
            to=as_told({task.made_by_id, task.owner_id}, Reason.OWN),
        )  # fmt: skip
    return task


@transaction.atomic
def reopen_task(task: Task, *, by: Viewer) -> Task:
    rights.require(by, "agora.write")
    allow(by, "work", lock(task.group))
    task.refresh_from_db()
    if task.done_at is not None:
        task.done_at = task.done_by = None
        task.changed_at = timezone.now()
        task.sequence += 1
        task.save(update_fields=["done_at", "done_by", "changed_at", "sequence"])
        _tell_owner(task, by)
    return task


def _person_of(owner: Member | None, group: Group) -> int | None:
    if owner is None:
        return None
    if owner.group_id != group.pk or owner.left_at is not None:
        raise Refused(_("Only members of the group take its tasks."), remedy=_("Invite her first."))
    return owner.person_id


def _tell_owner(task: Task, by: Viewer) -> None:
    happenings.tell(
        "groups.task", task, key=f"groups.task:{task.code}:{task.sequence}", by=by,
        to=as_told([task.owner_id], Reason.OWN),
    )  # fmt: skip
