"""Letters that have not left yet: how many, and since when."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Min
from django.utils import timezone

from house.notices.models import Letter

# every row in this file: counts and ages, for who looks after the house

LATE = datetime.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    count: int
    oldest: datetime.datetime | None

    @property
    def is_late(self) -> bool:
        return self.oldest is not None and self.oldest < timezone.now() - LATE


def letters_waiting() -> Waiting:
    states = [Letter.State.WAITING, Letter.State.SENDING]
    found = Letter.objects.filter(state__in=states).aggregate(n=Count("pk"), first=Min("posted_at"))
    return Waiting(found["n"], found["first"])
