"""A person's own choices: her rhythm, and how she wants each kind."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from house.access.viewer import Viewer
from house.notices.models import Choice, Rhythm
from house.notices.rhythms import next_slot

# every row in this file: one's own choices, by one's own act


@transaction.atomic
def change_rhythm(rhythm: Rhythm) -> None:
    """Counts from the next slot on; what waits for a digest waits for the new one."""
    rhythm.zone = rhythm.person.time_zone
    rhythm.next_digest_at = next_slot(rhythm, timezone.now())
    rhythm.save()


def chosen_by(viewer: Viewer) -> dict[str, str]:
    return dict(Choice.objects.visible_to(viewer).values_list("kind", "how"))


@transaction.atomic
def choose(hows: Mapping[str, str], *, by: Viewer) -> None:
    """Kind → how; empty takes an earlier choice back."""
    mine = Choice.objects.filter(person_id=by.person_id)
    mine.filter(kind__in=[kind for kind, how in hows.items() if not how]).delete()
    for kind, how in hows.items():
        if how:
            mine.update_or_create(person_id=by.person_id, kind=kind, defaults={"how": how})
