"""An expert who is open every day, and cities that book her."""

import datetime
from datetime import UTC
from types import SimpleNamespace

import pytest
from django.utils import timezone

from house.meetings.actions import booking
from house.meetings.actions.booking import Asked
from house.meetings.models import Availability, WeeklyHours
from house.partners.viewing import viewer_for
from tests.factories import PersonFactory

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


def make_expert(name="Amara Osei", zone="UTC", **terms):
    """Open from 0:00 to 24:00 on every day of the week."""
    person = PersonFactory(name=name, is_expert=True, time_zone=zone)
    made = Availability.objects.create(
        person=person, is_open=True, zone=zone, lengths=[30, 60],
        **{"notice_hours": 0, "horizon_days": 300, "after": 0, "most_per_day": 0, "most_per_week": 0, **terms},
    )  # fmt: skip
    WeeklyHours.objects.bulk_create(
        WeeklyHours(
            availability=made,
            weekday=day,
            begins=datetime.time(0),
            ends=datetime.time(0),
            zone=zone,
        )
        for day in range(7)
    )
    return made


@pytest.fixture
def expert(db):
    return make_expert()


@pytest.fixture
def soon():
    """Noon three days from now, whatever the hour is at which the tests run."""
    return timezone.now().replace(hour=12, minute=0, second=0, microsecond=0) + 3 * DAY


@pytest.fixture
def book(expert):
    """`book(member, moment)` books an hour; more facts go into what she asks."""

    def make(who, starts_at, *, availability=None, length=HOUR, **asked):
        asked = {"goal": "Where do we begin?", "key": f"{starts_at.isoformat()}", **asked}
        return booking.book(
            availability or expert, city=who.city, starts_at=starts_at, length=length,
            asked=Asked(**asked), by=viewer_for(who.person),
        )  # fmt: skip

    return make


def past(session, hours=2):
    """As if it had been booked for some hours ago."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    session.starts_at = now - hours * HOUR
    session.ends_at = session.starts_at + HOUR
    session.save()
    return session


def units_of(city, at=None):
    """(held, used, left) of one-on-one sessions in the running period."""
    from house.partners import ledger

    found = next(row for row in ledger.balances(city, at=at) if row.benefit.pk == "one-on-one")
    return found.held, found.used, found.left


def person_of(seat):
    return SimpleNamespace(
        person=seat.person, city=seat.partnership.city, city_id=seat.partnership.city_id
    )


__all__ = ["DAY", "HOUR", "UTC", "make_expert", "past", "person_of", "units_of"]
