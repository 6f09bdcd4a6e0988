from typing import Any

from django.db import transaction
from django.utils import timezone

from house.access.viewer import Viewer
from house.agora import limits
from house.agora.actions import steps
from house.agora.models import Unsent
from house.ground.text import clean
from house.partners import rights

_LONGEST = {"body": limits.BODY * 2, "title": 1000}
_OTHERS = 200


@transaction.atomic
def keep_unsent(place: str, content: dict[str, Any], *, by: Viewer) -> Unsent:
    """Keep what she is typing there, longer than could be sent, so that she can shorten it later."""
    rights.require(by, "agora.write")
    kept = {
        name: clean(value)[: _LONGEST.get(name, _OTHERS)]
        for name, value in content.items()
        if isinstance(value, str)
    }
    # every row: the writer's own
    unsent, _is_new = Unsent.objects.update_or_create(
        person_id=steps.person_of(by),
        place=place[:60],
        defaults={"content": kept, "saved_at": timezone.now()},
    )
    return unsent


@transaction.atomic
def forget_unsent(place: str, *, by: Viewer) -> None:
    # every row: the writer's own
    Unsent.objects.filter(person_id=steps.person_of(by), place=place).delete()
