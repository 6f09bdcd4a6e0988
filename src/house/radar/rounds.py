"""The duty: sources that are due are asked, a few at a time, whatever kills the worker in between.

A source is claimed by moving its next turn ahead; what comes is settled in one transaction. A kill
costs the turn in hand: the claim lapses, the feed is asked again, and items that are there stay one.
"""

import datetime
import secrets
import time

from django.db import transaction
from django.utils import timezone

from house.radar import fetching
from house.radar.fetching import Answer, Asked
from house.radar.models import Host, Source, Standing
from house.radar.settling import settle

# every row in this file: the house reads feeds for everybody

MOST = 20  # sources a round
SECONDS = 40.0  # after which a round begins no other source
CLAIM = datetime.timedelta(minutes=10)
EVERY, SELDOM = datetime.timedelta(hours=1), datetime.timedelta(hours=6)
QUIET = datetime.timedelta(days=14)  # nothing new for so long: asked seldom
FIRST_WAIT, LONGEST_WAIT = datetime.timedelta(hours=1), datetime.timedelta(days=7)
HOST_PAUSE = datetime.timedelta(seconds=20)
HOST_PAUSE_MOST = datetime.timedelta(minutes=10)
ROBOTS_KEPT = datetime.timedelta(days=1)
_chance = secrets.SystemRandom()


def go(now: datetime.datetime | None = None, *, most: int = MOST, seconds: float = SECONDS) -> int:
    """Ask what is due. Gives how many were asked."""
    now = now or timezone.now()
    until, asked = time.monotonic() + seconds, 0
    for source in Source.objects.due(now)[: 3 * most]:
        if asked >= most or time.monotonic() > until:
            break
        if _claim(source, now):
            read(source, now)
            asked += 1
    return asked


def _claim(source: Source, now: datetime.datetime) -> bool:
    """Take the source's turn and its host's; false where somebody else has it, or the host was just asked."""
    mine = Source.objects.filter(pk=source.pk, next_at=source.next_at, standing=Standing.ACTIVE)
    host, _is_new = Host.objects.get_or_create(
        pk=fetching.host_of(source.url), defaults={"next_at": now}
    )
    pause = _pause_of(host)
    if not Host.objects.filter(pk=host.pk, next_at__lte=now).update(next_at=now + pause):
        # Spread, so that a list of three hundred feeds of one host does not stand in line together.
        mine.update(next_at=max(host.next_at, now) + pause * _chance.uniform(0.5, 3))
        return False
    return bool(mine.update(next_at=now + CLAIM, tried_at=now))


def _pause_of(host: Host) -> datetime.timedelta:
    asked = datetime.timedelta(seconds=fetching.asked_pause(host.robots)) if host.robots else None
    return min(max(asked or HOST_PAUSE, HOST_PAUSE), HOST_PAUSE_MOST)


def read(source: Source, now: datetime.datetime) -> Answer:
    """Ask one source that is claimed, and settle what it answered."""
    asked = Asked(source.url, source.etag, source.modified)
    answer = fetching.fetch(asked, robots=lambda url: _robots_say(url, now), now=now)
    brought = settle(source, answer.feed, now) if answer.feed else 0
    note(source, answer, brought, now)
    return answer


def _robots_say(url: str, now: datetime.datetime) -> str:
    """Asked of each host once a day; what can't be asked now is a reason to wait."""
    host, _is_new = Host.objects.get_or_create(pk=fetching.host_of(url), defaults={"next_at": now})
    if host.robots_at is None or host.robots_at < now - ROBOTS_KEPT:
        said = fetching.robots_of(url)
        if said is None:
            return "robots-unknown"
        # NUL can't be kept by every database, and says nothing.
        host.robots, host.robots_at = said.replace("\0", ""), now
        host.save(update_fields=["robots", "robots_at"])
    return "" if fetching.may_read(host.robots, url) else "robots"


@transaction.atomic
def note(source: Source, answer: Answer, brought: int, now: datetime.datetime) -> None:
    """How it went, and when it is asked again. What a curator did in the meantime stands."""
    asked = source.url
    source = Source.objects.select_for_update().get(pk=source.pk)
    if source.url != asked:
        return  # she gave it another address: that one is asked in its own turn
    if answer.trouble:
        source.failures = min(source.failures + 1, 1000)
        source.trouble = answer.trouble[:300]
        source.next_at = now + wait_after(source.failures, answer.wait)
        if answer.is_gone:
            source.standing = Standing.GONE
    else:
        source.failures, source.trouble, source.succeeded_at = 0, "", now
        source.etag, source.modified = answer.etag, answer.modified
        source.brought_at = now if brought else source.brought_at
        source.next_at = now + turn(source, now)
        _follow_move(source, answer)
    source.save()


def _follow_move(source: Source, answer: Answer) -> None:
    """It lives elsewhere for good, and has just answered from there. Nobody else's address is taken."""
    is_taken = Source.objects.filter(url=answer.url).exclude(pk=source.pk).exists()
    if answer.url != source.url and not is_taken:
        source.url = answer.url
    if answer.feed and answer.feed.site and not source.site:
        source.site = answer.feed.site[:500]


def turn(source: Source, now: datetime.datetime) -> datetime.timedelta:
    last = source.brought_at or source.added_at
    return (SELDOM if last < now - QUIET else EVERY) * _chance.uniform(0.9, 1.2)


def wait_after(failures: int, asked: datetime.timedelta | None = None) -> datetime.timedelta:
    """Twice as long after each failure, up to a week, with chance in it; longer where the other side asks."""
    wait = min(FIRST_WAIT * 2 ** min(failures - 1, 10), LONGEST_WAIT) * _chance.uniform(0.8, 1.2)
    return min(max(wait, asked or wait), 2 * LONGEST_WAIT)
