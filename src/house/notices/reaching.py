"""Who would not hear of something now: asked by rooms before they put anything to somebody."""

import datetime
from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone

from house.notices.models import Choice, How, Rhythm
from house.notices.rhythms import zone_of

# every row in this file: whether somebody may be troubled; her dates and choices are told to nobody


def beyond_reach(
    persons: Collection[int], kind: str, now: datetime.datetime | None = None
) -> set[int]:
    """Who is away today, in her own zone, or chose not to be told of this kind at all; in two queries."""
    now = now or timezone.now()
    earliest, latest = (now + datetime.timedelta(days=days) for days in (-1, 1))  # of all zones
    may_be_away = Rhythm.objects.filter(
        Q(away_until__isnull=True) | Q(away_until__gt=earliest.date()),
        person__in=persons,
        away_from__lte=latest.date(),
    )
    away = {
        rhythm.person_id
        for rhythm in may_be_away.only("person", "zone", "away_from", "away_until")
        if rhythm.is_away(now.astimezone(zone_of(rhythm.zone)).date())
    }
    silent = Choice.objects.filter(person__in=persons, kind=kind, how=How.OFF)
    return away | set(silent.values_list("person", flat=True))
