"""What a level may do. One table, data not code; the only judge beside `visible_to`."""

from dataclasses import dataclass

from django.core.cache import caches
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.ground.errors import Forbidden
from house.partners.models import Level, Right

# every row in this file: the table is public and read to judge

# The default table is laid by this floor's second migration; the office edits the rows.
CAPABILITIES = frozenset(
    {
        "alex.read", "alex.write", "magazine.read", "agora.read", "agora.write", "gatherings.read",
        "gatherings.attend", "gatherings.host", "topics.suggest", "showcase.publish", "meetings.book",
        "visits.request",
    }
)  # fmt: skip
_CACHE = "rights-table"


@dataclass(frozen=True, slots=True)
class Decision:
    allowed: bool
    reason: str = ""
    remedy: str = ""


def table() -> dict[str, frozenset[str]]:
    """The table as it stands: level → capabilities. Read at most once a minute by each process."""
    found = caches["local"].get(_CACHE)
    if found is None:
        found = {level: frozenset() for level in Level.values}
        for right in Right.objects.all():
            found[right.level] |= {right.capability}
        caches["local"].set(_CACHE, found, timeout=60)
    return dict(found)


def decide(viewer: Viewer, capability: str) -> Decision:
    """May this viewer do this? A refusal says why and what would allow it.

    Raises `LookupError` for a capability that nobody declared.
    """
    if capability not in CAPABILITIES:
        raise LookupError(f"No capability is called {capability!r}")
    if viewer.is_staff:
        return Decision(allowed=True)
    if not viewer.is_member:
        if viewer.person_id is None:
            return Decision(
                False, _("This is for partner cities of the alliance."), _("Sign in to go on.")
            )
        return Decision(
            False,
            _("Your city has no running partnership with the alliance."),
            _("Ask your city's coordinator, or write to the foundation to join or renew."),
        )
    rights = table()
    if capability in rights[viewer.level]:
        return Decision(allowed=True)
    levels = [str(Level(level).label) for level in Level.values if capability in rights[level]]
    return Decision(
        False,
        _("Your city's %(level)s partnership does not include this.")
        % {"level": Level(viewer.level).label},
        _("These include it: %(levels)s. Your coordinator can ask the foundation to change yours.")
        % {"levels": ", ".join(levels)},
    )


def require(viewer: Viewer, capability: str) -> None:
    """Raise `Forbidden` with reason and remedy unless the viewer may."""
    decision = decide(viewer, capability)
    if not decision.allowed:
        raise Forbidden(decision.reason, remedy=decision.remedy)
