"""What the worker's clock starts each day on this floor."""

from django.contrib.sessions.models import Session
from django.utils import timezone

from house.ground.tasks import task
from house.people import contact, erasure


@task()
def erase_due() -> None:
    erasure.erase_due()


@task()
def forget_old() -> None:
    """Messages of more than a year ago, and sessions that nobody can use any more."""
    contact.forget_old_messages()
    # every row: what has expired serves nobody
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


DAILY = (erase_due, forget_old)
