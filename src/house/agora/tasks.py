"""Duties of this room: what runs once a day, and what runs every minute."""

from house.agora.routing import moving
from house.ground.tasks import task


@task()
def ask_the_next() -> None:
    """What nobody answered in time goes to the next peer, then to an expert of the foundation."""
    moving.move_on()


DAILY = ()
MINUTELY = (ask_the_next,)
