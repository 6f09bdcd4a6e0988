"""What is asked of the room's tables: an expert's diary, free slots of many, what is on somebody's plate."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.utils import timezone

from house.access.viewer import Viewer
from house.meetings import slots
from house.meetings.models import Availability, Busy, DayChange, Session, WeeklyHours
from house.meetings.slots import Diary, Span, Terms

# every row in this file: free time is reckoned from rows that no reader is shown; lists begin at their door

DAY = datetime.timedelta(days=1)
# Sessions that count: a cancelled one has given its time back.
COUNTED = (Session.State.BOOKED, Session.State.HELD, Session.State.CITY_ABSENT)


def terms_of(availability: Availability) -> Terms:
    minutes, hours = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)
    return Terms(
        zone=availability.zone,
        before=availability.before * minutes,
        after=availability.after * minutes,
        notice=availability.notice_hours * hours,
        horizon=availability.horizon_days * DAY,
        most_per_day=availability.most_per_day,
        most_per_week=availability.most_per_week,
    )


def diaries_of(
    availabilities: Sequence[Availability],
    now: datetime.datetime,
    *,
    without: Session | None = None,
) -> dict[int, Diary]:
    """Availability's key → everything known of that expert's time. Four queries, however many there are."""
    keys = [each.pk for each in availabilities]
    weekly, changes = defaultdict(list), defaultdict(list)
    busy, booked = defaultdict(list), defaultdict(list)
    for row in WeeklyHours.objects.filter(availability__in=keys):
        weekly[row.availability_id].append(
            slots.Weekly(row.weekday, minute(row.begins), minute(row.ends, end=True), row.zone)
        )
    zones = {each.pk: each.zone for each in availabilities}
    for row in DayChange.objects.filter(availability__in=keys, day__gte=now.date() - 2 * DAY):
        changes[row.availability_id].append(change_of(row, zones[row.availability_id]))
    for row in Busy.objects.filter(availability__in=keys, ends_at__gt=now - DAY):
        busy[row.availability_id].append(Span(row.starts_at, row.ends_at))
    # From the beginning of this week on: sessions that took place count for their day and week.
    persons = [each.person_id for each in availabilities]
    rows = Session.objects.filter(expert__in=persons, state__in=COUNTED, ends_at__gt=now - 8 * DAY)
    for expert, begins, ends in rows.exclude(pk=without.pk if without else None).values_list(
        "expert", "starts_at", "ends_at"
    ):
        booked[expert].append(Span(begins, ends))
    return {
        each.pk: Diary(
            terms_of(each), weekly[each.pk], changes[each.pk], busy[each.pk], booked[each.person_id]
        )
        for each in availabilities
    }


def diary_of(
    availability: Availability, now: datetime.datetime, *, without: Session | None = None
) -> Diary:
    return diaries_of([availability], now, without=without)[availability.pk]


def minute(time: datetime.time | None, *, end: bool = False) -> int:
    """Of the day. Midnight as an end is the end of the day."""
    found = time.hour * 60 + time.minute if time else 0
    return slots.MIDNIGHT if end and not found else found


def change_of(row: DayChange, zone: str) -> slots.Change:
    return slots.Change(row.day, minute(row.begins), minute(row.ends, end=True), zone, row.is_off)


def next_slots(
    availabilities: Sequence[Availability],
    now: datetime.datetime,
    *,
    most: int,
    since: datetime.datetime | None = None,
) -> dict[int, list[Span]]:
    """The next free slots of each, in its shortest length; from `since` on where that is later."""
    diaries = diaries_of(availabilities, now)
    return {
        each.pk: slots.free_slots(diaries[each.pk], shortest(each), now, since=since, most=most)
        for each in availabilities
    }


def shortest(availability: Availability) -> datetime.timedelta:
    return datetime.timedelta(minutes=min(availability.lengths or [60]))


def experts(viewer: Viewer) -> list[Availability]:
    """Those whom this viewer may book, herself left out."""
    found = Availability.objects.visible_to(viewer).open().exclude(person=viewer.person_id)
    return list(found.for_cards())


def given_by(viewer: Viewer) -> QuerySet[Session]:
    """Those that she gives or gave herself, without what was called off."""
    found = Session.objects.visible_to(viewer).filter(expert=viewer.person_id, state__in=COUNTED)
    return found.for_lists().order_by("starts_at", "pk")


def sessions_of(viewer: Viewer) -> QuerySet[Session]:
    """All that she may see, the next first."""
    return Session.objects.visible_to(viewer).for_lists().order_by("starts_at", "pk")


def clashes(person: int, span: Span, *, without: Iterable[int] = ()) -> QuerySet[Session]:
    """Booked sessions of a person, on either side, that overlap with the span."""
    rows = Session.objects.filter(
        state=Session.State.BOOKED, starts_at__lt=span.ends_at, ends_at__gt=span.starts_at
    ).exclude(pk__in=list(without))
    return rows.filter(booked_by=person) | rows.filter(expert=person)


def unmarked(days: int) -> QuerySet[Session]:
    """Over for so many days, and nobody has said whether they took place."""
    return Session.objects.over(timezone.now() - days * DAY)
