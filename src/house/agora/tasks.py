"""Duties of this room: what runs once a day, and what runs every minute."""

from house.agora.routing import moving, reading
from house.ground.tasks import task
from house.retrieval import offers


@task()
def ask_the_next() -> None:
    """What nobody answered in time goes to the next peer, then to an expert of the foundation."""
    moving.move_on()


@task()
def understand_offers() -> None:
    """What people and cities say they can help with gets its vectors, so that it is found in any language."""
    offers.keep(reading.offered_texts())


DAILY = ()
MINUTELY = (ask_the_next, understand_offers)
