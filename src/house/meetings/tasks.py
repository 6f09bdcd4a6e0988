"""Duties of this room: what runs once a day, and what runs every minute."""

import datetime

from django.utils import timezone

from house.ground.tasks import task
from house.meetings import duties, reading

AHEAD = datetime.timedelta(hours=24)


@task
def read_calendars() -> None:
    """Experts' calendars elsewhere whose time has come."""
    reading.refresh_due()


@task
def look_after_sessions() -> None:
    """Reminders before, the question after."""
    duties.remind_of_sessions(AHEAD)
    duties.ask_whether_held()


@task
def settle_and_remind() -> None:
    """Units of sessions that nobody marked, and promises whose day comes near."""
    duties.settle_all_unmarked()
    duties.remind_of_promises(timezone.now().date())
    duties.remind_of_visits(timezone.now())


DAILY = (settle_and_remind,)
MINUTELY = (read_calendars, look_after_sessions)
