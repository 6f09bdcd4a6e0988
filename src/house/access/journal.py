import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from house.access import chain
from house.access.models import JournalRow
from house.access.viewer import Viewer

# every row in this file: whoever may read a thing's history has fetched the thing through its door


@transaction.atomic
def record(
    act: str,
    thing: Model | None,
    *,
    by: Viewer,
    reason: str = "",
    facts: dict[str, Any] | None = None,
) -> JournalRow:
    """Write one row, in the caller's transaction: an act that is undone leaves no row.

    Rows are written one after another: until the caller's transaction ends, nobody else writes one. So
    record last, after other rows are locked. Facts hold numbers, codes and states, never a name or an
    address: a row can't be changed when a person is erased.
    """
    chain.wait_for_turn()
    last = chain.head()
    row = JournalRow(
        number=last.number + 1,
        at=timezone.now(),
        act=act,
        kind=thing._meta.label_lower if thing else "",
        object_id=str(thing.pk) if thing else "",
        person_id=by.person_id,
        reason=reason,
        # As it will be read: what JSON can't hold fails here, not in a later check.
        facts=json.loads(json.dumps(facts or {}, cls=DjangoJSONEncoder)),
    )
    row.digest = chain.digest_of(last.digest, row)
    row.save(force_insert=True)
    return row


def rows_about(thing: Model) -> QuerySet[JournalRow]:
    """Newest first. The caller has fetched the thing through its door and may read its history."""
    label = thing._meta.label_lower
    return JournalRow.objects.filter(kind=label, object_id=str(thing.pk)).order_by("-pk")
