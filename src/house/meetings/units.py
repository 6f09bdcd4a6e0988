"""The unit of the ledger that a session or a visit keeps: held when it is booked, decided when it is over.

Whoever calls has judged who acts and locked the session or visit. What the room's rules decide is
written by the house, because an expert keeps no ledger; who cancelled stands in the journal.
"""

import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.meetings.models import Outcome
from house.partners import ledger
from house.partners.models import Benefit, Hold
from house.partners.viewing import operator
from house.vocabulary.models import City

# every row in this file: the unit of a thing that the caller has fetched through its door

OWNER = "meetings"
SESSION, VISIT = "one-on-one", "full-day-visit"


class Kept(Protocol):
    """A session or a visit."""

    code: str
    city: City
    holds: int
    hold: Hold | None
    hold_id: int | None
    unit: str


def keep(thing: Kept, benefit: str, *, by: Viewer, what_for: str, when: datetime.datetime) -> None:
    """Hold a unit of the period in which it takes place. The caller saves `holds`, `hold` and `unit`.

    Raises what `ledger.hold` raises; then nothing was held.
    """
    thing.holds += 1
    thing.hold = ledger.hold(
        thing.city,
        Benefit.objects.get(pk=benefit),
        key=f"{OWNER}:{thing.code}:{thing.holds}",
        by=by,
        what_for=what_for,
        when=when,
    )
    thing.unit = ""


def settle(thing: Kept, outcome: str, *, by: Viewer, reason: str) -> str:
    """Decide the unit by an outcome of the rules; gives what became of it.

    What the office decided at the ledger before is left as it is.
    """
    if thing.hold_id is None:
        return ""
    kept = Hold.objects.select_related("account__benefit").get(pk=thing.hold_id)
    key, house = f"{OWNER}:{kept.code}:{outcome}", operator()
    if kept.state == Hold.State.HELD and outcome == Outcome.USED:
        kept = ledger.use(kept, key=key, by=house, reason=reason)
    elif kept.state == Hold.State.HELD and outcome == Outcome.RELEASED:
        kept = ledger.release(kept, key=key, by=house, reason=reason, owner=OWNER)
    elif outcome == Outcome.REFUNDED and kept.state in {Hold.State.HELD, Hold.State.USED}:
        kept = ledger.refund(kept, key=key, by=house, reason=reason)
    thing.unit = "" if kept.state == Hold.State.HELD else kept.state
    return thing.unit


def moves_to(thing: Kept, when: datetime.datetime) -> bool:
    """Does another moment lie in another period than the unit that is held?"""
    if thing.hold_id is None:
        return True
    account = Hold.objects.select_related("account").get(pk=thing.hold_id).account
    return not account.begins_at <= when < account.ends_at


def told(unit: str) -> str:
    """What became of the unit, in a sentence."""
    return {
        Hold.State.USED: _("The unit is used."),
        Hold.State.RELEASED: _("The unit is free again."),
        Hold.State.REFUNDED: _("The foundation gives the unit back."),
    }.get(unit, _("The unit stays as it was."))
