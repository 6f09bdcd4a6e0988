"""What the house does by itself after a gathering: asks those who were there how it was."""

import datetime

from django.db import transaction
from django.utils import timezone

from house.gatherings.models import Event, Registration, RegistrationState, State
from house.notices import letters

# every row in this file: the house does this for everybody; each letter asks the door when it is written

_LATEST = datetime.timedelta(days=5)


@transaction.atomic
def ask_for_feedback(now: datetime.datetime | None = None) -> int:
    """One letter to each who attended, on the day after the end, or a little later where no worker ran."""
    now = now or timezone.now()
    over = Event.objects.filter(
        state__in=[State.PUBLISHED, State.DONE], ends_at__lte=now, ends_at__gt=now - _LATEST
    )
    count = 0
    for event in over:
        there = Registration.objects.filter(event=event)
        checked_in = there.filter(came_at__isnull=False)
        if not checked_in.exists():
            checked_in = there.filter(state=RegistrationState.CONFIRMED)
        for registration in checked_in:
            key = f"gatherings.feedback:{registration.pk}"
            letters.post("gatherings.feedback", registration, registration.person_id, key=key)
            count += 1
    return count
