"""Duties of this room: what runs once a day, and what runs every minute."""

from django.utils import timezone

from house.gatherings import duties, waiting
from house.gatherings.after import duties as after
from house.gatherings.hosting import duties as hosting
from house.ground.tasks import task


@task()
def move_the_line_on() -> None:
    """What was offered and not taken in time goes to the next."""
    waiting.lapse_offers()


@task()
def remind_of_events() -> None:
    duties.remind()


@task()
def finish_events() -> None:
    duties.finish()


@task()
def forget_needs() -> None:
    duties.forget_needs()


@task()
def remind_of_hosting_tasks() -> None:
    hosting.remind(timezone.localdate())


@task()
def ask_for_feedback() -> None:
    after.ask_for_feedback()


DAILY = (forget_needs, remind_of_hosting_tasks, ask_for_feedback)
MINUTELY = (move_the_line_on, remind_of_events, finish_events)
