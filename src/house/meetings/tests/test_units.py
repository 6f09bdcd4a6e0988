"""The unit follows the session: from which period it is taken, and what becomes of it afterwards."""

import datetime
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from house.ground.errors import Forbidden, Refused
from house.meetings import duties
from house.meetings.actions import afterwards, booking
from house.meetings.models import Session, UnitRule
from house.meetings.tests.conftest import DAY, HOUR, past, person_of, units_of
from house.notices.models import Letter
from house.partners import ledger
from house.partners.ledger.holds import NoneLeft
from house.partners.models import Account, Benefit, Hold, Movement
from house.partners.viewing import viewer_for
from tests.factories import CityFactory, PartnershipFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db


def seated_in(zone, code="zon"):
    """Of a partner city whose quarters begin within the next weeks, on a day of its own calendar."""
    city = CityFactory(code=code, time_zone=zone)
    today = timezone.now().astimezone(ZoneInfo(zone)).date()
    # The contract began in the month before last, so that a quarter ends in about a month.
    month = (today.month - 3) % 12 + 1
    begun = date(today.year - (2 if month > today.month else 1), month, min(today.day, 28))
    partnership = PartnershipFactory(city=city, level="partner", starts_on=begun)
    return person_of(SeatFactory(partnership=partnership, person=PersonFactory(city=city)))


def next_quarter(member):
    """The first midnight of the city's next quarter, as a moment."""
    ledger.settle([member.city.pk])
    running = Account.objects.get(
        city=member.city,
        benefit="one-on-one",
        ends_at__gt=timezone.now(),
        begins_at__lte=timezone.now(),
    )
    return running.ends_at


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Bogota", "Europe/Amsterdam"])
def test_half_an_hour_after_the_citys_midnight_the_new_quarter_pays(book, zone):
    """Whatever the expert's clocks or UTC show."""
    member = seated_in(zone)
    midnight = next_quarter(member)
    assert midnight.astimezone(ZoneInfo(zone)).time() == datetime.time(0)
    first = book(member, midnight + HOUR / 2, length=HOUR / 2)
    assert first.hold.account.begins_at == midnight
    assert units_of(member.city) == (0, 0, 1), "the running quarter keeps its unit"

    last = book(member, midnight - HOUR, length=HOUR / 2, key="last")
    assert last.hold.account.ends_at == midnight
    assert units_of(member.city) == (1, 0, 0)
    with pytest.raises(NoneLeft):
        book(member, midnight + 5 * HOUR, key="third")


def test_what_was_granted_ahead_is_not_granted_again_and_does_not_run_out_before(book):
    member = seated_in("UTC")
    midnight = next_quarter(member)
    book(member, midnight + HOUR)
    ledger.settle([member.city.pk], at=midnight + 2 * HOUR)
    account = Account.objects.get(city=member.city, benefit="one-on-one", begins_at=midnight)
    assert (account.granted, account.held, account.left) == (1, 1, 0)
    assert ledger.settle([member.city.pk], at=midnight + 3 * HOUR) == 0


def test_a_period_that_was_granted_ahead_still_takes_what_is_carried_over(book):
    Benefit.objects.filter(pk="one-on-one").update(carry_over=1)
    member = seated_in("UTC")
    midnight = next_quarter(member)
    book(member, midnight + HOUR)
    ledger.settle([member.city.pk], at=midnight + HOUR)
    account = Account.objects.get(city=member.city, benefit="one-on-one", begins_at=midnight)
    assert (account.granted, account.held, account.left) == (2, 1, 1)
    assert ledger.settle([member.city.pk], at=midnight + 2 * HOUR) == 0


def test_moved_over_the_end_of_a_quarter_the_other_unit_is_held_and_this_one_is_free(book):
    member = seated_in("Europe/Amsterdam")
    midnight = next_quarter(member)
    session = book(member, midnight - 3 * HOUR)
    before = session.hold
    moved = booking.move(session, starts_at=midnight + HOUR, by=viewer_for(member.person))

    assert moved.hold != before
    assert Hold.objects.get(pk=before.pk).state == "released"
    assert moved.hold.account.begins_at == midnight
    assert units_of(member.city) == (0, 0, 1)


