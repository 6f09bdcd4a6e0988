"""Keeps beside each initiative its present or next opening, so that "open now" is one comparison.

The columns are a hint made by a duty: where the worker stands still they run out, and a place then counts as
not open. The page of an initiative works its openings out anew.
"""

import datetime
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from house.atlas.initiatives.models import Initiative
from house.atlas.initiatives.opening.windows import windows

# every row in this file: the house itself looks at its clock

BATCH = 2000


def set_next(initiative: Initiative, now: datetime.datetime) -> None:
    """Fill the two columns of one that is about to be saved."""
    found = next(windows(initiative.facts(), initiative.time_zone, now), None)
    initiative.open_from, initiative.open_until = found or (None, None)


def catch_up(now: datetime.datetime | None = None) -> int:
    """Those whose opening is over, the longest over first. How many there were."""
    now = now or timezone.now()
    over = Initiative.objects.shown().filter(open_until__lte=now).order_by("open_until")[:BATCH]
    return _renew(over, now)


def look_again(now: datetime.datetime | None = None) -> int:
    """Those with hours but without an opening: a rule may begin to count within the horizon."""
    now = now or timezone.now()
    has_hours = ~Q(opening_hours="") | ~Q(recurrence=[])
    return _renew(Initiative.objects.shown().filter(has_hours, open_until=None)[: 5 * BATCH], now)


def _renew(found: Iterable[Initiative], now: datetime.datetime) -> int:
    rows = list(found)
    for row in rows:
        set_next(row, now)
    Initiative.objects.bulk_update(rows, ["open_from", "open_until"], batch_size=500)
    return len(rows)
