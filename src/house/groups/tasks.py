"""Duties of this room: what runs once a day, and what runs every minute."""

from house.ground.tasks import task
from house.groups import duties, parting


@task()
def remind_of_terms() -> None:
    duties.remind_of_terms()


@task()
def remind_of_tasks() -> None:
    duties.remind_of_tasks()


@task()
def let_go_without_seat() -> None:
    parting.leave_without_seat()


DAILY = (remind_of_terms, remind_of_tasks)
MINUTELY = (let_go_without_seat,)
