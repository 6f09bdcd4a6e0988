"""What is not kept: stories that nobody picked, once they are old. Picked ones stay with their sources."""

import datetime

from django.utils import timezone

from house.radar.models import Host, State, Story

# every row in this file: the house forgets for everybody

KEPT = datetime.timedelta(days=180)
BATCH = 500


def forget(now: datetime.datetime | None = None) -> int:
    """A batch at a time, so that a kill costs nothing."""
    now = now or timezone.now()
    old = Story.objects.exclude(state=State.PICKED).filter(last_at__lt=now - KEPT)
    old = old.exclude(pk__in=Story.objects.filter(merged_into__isnull=False).values("merged_into"))
    count = 0
    while batch := list(old.values_list("pk", flat=True)[:BATCH]):
        Story.objects.filter(pk__in=batch).delete()
        count += len(batch)
    Host.objects.filter(next_at__lt=now - KEPT).delete()
    return count
