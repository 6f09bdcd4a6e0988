"""Duties of this room: what runs once a day, and what runs every minute."""

import logging

from house.atlas.mobility import fetching
from house.ground.errors import Refused
from house.ground.tasks import task

log = logging.getLogger(__name__)


@task()
def ask_feeds(system: str, discovery: str) -> None:
    try:
        fetching.fetch_system(system, discovery)
    except Refused as refused:
        log.info("Feeds of %s were not asked: %s", system, refused.message)


DAILY = ()
MINUTELY = ()
