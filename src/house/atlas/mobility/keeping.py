"""What feeds said is kept: by the worker that asked them, and by an operator who has their files."""

import datetime
import hashlib

from house.atlas.mobility.models import FeedReading
from house.atlas.mobility.models.edition import canonical
from house.atlas.mobility.reading.gbfs import Document, read_system

# every row in this file: it writes and reads nothing


def take_in_feeds(
    system: str,
    documents: dict[str, Document],
    *,
    read_at: datetime.datetime,
    url: str = "",
    took_ms: int = 0,
) -> FeedReading:
    """What the feeds of one system say, from files or from the net."""
    said = read_system(documents).plain()
    return FeedReading.objects.create(
        system=system[:120],
        read_at=read_at,
        url=url[:500],
        answered=True,
        said=said,
        sha256=hashlib.sha256(canonical(documents)).hexdigest(),
        took_ms=took_ms,
    )
