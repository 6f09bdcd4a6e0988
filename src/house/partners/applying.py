"""What the clock does about applications."""

from house.ground.tasks import task
from house.partners.actions.applications import forget_old


@task()
def forget_applications() -> int:
    """Whoever never proved her address, and what came to nothing a year ago, is forgotten."""
    return forget_old()


DAILY = (forget_applications,)
