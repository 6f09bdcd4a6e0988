"""When mail about what happened may reach somebody: pure rules over a `Rhythm`, in her own zone.

Digests have slots: an hour of each day, or of one day a week. A slot in quiet hours moves to their
end; one on a day of absence is left out, and the next after it holds everything since. What a clock
skips in spring is the moment after the gap; what it shows twice in autumn is the first time.
"""

import datetime
import zoneinfo
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from house.notices import happenings
from house.notices.models import Pace, Rhythm, Subscription
from house.people.models import Person

# every row in this file: each person's own rhythm, kept by the worker

_DAY = datetime.timedelta(days=1)


def zone_of(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # a zone that this machine's tables don't know
        return zoneinfo.ZoneInfo("UTC")


def is_quiet(rhythm: Rhythm, hour: int) -> bool:
    """Quiet hours may run over midnight; from and until the same hour is none."""
    start, end = rhythm.quiet_from, rhythm.quiet_until
    if start is None or end is None or start == end:
        return False
    return start <= hour < end if start < end else hour >= start or hour < end


def may_mail(rhythm: Rhythm, now: datetime.datetime) -> bool:
    """May a notice reach her by mail at this moment?"""
    here = now.astimezone(zone_of(rhythm.zone))
    return not rhythm.is_away(here.date()) and not is_quiet(rhythm, here.hour)


def next_slot(rhythm: Rhythm, after: datetime.datetime) -> datetime.datetime:
    """The first moment after `after` at which a digest may go out; in UTC."""
    zone = zone_of(rhythm.zone)
    day = after.astimezone(zone).date() - _DAY  # its slot may have moved over midnight
    if rhythm.away_until and rhythm.is_away(day):
        day = rhythm.away_until - _DAY
    while True:
        slot = _slot_of(rhythm, day, zone)
        if slot is not None and slot > after:
            return slot
        day += _DAY
        if rhythm.away_until is None and rhythm.is_away(day):
            return (
                after + 366 * _DAY
            )  # away without an end: asked again in a year, or when she is back


def _slot_of(
    rhythm: Rhythm, day: datetime.date, zone: zoneinfo.ZoneInfo
) -> datetime.datetime | None:
    if rhythm.pace == Pace.WEEKLY and day.weekday() != rhythm.weekday:
        return None
    slot = moment_of(day, rhythm.hour, zone)
    here = slot.astimezone(zone)
    if is_quiet(rhythm, here.hour):
        assert rhythm.quiet_until is not None  # noqa: S101 -- else nothing is quiet
        # The quiet of an evening ends on the next morning.
        ends = here.date() + (_DAY if rhythm.quiet_until <= here.hour else 0 * _DAY)
        slot = moment_of(ends, rhythm.quiet_until, zone)
    return None if rhythm.is_away(slot.astimezone(zone).date()) else slot


def moment_of(day: datetime.date, hour: int, zone: zoneinfo.ZoneInfo) -> datetime.datetime:
    """In UTC; an hour that the clock skips is the one after it."""
    local = datetime.datetime.combine(day, datetime.time(hour), zone)
    return local.astimezone(datetime.UTC)


def period_of(rhythm: Rhythm, slot: datetime.datetime) -> str:
    """What makes a digest one of its kind: the day of its slot, in her zone."""
    return f"{slot.astimezone(zone_of(rhythm.zone)):%Y-%m-%d}"


def begin(persons: Iterable[Person]) -> int:
    """A rhythm for who has none: a digest each morning, her topics, and what everybody follows at first."""
    everybody = [f"kind:{kind.name}" for kind in happenings.kinds() if kind.is_followed_by_all]
    rhythms, follows = [], []
    for person in persons:
        rhythm = Rhythm(person=person, zone=person.time_zone)
        rhythm.next_digest_at = next_slot(rhythm, timezone.now())
        rhythms.append(rhythm)
        topics = [f"topic:{slug}" for slug in person.topics.values_list("pk", flat=True)]
        follows += [Subscription(person=person, target=t) for t in (*everybody, *topics)]
    with transaction.atomic():
        Subscription.objects.bulk_create(follows, ignore_conflicts=True)
        Rhythm.objects.bulk_create(rhythms, ignore_conflicts=True)
    return len(rhythms)


def keep_up() -> None:
    """New persons begin; who moved to another zone has her slots reckoned there."""
    have = Rhythm.objects.order_by().values("person")
    begin(Person.objects.filter(is_active=True).exclude(pk__in=have)[:2000])
    moved = Rhythm.objects.exclude(zone=F("person__time_zone")).select_related("person")
    for rhythm in moved[:2000]:
        rhythm.zone = rhythm.person.time_zone
        rhythm.next_digest_at = next_slot(rhythm, timezone.now())
        rhythm.save(update_fields=["zone", "next_digest_at"])


def rhythm_of(person: Person) -> Rhythm:
    found = Rhythm.objects.filter(person=person).first()
    if found is None:
        begin([person])
        found = Rhythm.objects.get(person=person)
    return found
