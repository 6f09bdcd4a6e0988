"""Duties of this room: what runs once a day, and what runs every minute."""

from house.atlas.initiatives import asking
from house.atlas.initiatives.importing import running
from house.atlas.initiatives.opening import keeping
from house.ground.tasks import task


@task()
def ask_initiatives() -> None:
    """Letters to those whose year is over."""
    for ask in asking.ask_due():
        asking.send(ask)


@task()
def forget_addresses() -> None:
    """Of who suggested something and was answered; and files of imports that nobody followed up."""
    asking.forget_suggesters()
    running.sweep()


@task()
def look_for_openings() -> None:
    keeping.look_again()


@task()
def keep_openings() -> None:
    """So that "open now" is true to the minute."""
    keeping.catch_up()


DAILY = (ask_initiatives, forget_addresses, look_for_openings)
MINUTELY = (keep_openings,)