def test_moved_to_where_nothing_is_left_nothing_changes(book):
    member = seated_in("Europe/Amsterdam")
    midnight = next_quarter(member)
    session = book(member, midnight - 3 * HOUR)
    book(member, midnight + 3 * HOUR, key="next")
    with pytest.raises(NoneLeft):
        booking.move(session, starts_at=midnight + HOUR, by=viewer_for(member.person))
    again = Session.objects.get(pk=session.pk)
    assert (again.starts_at, again.hold_id, again.holds) == (
        midnight - 3 * HOUR,
        session.hold_id,
        1,
    )


def test_after_the_end_of_the_contract_nothing_is_booked(book):
    member = seated_in("UTC")
    partnership = member.person and PartnershipFactory._meta.model.objects.get(city=member.city)
    partnership.ends_on = partnership.last_day = timezone.now().date() + 10 * DAY
    partnership.save()
    with pytest.raises(NoneLeft):
        book(member, timezone.now().replace(minute=0, second=0, microsecond=0) + 20 * DAY)


# -- Afterwards -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "unit"),
    [("held", "used"), ("city_absent", "used"), ("expert_absent", "refunded")],
)
def test_what_the_expert_says_decides_the_unit(book, member, expert, soon, state, unit):
    session = past(book(member, soon))
    marked = afterwards.mark(session, state, by=viewer_for(expert.person))
    assert (marked.state, marked.unit) == (state, unit)
    assert afterwards.mark(session, state, by=viewer_for(expert.person)).state == state, "once"


def test_it_is_said_by_the_expert_and_only_once_it_began(book, member, expert, soon):
    session = book(member, soon)
    with pytest.raises(Refused, match="not begun"):
        afterwards.mark(session, "held", by=viewer_for(expert.person))
    with pytest.raises(Forbidden):
        afterwards.mark(past(session), "held", by=viewer_for(member.person))


def test_the_office_may_say_it_again_and_give_the_unit_back(book, member, expert, office, soon):
    session = past(book(member, soon))
    afterwards.mark(session, "city_absent", by=viewer_for(expert.person))
    with pytest.raises(Refused, match="said already"):
        afterwards.mark(session, "held", by=viewer_for(expert.person))
    with pytest.raises(Forbidden):
        afterwards.give_back(session, by=viewer_for(expert.person), reason="A train")
    given = afterwards.give_back(session, by=viewer_for(office), reason="A train that did not come")
    assert given.unit == "refunded"
    assert units_of(member.city) == (0, 0, 1)


def test_nobody_said_anything_for_a_week_and_the_rule_decides(book, member, office, soon):
    session = past(book(member, soon), hours=24 * 6)
    assert duties.settle_all_unmarked() == 0
    UnitRule.objects.create(case="unmarked", outcome="used", number=5)
    assert duties.settle_all_unmarked() == 1
    assert duties.settle_all_unmarked() == 0
    session.refresh_from_db()
    assert (session.state, session.unit) == ("held", "used")
    assert Letter.objects.get(kind="meetings.session_unmarked").person == office


def test_the_expert_is_asked_once_and_both_are_reminded_once(book, member, expert, soon):
    session = book(member, soon)
    assert duties.remind_of_sessions(24 * HOUR) == 0
    Session.objects.update(booked_at=timezone.now() - 9 * DAY)
    assert [duties.remind_of_sessions(4 * DAY) for _n in range(2)] == [1, 0]
    assert Letter.objects.filter(kind="meetings.session_reminder").count() == 2
    past(session)
    assert [duties.ask_whether_held() for _n in range(2)] == [1, 0]
    assert Letter.objects.get(kind="meetings.session_asked").person == expert.person


def test_every_movement_says_why(book, member, expert, soon):
    session = past(book(member, soon))
    afterwards.mark(session, "expert_absent", by=viewer_for(expert.person))
    told = list(Movement.objects.filter(hold=session.hold).values_list("kind", "reason"))
    assert told == [
        ("hold", "Session with Amara Osei: Where do we begin?"),
        ("refund", "The expert does not come"),
    ]
