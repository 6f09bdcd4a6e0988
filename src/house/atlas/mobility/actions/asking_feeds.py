"""A curator asks a system's feeds now; the worker does it, since another machine may take its time."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import Viewer
from house.atlas.mobility import tasks
from house.atlas.mobility.models import IndexCity
from house.ground.errors import Refused
from house.ground.html import safe_url
from house.partners import rights


@transaction.atomic
def ask_feeds(place: IndexCity, system: str, discovery: str, *, by: Viewer) -> None:
    rights.require(by, "atlas.curate")
    if not safe_url(discovery):
        raise Refused(_("The list gives no address for this system."))
    journal.record("mobility.ask_feeds", place, by=by, facts={"system": system})
    transaction.on_commit(partial(tasks.ask_feeds.enqueue, system, discovery))
