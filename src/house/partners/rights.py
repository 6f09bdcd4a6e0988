"""What a viewer may do. One table, data not code; the only judge beside `visible_to`.

The office makes versions of the table, each in force from its date. A version's cells never change, so
a process keeps what it has read for ever; which version rules is asked anew for every viewer.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from house.access.capabilities import CAPABILITIES, Standing
from house.access.viewer import Viewer
from house.ground.errors import Forbidden
from house.partners.models import Level, Right, Table

# every row in this file: the table is public and read to judge

Cells = dict[str, frozenset[str]]
# What this process has read: a version's cells never change, so nothing is ever taken out.
KEPT: dict[int, Cells] = {}


@dataclass(frozen=True, slots=True)
class Decision:
    allowed: bool
    reason: str = ""
    remedy: str = ""


_ALLOWED = Decision(allowed=True)
# Read once: an enumeration makes them anew at every look, and a refusal is judged in microseconds.
_LEVELS = tuple(Level)
_OTHERS = tuple(standing for standing in Standing if standing not in Level.values)


def ruling_table() -> int:
    """The version in force now; 0 in a house without any."""
    return Table.objects.in_force().values_list("pk", flat=True).first() or 0


def cells(table: int) -> Cells:
    """Standing → capabilities, of one version."""
    if table in KEPT:
        return KEPT[table]
    found: Cells = {standing: frozenset() for standing in Standing.values}
    for standing, capability in Right.objects.filter(table=table).values_list(
        "standing", "capability"
    ):
        found[standing] |= {capability}
    return KEPT.setdefault(table, found)


def decide(viewer: Viewer, capability: str) -> Decision:
    """May this viewer do this? A refusal says why and what would allow it.

    Raises `LookupError` for a capability that nobody declared.
    """
    if capability in viewer.capabilities:
        return _ALLOWED
    if capability not in CAPABILITIES:
        raise LookupError(f"No capability is called {capability!r}")
    if capability in viewer.left_out:
        return Decision(
            False,
            _("You may do this, but the scopes of the key that calls leave it out: %(scope)s.")
            % {"scope": capability},
            _("Make a key that holds this scope on your safety page."),
        )
    if capability in viewer.denied:
        return Decision(
            False,
            viewer.denied[capability],
            _("The foundation made this exception: write to it if the reason is gone."),
        )
    if not viewer.is_member:
        if viewer.person_id is None:
            return Decision(
                False, _("This is for partner cities of the alliance."), _("Sign in to go on.")
            )
        if viewer.is_staff:
            return Decision(
                False,
                _("Your work for the foundation does not include this."),
                _("Ask the office: it keeps the table of rights."),
            )
        return Decision(
            False,
            _("Your city has no running partnership with the alliance."),
            _("Ask your city's coordinator, or write to the foundation to join or renew."),
        )
    return _refusal_of_a_member(viewer, capability)


def _refusal_of_a_member(viewer: Viewer, capability: str) -> Decision:
    table = cells(viewer.table or ruling_table())
    levels = [str(level.label) for level in _LEVELS if capability in table[level]]
    if levels:
        return Decision(
            False,
            _("Your city's %(level)s partnership does not include this.")
            % {"level": Level(viewer.level).label},
            _(
                "These include it: %(levels)s. Your coordinator can ask the foundation to change yours."
            )
            % {"levels": ", ".join(levels)},
        )
    others = [str(standing.label) for standing in _OTHERS if capability in table[standing]]
    if others:
        return Decision(
            False,
            _("This is done by: %(standings)s.") % {"standings": ", ".join(others)},
            _("Ask who coordinates for your city, or write to the foundation."),
        )
    return Decision(False, _("No partnership includes this."), _("Write to the foundation."))


def require(viewer: Viewer, capability: str) -> None:
    """Raise `Forbidden` with reason and remedy unless the viewer may."""
    decision = decide(viewer, capability)
    if not decision.allowed:
        raise Forbidden(decision.reason, remedy=decision.remedy)
