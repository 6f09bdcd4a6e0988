"""What a run renewed or hid says again what it said before."""

import datetime

from django.db.models import Exists, F, OuterRef, Q

from house.atlas.initiatives.importing.writing import REACHED_BY, save
from house.atlas.initiatives.models import Ask, Initiative, Renewal, Run, RunState, State

# every row in this file: whoever may look after the atlas writes all of it


def put_back(run: Run) -> list[int]:
    """Whom nobody has touched since: no later run, no curator, no answer of its own. Their keys."""
    later = Renewal.objects.filter(
        initiative=OuterRef("initiative"), run__gt=run.pk, run__state=RunState.DONE
    )
    spoken_for = Ask.objects.filter(
        initiative=OuterRef("initiative"), answered_at__gt=run.ended_at
    ).exclude(answer="")
    kept = (
        Renewal.objects.filter(run=run)
        .filter(~Exists(later), ~Exists(spoken_for))
        .filter(
            Q(initiative__put_right_at=None) | Q(initiative__put_right_at__lt=F("run__ended_at"))
        )
        .select_related("initiative")
    )
    put = [each for each in kept if _is_as_left(each)]
    rows = [_as_before(each) for each in put]
    names = {name for each in put for name in each.before} - {"contact"}
    save(rows, names | {*REACHED_BY, "contact_is_public"})
    return [row.pk for row in rows]


def _is_as_left(renewal: Renewal) -> bool:
    """A curator may have taken it off the map, or shown it again."""
    left = State.HIDDEN if "state" in renewal.before else State.SHOWN
    return renewal.initiative.state == left


def _as_before(renewal: Renewal) -> Initiative:
    row = renewal.initiative
    for name, value in renewal.before.items():
        if name == "contact":
            continue
        is_day = name == "confirmed_on" and value
        setattr(row, name, datetime.date.fromisoformat(value) if is_day else value)
    for name in renewal.before.get("contact", ()):  # empty where it was erased since
        setattr(row, name, getattr(renewal, name))
    row.contact_is_public &= bool(row.email or row.phone)
    return row
