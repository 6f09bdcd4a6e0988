"""Duties by the clock: each runs once a day, whichever worker gets to it first."""

import datetime

from django.core.cache import caches
from django.utils import timezone

from house.alex import tasks
from house.alex.importing import tasks as importing
from house.notices import tasks as notices
from house.office import tasks as office
from house.partners import applying, renewals
from house.partners.ledger import tasks as ledger
from house.people import duties as people

DUTIES = (
    *tasks.DAILY,
    *importing.DAILY,
    *ledger.DAILY,
    *renewals.DAILY,
    *applying.DAILY,
    *people.DAILY,
    *notices.DAILY,
    *office.DAILY,
)


def run_due(now: datetime.datetime | None = None) -> int:
    """Enqueue today's duties that nobody enqueued yet. Returns how many."""
    today = (now or timezone.now()).date().isoformat()
    begun = 0
    for duty in DUTIES:
        # `add` is the claim: of several workers one wins. Duties are safe to run twice all the same.
        if caches["default"].add(f"duty:{duty.name}:{today}", 1, timeout=2 * 86400):
            duty.enqueue()
            begun += 1
    return begun
