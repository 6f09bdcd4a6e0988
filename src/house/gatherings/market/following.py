"""A topic follows the event that takes it up: planned with it, done with it, open again without it.

Nothing here asks for a right: the verb on the offer or the event has judged.
"""

from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.gatherings.market.actions import Decision, lock, settle
from house.gatherings.market.actions import supporters as behind
from house.gatherings.models import Event, Suggestion

# every row in this file: topics of one event, for verbs that judged


def plan(suggestion: Suggestion, event: Event, *, by: Viewer) -> None:
    """Its cities hear where. One that was settled meanwhile, or has another event, stays as it is."""
    topic = lock(suggestion)
    while topic.merged_into is not None:
        topic = lock(topic.merged_into)
    if not topic.is_open_for_support or topic.event_id is not None:
        return
    city = event.host_city
    reason = _("%(city)s hosts it.") % {"city": city.label()} if city else ""
    settle(topic, Decision(Suggestion.State.PLANNED, reason, topic.url, event), by=by)


def open_again(event: Event, *, by: Viewer) -> None:
    """What was planned with an event that does not take place can be hosted by another city."""
    for topic in _planned(event):
        settle(topic, Decision(Suggestion.State.OPEN), by=by)


def done(event: Event) -> None:
    for topic in _planned(event):
        told = Decision(Suggestion.State.DONE, topic.reason, topic.url, event)
        settle(topic, told, by=Viewer())


def supporters(event: Event) -> dict[int, str]:
    """Who is told that the event is announced, because her city wanted its topic."""
    found: dict[int, str] = {}
    for topic in _planned(event):
        found |= behind(topic)
    return found


def _planned(event: Event) -> list[Suggestion]:
    rows = Suggestion.objects.filter(event=event, state=Suggestion.State.PLANNED)
    return [lock(topic) for topic in rows.order_by("pk")]
