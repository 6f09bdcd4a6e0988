from typing import Any

from django.db.models import Model, QuerySet

from house.access.models import JournalRow
from house.access.viewer import Viewer

# every row in this file: whoever may read a thing's history has fetched the thing through its door


def record(
    act: str,
    thing: Model | None,
    *,
    by: Viewer,
    reason: str = "",
    facts: dict[str, Any] | None = None,
) -> JournalRow:
    """Write one row, in the caller's transaction: an act that is undone leaves no row."""
    return JournalRow.objects.create(
        act=act,
        kind=thing._meta.label_lower if thing else "",
        object_id=str(thing.pk) if thing else "",
        person_id=by.person_id,
        reason=reason,
        facts=facts or {},
    )


def rows_about(thing: Model) -> QuerySet[JournalRow]:
    """Newest first. The caller has fetched the thing through its door and may read its history."""
    label = thing._meta.label_lower
    return JournalRow.objects.filter(kind=label, object_id=str(thing.pk)).order_by("-pk")
