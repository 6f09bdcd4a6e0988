"""Duties of this room: what runs once a day, and what runs every minute."""

from django.core.management import call_command

from house.ground.tasks import task
from house.magazine.emails import post_edition
from house.magazine.readiness import note_what_was_taken_back


@task()
def mail_edition(issue: int) -> None:
    """A letter for each subscriber; what stands in it is decided when it is sent."""
    post_edition(issue)


@task()
def publish_scheduled() -> None:
    """Wagtail's own: what was to go out, or to end, by now."""
    call_command("publish_scheduled", verbosity=0)


@task()
def look_at_lent_words() -> None:
    """For the desk's first screen; readers don't wait for it."""
    note_what_was_taken_back()


DAILY = (look_at_lent_words,)
MINUTELY = (publish_scheduled,)
