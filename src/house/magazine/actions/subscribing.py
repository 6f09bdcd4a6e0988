"""Having the magazine by mail, or no longer: a choice among her notices like any other."""

from house.access.viewer import Viewer
from house.ground.errors import Forbidden
from house.magazine.queries import EDITION
from house.notices import choosing
from house.notices.models import How


def subscribe(*, by: Viewer, wanted: bool) -> None:
    if by.person_id is None:
        raise Forbidden("")
    choosing.choose({EDITION: How.AT_ONCE if wanted else How.INBOX}, by=by)
