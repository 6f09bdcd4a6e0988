"""What the house does by itself: reminders, the end of events, and what must not be kept."""

import datetime

from django.db import transaction
from django.utils import timezone

from house.gatherings.market import following
from house.gatherings.models import Event, Registration, ScheduleFile, State
from house.gatherings.steps import changed, post

# every row in this file: the house does these for everybody

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
# (letter, how long before, how late it may still be sent)
REMINDERS = (
    ("gatherings.week", 7 * DAY, DAY),
    ("gatherings.day", DAY, 6 * HOUR),
    ("gatherings.hour", HOUR, HOUR / 2),
)
KEPT = 30 * DAY


@transaction.atomic
def remind(now: datetime.datetime | None = None) -> int:
    """Each letter once for each person and event. Who registered after its time has just been told."""
    now = now or timezone.now()
    count = 0
    for kind, before, late in REMINDERS:
        due = (
            Registration.objects.coming()
            .filter(
                event__state=State.PUBLISHED,
                event__starts_at__lte=now + before,
                event__starts_at__gt=now + before - late,
            )
            .select_related("event")
        )
        for registration in due:
            if registration.changed_at <= registration.event.starts_at - before:
                post(kind, registration, key=f"seq{registration.event.sequence}")
                count += 1
    return count


def finish(now: datetime.datetime | None = None) -> int:
    """What is over has taken place."""
    now = now or timezone.now()
    count = 0
    for event in Event.objects.filter(state=State.PUBLISHED, ends_at__lte=now):
        with transaction.atomic():
            running = Event.objects.filter(pk=event.pk, state=State.PUBLISHED)
            if running.update(state=State.DONE):  # not one that was cancelled meanwhile
                changed(event)
                following.done(event)
                count += 1
    return count


def forget_needs(now: datetime.datetime | None = None) -> int:
    """What people need and answered is deleted thirty days after the event; so are files nobody confirmed."""
    now = now or timezone.now()
    ScheduleFile.objects.filter(made_at__lt=now - DAY).delete()
    told = Registration.objects.filter(event__ends_at__lt=now - KEPT).exclude(needs="", answers={})
    return told.update(needs="", answers={})
