"""Duties of this room: what runs once a day, and what runs every minute."""

from house.ground.tasks import task
from house.radar import keeping, rounds


@task()
def read_feeds() -> None:
    """A few of the sources that are due."""
    rounds.go()


@task()
def forget_old_stories() -> None:
    keeping.forget()


DAILY = (forget_old_stories,)
MINUTELY = (read_feeds,)
