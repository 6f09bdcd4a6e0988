from django.db.models import Model
from django.utils.translation import gettext as _

from house.access.policy import policy_for
from house.access.viewer import Viewer
from house.ground.errors import Forbidden


def may(viewer: Viewer, act: str, thing: Model) -> bool:
    return policy_for(type(thing)).may(viewer, act, thing)


def allow(viewer: Viewer, act: str, thing: Model) -> None:
    """Raise `Forbidden`, with the reason and what would allow it, unless the viewer may do this."""
    if not may(viewer, act, thing):
        reason, remedy = policy_for(type(thing)).why_not(viewer, act, thing)
        raise Forbidden(reason or _("This is not yours to do."), remedy=remedy)
