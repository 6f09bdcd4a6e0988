"""Duties of this floor."""

from house.ground.tasks import task
from house.memory import actions


@task()
def close_unanswered_offers() -> None:
    """Once a day: what nobody answered in time is left out, and the rest goes to the curators."""
    actions.close_unanswered()


DAILY = (close_unanswered_offers,)
