"""Duties of this room: what runs once a day, and what runs every minute."""

import datetime

from django.utils import timezone

from house.ground.tasks import task

AHEAD = datetime.timedelta(hours=24)


@task
def read_calendars() -> None:
    """Experts' calendars elsewhere whose time has come."""
    from house.meetings.actions import reading  # noqa: PLC0415 -- actions stand above tasks

    reading.refresh_due()


@task
def look_after_sessions() -> None:
    """Reminders before, the question after."""
    from house.meetings.actions import afterwards  # noqa: PLC0415 -- as above

    afterwards.remind(AHEAD)
    afterwards.ask_whether_held()


@task
def settle_and_remind() -> None:
    """Units of sessions that nobody marked, and promises whose day comes near."""
    from house.meetings.actions import afterwards, promises, visits  # noqa: PLC0415 -- as above

    afterwards.settle_all_unmarked()
    promises.remind_of_promises(timezone.now().date())
    visits.remind(timezone.now())


DAILY = (settle_and_remind,)
MINUTELY = (read_calendars, look_after_sessions)
