"""What the house does by itself about hosting: reminds of tasks."""

import datetime

from house.gatherings.models.hosting import HostingTask, OfferState
from house.notices import letters

# every row in this file: the house reminds everybody; each letter asks the door when it is written


def remind(today: datetime.date) -> int:
    """A letter to the owner of each task a week before its day, on the eve and once it is overdue."""
    sent = 0
    tasks = HostingTask.objects.filter(
        done_at=None,
        owner__isnull=False,
        offer__state=OfferState.ACCEPTED,
        due_on__lte=today + datetime.timedelta(days=7),
    )
    for task in tasks:
        left = (task.due_on - today).days
        stage = "late" if left < 0 else "eve" if left <= 1 else "week"
        # Each stage of each date is told once, however often the duty runs.
        letters.post(
            "gatherings.hosting_task",
            task,
            task.owner_id,
            key=f"hosting_task:{task.pk}:{task.due_on:%Y%m%d}:{stage}",
        )
        sent += 1
    return sent
