"""Reads experts' calendars again, when their time has come."""

import datetime

from django.db import transaction
from django.utils import timezone

from house.meetings import elsewhere
from house.meetings.models import Availability, Busy

# every row in this file: the house reads each expert's calendar for her

_HOUR = datetime.timedelta(hours=1)
EVERY, LONGEST = datetime.timedelta(minutes=30), 24 * _HOUR
# Of one minute's duty: the worker has other things to do.
_MOST = 5


def refresh(pk: int) -> bool:
    """Read one calendar; whether it could be read. What was read before stays when it could not.

    The request is made outside any transaction; another worker that reads the same does no harm.
    """
    found = Availability.objects.get(pk=pk)
    now = timezone.now()
    until = now + datetime.timedelta(days=found.horizon_days + 2)
    try:
        spans = elsewhere.read(found, now - _HOUR, until)
    except elsewhere.NotRead as problem:
        _note_failure(found, str(problem))
        return False
    with transaction.atomic():
        locked = Availability.objects.select_for_update(of=("self",)).get(pk=pk)
        if locked.busy_url != found.busy_url:
            return False  # she named another calendar meanwhile
        Busy.objects.filter(availability=locked).delete()
        Busy.objects.bulk_create(
            Busy(availability=locked, starts_at=span.starts_at, ends_at=span.ends_at)
            for span in spans
        )
        locked.busy_read_at, locked.busy_next_at = now, now + EVERY
        locked.busy_failures, locked.busy_problem = 0, ""
        locked.save()
    return True


def _note_failure(found: Availability, why: str) -> None:
    """Tried again after twice the time, at most once a day."""
    failures = min(found.busy_failures + 1, 20)
    wait = min(EVERY * 2**failures, LONGEST)
    Availability.objects.filter(pk=found.pk, busy_url=found.busy_url).update(
        busy_failures=failures, busy_problem=why[:300], busy_next_at=timezone.now() + wait
    )


def refresh_due() -> int:
    """How many were read. Each is claimed first, so that two workers read different ones."""
    read = 0
    for found in Availability.objects.due().order_by("busy_next_at")[:_MOST]:
        claimed = Availability.objects.filter(pk=found.pk, busy_next_at=found.busy_next_at).update(
            busy_next_at=timezone.now() + EVERY
        )
        read += bool(claimed and refresh(found.pk))
    return read
