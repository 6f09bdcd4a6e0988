"""What an expert says of her time."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from house.access import journal
from house.access.viewer import Viewer
from house.ground.errors import Refused
from house.ground.text import one_line
from house.meetings.models import Availability, Busy, DayChange, WeeklyHours
from house.partners import rights
from house.people.models import Person

# every row in this file: an expert's own, after her right was asked

MOST_ROWS, MOST_DAYS = 40, 200


@dataclass(frozen=True, slots=True)
class Hours:
    weekday: int
    begins: datetime.time
    ends: datetime.time
    zone: str


def own(by: Viewer) -> Availability:
    """The expert's own, made at her first look, closed."""
    rights.require(by, "meetings.offer")
    person = Person.objects.get(pk=by.person_id)
    found, _is_new = Availability.objects.get_or_create(
        person=person,
        defaults={
            "zone": person.time_zone, "languages": person.languages, "lengths": [30, 60],
            "about": person.can_help_with,
        },
    )  # fmt: skip
    return found


@transaction.atomic
def set_hours(availability: Availability, hours: Sequence[Hours], *, by: Viewer) -> Availability:
    """The week as it is from now on. What is booked already stays booked."""
    _own(availability, by)
    if len(hours) > MOST_ROWS:
        raise Refused(_("A week holds at most %(most)s rows.") % {"most": MOST_ROWS})
    Availability.objects.select_for_update(of=("self",)).get(pk=availability.pk)
    WeeklyHours.objects.filter(availability=availability).delete()
    WeeklyHours.objects.bulk_create(
        WeeklyHours(
            availability=availability, weekday=row.weekday, begins=row.begins, ends=row.ends,
            zone=row.zone,
        )
        for row in hours
    )  # fmt: skip
    return availability


@transaction.atomic
def change_day(
    availability: Availability,
    *,
    days: Sequence[datetime.date],
    is_off: bool,
    begins: datetime.time | None,
    ends: datetime.time | None,
    by: Viewer,
) -> int:
    """Days off or with extra hours; how many were added."""
    _own(availability, by)
    here = DayChange.objects.filter(availability=availability)
    if here.filter(day__gte=timezone.now().date()).count() + len(days) > MOST_DAYS:
        raise Refused(_("At most %(most)s days can stand apart.") % {"most": MOST_DAYS})
    if not is_off and (begins is None or ends is None):
        raise Refused(_("Extra hours need a beginning and an end."))
    for day in days:
        DayChange.objects.get_or_create(
            availability=availability, day=day, is_off=is_off, begins=begins, ends=ends
        )
    return len(days)


def remove_day(change: DayChange, *, by: Viewer) -> None:
    _own(change.availability, by)
    change.delete()


@transaction.atomic
def set_calendar(
    availability: Availability, *, url: str, kind: str, user: str, password: str, by: Viewer
) -> Availability:
    """Where she is busy elsewhere. An empty address ends it and forgets what was read."""
    _own(availability, by)
    availability.busy_url, availability.busy_kind = one_line(url), kind
    availability.busy_user, availability.busy_password = one_line(user), password
    availability.busy_failures, availability.busy_problem = 0, ""
    availability.busy_read_at = None
    availability.busy_next_at = timezone.now() if url else None
    availability.save()
    Busy.objects.filter(availability=availability).delete()
    # Never the address: whoever reads the journal must not read the calendar.
    journal.record("availability.calendar", availability, by=by, facts={"is_set": bool(url)})
    return availability


def _own(availability: Availability, by: Viewer) -> None:
    rights.require(by, "meetings.offer")
    if availability.person_id != by.person_id:
        raise Refused(_("Everybody keeps her own hours."))
