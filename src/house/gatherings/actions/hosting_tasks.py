"""The tasks that follow an accepted offer, on both sides."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.doors import allow
from house.access.viewer import Viewer
from house.gatherings.actions.hosting import people_of_city, people_of_office
from house.gatherings.models.hosting import HostingOffer, HostingTask
from house.ground.errors import Refused
from house.ground.text import one_line
from house.notices import letters
from house.people.models import Person


@transaction.atomic
def add_task(
    offer: HostingOffer,
    *,
    by: Viewer,
    title: str,
    side: str,
    due_on: datetime.date,
    note: str = "",
    owner: Person | None = None,
) -> HostingTask:
    allow(by, "plan", offer)
    title = one_line(title)[:200]
    if not title:
        raise Refused(_("Say what is to be done."))
    _refuse_stranger(offer, owner)
    task = HostingTask.objects.create(
        offer=offer, title=title, side=side, due_on=due_on, note=one_line(note)[:500], owner=owner
    )
    _tell_owner(task, by=by)
    return task


@transaction.atomic
def change_task(
    task: HostingTask,
    *,
    by: Viewer,
    title: str,
    side: str,
    due_on: datetime.date,
    note: str = "",
    owner: Person | None = None,
) -> HostingTask:
    allow(by, "plan", task.offer)
    _refuse_stranger(task.offer, owner)
    is_new = owner is not None and owner.pk != task.owner_id
    task.title, task.note = one_line(title)[:200] or task.title, one_line(note)[:500]
    task.side, task.due_on, task.owner = side, due_on, owner
    task.save(update_fields=["title", "note", "side", "due_on", "owner"])
    if is_new:
        _tell_owner(task, by=by)
    return task


@transaction.atomic
def finish_task(task: HostingTask, *, by: Viewer, done: bool = True) -> HostingTask:
    """Tick it, or take the tick back. Ticking twice keeps who was first."""
    allow(by, "plan", task.offer)
    if done == (task.done_at is not None):
        return task
    task.done_at = timezone.now() if done else None
    task.done_by_id = by.person_id if done else None
    task.save(update_fields=["done_at", "done_by"])
    return task


@transaction.atomic
def drop_task(task: HostingTask, *, by: Viewer) -> None:
    allow(by, "plan", task.offer)
    journal.record(
        "gatherings.drop-task", task.offer, by=by, facts={"task": task.code, "title": task.title}
    )
    task.delete()


def _refuse_stranger(offer: HostingOffer, owner: Person | None) -> None:
    """A task belongs to somebody who sees the offer: a person of the city, or of the foundation."""
    if owner is not None and owner.pk not in {
        *people_of_city(offer.city_id),
        *people_of_office(),
    }:
        raise Refused(_("A task belongs to somebody of the city or of the foundation."))


def _tell_owner(task: HostingTask, *, by: Viewer) -> None:
    if task.owner_id is not None and task.owner_id != by.person_id:
        letters.post(
            "gatherings.hosting_task",
            task,
            task.owner_id,
            key=f"hosting_task:{task.pk}:{task.owner_id}:given",
        )
