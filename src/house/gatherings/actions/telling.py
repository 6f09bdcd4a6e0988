"""Whom what comes after a gathering is told to: those who had a place, were in line or speak in it."""

from django.db.models import Model

from house.access.viewer import Viewer
from house.gatherings.models import Event, Registration
from house.gatherings.models.after import Voice
from house.notices import happenings
from house.notices.happenings import Reason

# every row in this file: keys only; what each is told is asked of the door when it is told


def tell_those_who_were_asked(
    kind: str, thing: Model, event: Event, *, key: str, by: Viewer
) -> None:
    """Also who follows the event's topics hears of it, and the host city's followers."""
    placed = Registration.objects.filter(event=event).live().values_list("person_id", flat=True)
    speaking = Voice.objects.filter(recording__event=event, person__isnull=False)
    to = dict.fromkeys(placed, Reason.OWN)
    to |= dict.fromkeys(speaking.values_list("person_id", flat=True), Reason.HELPED)
    happenings.tell(
        kind,
        thing,
        key=f"{kind}:{key}",
        by=by,
        to=to,
        topics=event.topics.values_list("pk", flat=True),
        city=event.host_city_id,
        thread=f"gatherings.event:{event.code}",
    )
