"""Feeds and lists of feeds of others, as values. No Django models here: bytes in, plain words out."""

from house.radar.reading.feed import Entry, Feed, read_feed
from house.radar.reading.opml import Outline, read_opml, write_opml

__all__ = ["Entry", "Feed", "Outline", "read_feed", "read_opml", "write_opml"]
