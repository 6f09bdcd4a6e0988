from collections.abc import Mapping
from itertools import islice
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Model
from django.utils.translation import gettext as _

from house.access.policy import EVERYTHING, policy_for
from house.access.viewer import Viewer
from house.ground.errors import Forbidden

# Doors in one query: to write one with more takes Django longer than to ask a second one.
_AT_ONCE = 25


def may(viewer: Viewer, act: str, thing: Model) -> bool:
    return policy_for(type(thing)).may(viewer, act, thing)


def allow(viewer: Viewer, act: str, thing: Model) -> None:
    """Raise `Forbidden`, with the reason and what would allow it, unless the viewer may do this."""
    if not may(viewer, act, thing):
        reason, remedy = policy_for(type(thing)).why_not(viewer, act, thing)
        raise Forbidden(reason or _("This is not yours to do."), remedy=remedy)


def who_sees(thing: Model, viewers: Mapping[int, Viewer]) -> set[int]:
    """Of many viewers, by any key, those who see one thing as it stands in the records.

    Each is asked at her own door, some doors in one query.
    """
    model: Any = type(thing)
    policy = policy_for(model)
    doors = {key: policy.seen_by(viewer) for key, viewer in viewers.items()}
    seeing = {key for key, door in doors.items() if door == EVERYTHING}
    closed = iter([key for key in doors if key not in seeing])
    # every row: asks only through whose door this one is seen
    records = model.objects.filter(pk=thing.pk).order_by()
    while some := list(islice(closed, _AT_ONCE)):
        opened = [ExpressionWrapper(doors[key], output_field=BooleanField()) for key in some]
        for row in records.values_list(*opened):
            seeing |= {key for key, is_open in zip(some, row, strict=True) if is_open}
    return seeing
