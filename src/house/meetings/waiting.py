"""What waits for the foundation here: the desk's first page shows it."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from house.access.viewer import Viewer
from house.meetings.models import Session, Visit

# So long an expert has to say whether a session took place before the desk is told.
PATIENCE = datetime.timedelta(days=2)
_OURS = (Visit.State.ASKED, Visit.State.TALKING, Visit.State.PLANNED)


def visits_for_us(viewer: Viewer) -> QuerySet[Visit]:
    """The foundation has the next word: asked for, being talked about, or to be planned."""
    found = Visit.objects.visible_to(viewer).filter(state__in=_OURS)
    return found.for_lists().order_by("asked_at", "pk")


def sessions_unmarked(viewer: Viewer) -> QuerySet[Session]:
    found = Session.objects.visible_to(viewer).over(timezone.now() - PATIENCE)
    return found.for_lists().order_by("ends_at", "pk")
