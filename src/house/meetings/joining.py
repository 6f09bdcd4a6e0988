"""Who is shown the link to join, and when. It is a key to a room: it stands on no page before its time."""

import datetime

from house.access.viewer import Viewer
from house.meetings.access import is_side_of
from house.meetings.models import Session

BEFORE, AFTER = datetime.timedelta(minutes=15), datetime.timedelta(minutes=30)


def opens_at(session: Session) -> datetime.datetime:
    return session.starts_at - BEFORE


def may_join(viewer: Viewer, session: Session, at: datetime.datetime) -> bool:
    """Those who meet, from a quarter of an hour before to half an hour after; not who only looks after it."""
    in_time = opens_at(session) <= at <= session.ends_at + AFTER
    return bool(session.link) and session.is_booked and in_time and is_side_of(viewer, session)
