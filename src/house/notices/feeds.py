"""Calendar feeds: what a person's program reads by a secret address, as she may see it at that moment."""

import datetime
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.notices import calendars
from house.notices.calendars import CalendarEvent, Scope
from house.notices.ics.lines import line, text
from house.notices.ics.writing import calendar, uid_of, vevent, vtimezones
from house.notices.models import CalendarFeed
from house.partners.viewing import viewer_for
from house.people.models import Person

# every row in this file: who holds the address reads as its owner, whose own door each source asks

BACK, AHEAD = datetime.timedelta(days=60), datetime.timedelta(days=400)
CANCELLED_FOR = datetime.timedelta(days=30)
MOST = 2000
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]{1,20}://[^\s<>\"]+|\bwww\.[^\s<>\"]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """A feed as bytes, and when it last said something else."""

    raw: bytes
    etag: str
    changed_at: datetime.datetime


def feed_of(secret: str) -> tuple[CalendarFeed, Viewer] | None:
    """None alike for an unknown address and for one whose owner may read nothing inside any more."""
    feed = (
        CalendarFeed.objects.select_related("person", "city", "topic")
        .filter(digest=digest_of(secret))
        .first()
    )
    if feed is None:
        return None
    viewer = viewer_for(feed.person)
    return (feed, viewer) if may_read(viewer) else None


def may_read(viewer: Viewer) -> bool:
    return viewer.person_id is not None and viewer.can("gatherings.read")


def digest_of(secret: str) -> str:
    # A random 256-bit secret needs no slow hash: there is nothing to guess.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def read(feed: CalendarFeed, viewer: Viewer) -> Reading:
    """Asks each source anew. Notes on the feed that it was read, and since when it says what it says."""
    now = timezone.now()
    raw = written(
        events_for(viewer, scope_of(feed), now - BACK, now + AHEAD),
        name=feed.name,
        zone=feed.person.time_zone,
        stamped_at=feed.made_at,
    )
    # Of one's own address: the same calendar has another mark at each, so a mark tells nothing of others.
    etag = hmac.digest(feed.digest.encode(), raw, "sha256").hex()
    changed = []
    if etag != feed.etag:
        feed.etag, feed.changed_at = etag, now.replace(microsecond=0)
        changed += ["etag", "changed_at"]
    if feed.read_at is None or now - feed.read_at > datetime.timedelta(hours=1):
        feed.read_at = now
        changed.append("read_at")
    if changed:
        feed.save(update_fields=changed)
    return Reading(raw, etag, feed.changed_at)


def scope_of(feed: CalendarFeed) -> Scope:
    if feed.sort == CalendarFeed.Sort.CITY:
        return Scope("city", feed.city_id)
    if feed.sort == CalendarFeed.Sort.TOPIC:
        return Scope("topic", feed.topic.slug)
    return Scope("mine")


def events_for(
    viewer: Viewer, scope: Scope, since: datetime.datetime, until: datetime.datetime
) -> list[CalendarEvent]:
    """What every source gives this viewer, in order. What was cancelled long ago is left out."""
    found: dict[str, CalendarEvent] = {}
    for source in calendars.sources():
        for event in islice(source.items(viewer, scope, since, until), MOST):
            if not _is_old(event):
                found[uid_of(event.kind, event.code)] = without_ways_in(event)
    return sorted(found.values(), key=lambda event: (event.starts_at, event.kind, event.code))


def _is_old(event: CalendarEvent) -> bool:
    """Programs forget by themselves what a feed no longer holds; a month is enough to be seen crossed out."""
    since = event.changed_at or event.starts_at
    return event.status == "CANCELLED" and since < timezone.now() - CANCELLED_FOR


def without_ways_in(event: CalendarEvent) -> CalendarEvent:
    """A feed is read for years by who knows what programs: no address in it but the house's own."""

    def hide(value: str) -> str:
        return _ADDRESS.sub(
            lambda found: found[0] if _is_ours(found[0]) else _("(see the house)"), value
        )

    return replace(
        event,
        title=hide(event.title),
        location=hide(event.location),
        description=hide(event.description),
        url=event.url if _is_ours(event.url) else "",
    )


def _is_ours(address: str) -> bool:
    try:
        one, two = urlsplit(address), urlsplit(settings.BASE_URL)
    except ValueError:
        return False
    return (one.scheme, one.netloc) == (two.scheme, two.netloc)


def written(
    events: Iterable[CalendarEvent], *, name: str, zone: str, stamped_at: datetime.datetime
) -> bytes:
    """The same bytes for the same events, so that nothing new can be told as such."""
    events = list(events)
    head = (
        line("METHOD", "PUBLISH"),
        line("NAME", text(name)),
        line("X-WR-CALNAME", text(name)),
        line("X-WR-TIMEZONE", text(zone)),
        line("REFRESH-INTERVAL", "PT1H", VALUE="DURATION"),
        line("X-PUBLISHED-TTL", "PT1H"),
    )
    parts = [vevent(event, stamped_at=event.changed_at or stamped_at) for event in events]
    return calendar([*vtimezones(events), *parts], head=head)


def file_of(events: Iterable[CalendarEvent], *, name: str, person: Person | None = None) -> bytes:
    """One or more things as a file to download, for rooms: `text/calendar; charset=utf-8`."""
    zone = person.time_zone if person else "UTC"
    return written(events, name=name, zone=zone, stamped_at=timezone.now())
