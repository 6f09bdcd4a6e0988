"""Duties of this room: what runs once a day, and what runs every minute."""

from house.gatherings import duties, waiting
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


DAILY = (forget_needs,)
MINUTELY = (move_the_line_on, remind_of_events, finish_events)
