"""Steps that several verbs share. They check nothing: the verbs did."""

from typing import Any

from house.access import journal
from house.access.viewer import Viewer
from house.gatherings.models import Event, Registration
from house.ground.text import slug_of
from house.notices import letters
from house.retrieval import outbox

KIND = "event"
_OUR_OWN = {"new", "mine", "month", "past", "manage", "series", "topics", "hosting", "market"}


def post(kind: str, registration: Registration, *, key: str = "") -> None:
    """Have a letter sent to whom the registration is of; once for each turn of it."""
    letters.post(
        kind,
        registration,
        registration.person_id,
        key=f"{kind}:{registration.pk}:{key or registration.turn}",
    )


def note_act(act: str, event: Event, *, by: Viewer, reason: str = "", **facts: Any) -> None:
    journal.record(f"gatherings.{act}", event, by=by, reason=reason, facts=facts)


def changed(event: Event) -> None:
    """Tell search, in this transaction."""
    outbox.touch(KIND, event.pk)


def give_slug(event: Event) -> None:
    """A slug of the title, once: addresses that were announced stay."""
    if event.slug and event.slug != event.code:
        return
    made = slug_of(event.title, fallback=event.code)
    taken = Event.objects.filter(slug=made).exclude(pk=event.pk).exists()
    event.slug = f"{made}-{event.code}" if taken or made in _OUR_OWN else made
