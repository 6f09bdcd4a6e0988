"""Duties of this room: what runs once a day, and what runs every minute."""

from house.ground.tasks import task
from house.showcase.unused import forget_all_unused


@task()
def forget_unused_pictures() -> None:
    forget_all_unused()


DAILY = (forget_unused_pictures,)
MINUTELY = ()
