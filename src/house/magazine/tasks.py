"""Duties of this room: what runs once a day, and what runs every minute."""

from django.core.management import call_command

from house.ground.tasks import task
from house.magazine.emails import post_edition


@task()
def mail_edition(issue: int) -> None:
    """A letter for each subscriber; what stands in it is decided when it is sent."""
    post_edition(issue)


@task()
def publish_scheduled() -> None:
    """Wagtail's own: what was to go out, or to end, by now."""
    call_command("publish_scheduled", verbosity=0)


DAILY = ()
MINUTELY = (publish_scheduled,)
