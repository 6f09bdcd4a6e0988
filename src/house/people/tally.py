"""Limits that hold across processes and restarts: one row in the records for each thing that is limited."""

import datetime
import hashlib

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from house.people.models import Tally

# every row in this file: a limit is counted before anybody has a viewer


def take(what: str, who: str, *, limit: int, seconds: int) -> bool:
    """Count one use of `what` by `who`; false when `limit` uses were made within `seconds` of the first.

    Of any number of callers at the same moment, no more than `limit` are told yes.
    """
    key = hashlib.sha256(f"{what}\n{who}".encode()).hexdigest()
    for _attempt in range(3):
        now = timezone.now()
        running = Tally.objects.filter(key=key, ends_at__gt=now)
        if running.filter(used__lt=limit).update(used=F("used") + 1):
            return True
        if running.exists():
            return False
        Tally.objects.filter(ends_at__lte=now).delete()
        try:
            with transaction.atomic():
                Tally.objects.create(key=key, ends_at=now + datetime.timedelta(seconds=seconds))
        except IntegrityError:
            continue  # somebody else was first: count on her row
        return limit > 0
    return False


def is_spent(what: str, who: str, *, limit: int) -> bool:
    """Would `take` say no? Counts nothing."""
    key = hashlib.sha256(f"{what}\n{who}".encode()).hexdigest()
    return Tally.objects.filter(key=key, ends_at__gt=timezone.now(), used__gte=limit).exists()
