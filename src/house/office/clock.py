"""Duties by the clock: each runs once a day or once a minute, whichever worker gets to it first."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.cache import caches
from django.utils import timezone

from house.agora import tasks as agora
from house.alex import tasks
from house.alex.importing import tasks as importing
from house.atlas.clauses import tasks as clauses
from house.atlas.initiatives import tasks as initiatives
from house.atlas.mobility import tasks as mobility
from house.gatherings import tasks as gatherings
from house.groups import tasks as groups
from house.magazine import tasks as magazine
from house.meetings import tasks as meetings
from house.memory import tasks as memory
from house.notices import tasks as notices
from house.office import tasks as office
from house.partners import applying, renewals
from house.partners.ledger import tasks as ledger
from house.people import duties as people
from house.radar import tasks as radar
from house.showcase import tasks as showcase

DUTIES = (
    *tasks.DAILY,
    *importing.DAILY,
    *ledger.DAILY,
    *renewals.DAILY,
    *applying.DAILY,
    *people.DAILY,
    *notices.DAILY,
    *memory.DAILY,
    *office.DAILY,
    *agora.DAILY,
    *groups.DAILY,
    *gatherings.DAILY,
    *meetings.DAILY,
    *showcase.DAILY,
    *magazine.DAILY,
    *radar.DAILY,
    *initiatives.DAILY,
    *mobility.DAILY,
    *clauses.DAILY,
)
MINUTELY = (
    *notices.MINUTELY,
    *agora.MINUTELY,
    *groups.MINUTELY,
    *gatherings.MINUTELY,
    *meetings.MINUTELY,
    *showcase.MINUTELY,
    *magazine.MINUTELY,
    *radar.MINUTELY,
    *initiatives.MINUTELY,
    *mobility.MINUTELY,
    *clauses.MINUTELY,
)


def run_due(now: datetime.datetime | None = None) -> int:
    """Enqueue the duties of today and of this minute that nobody enqueued yet. Returns how many."""
    moment = now or timezone.now()
    return _begin(DUTIES, f"{moment:%Y-%m-%d}", 2 * 86400) + _begin(
        MINUTELY, f"{moment:%Y-%m-%dT%H:%M}", 300
    )


def _begin(duties: Sequence[Any], period: str, kept: int) -> int:
    begun = 0
    for duty in duties:
        # `add` is the claim: of several workers one wins. Duties are safe to run twice all the same.
        if caches["default"].add(f"duty:{duty.name}:{period}", 1, timeout=kept):
            duty.enqueue()
            begun += 1
    return begun
