"""Steps that several verbs share. They check nothing: the verbs did."""

from collections.abc import Iterable
from typing import Any

from house.access import journal
from house.access.viewer import Viewer
from house.gatherings.models import Event, Registration, Speaker
from house.ground.text import slug_of
from house.notices import letters
from house.retrieval import outbox

# every row in this file: the verbs that call these have judged

KIND = "event"
_OUR_OWN = {
    "new", "mine", "month", "past", "manage", "series", "speaking", "topics", "hosting", "market",
}  # fmt: skip


def post(kind: str, registration: Registration, *, key: str = "") -> None:
    """Have a letter sent to whom the registration is of; once for each turn of it."""
    letters.post(
        kind,
        registration,
        registration.person_id,
        key=f"{kind}:{registration.pk}:{key or registration.turn}",
    )


def post_to_all(kind: str, registrations: Iterable[Registration], *, key: str = "") -> None:
    """The same to many, in as many queries as to few."""
    letters.post_many(
        kind,
        [(each, each.person_id, f"{kind}:{each.pk}:{key or each.turn}") for each in registrations],
    )


def post_to_speaker(speaker: Speaker) -> None:
    """May she be named? Once for each session."""
    if speaker.person_id is not None:
        letters.post(
            "gatherings.speaker",
            speaker,
            speaker.person_id,
            key=f"gatherings.speaker:{speaker.code}",
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
