"""Booking, moving, cancelling: the time is taken once, and the unit of the ledger follows each step."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from house.ground.errors import Forbidden, Refused
from house.meetings.actions import booking, handing
from house.meetings.actions.booking import Asked, Taken
from house.meetings.models import (
    Busy,
    Case,
    DayChange,
    Joiner,
    Preparation,
    Session,
    TakenTime,
    UnitRule,
    WeeklyHours,
)
from house.meetings.tests.conftest import DAY, HOUR, make_expert, units_of
from house.notices.models import Happening, Letter
from house.partners import ledger
from house.partners.ledger.holds import NoneLeft
from house.partners.models import Benefit, Hold
from house.partners.viewing import viewer_for
from tests.factories import PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db


def test_a_booking_takes_the_time_and_holds_a_unit(book, member, expert, soon):
    session = book(member, soon, goal="  Heat plans\r\n", questions="Who pays?")

    assert (session.state, session.starts_at, session.ends_at) == ("booked", soon, soon + HOUR)
    assert units_of(member.city) == (1, 0, 0)
    assert session.hold.state == Hold.State.HELD
    assert session.hold.what_for == "Session with Amara Osei: Heat plans"
    assert TakenTime.objects.filter(session=session, person=expert.person).count() == 12
    assert Preparation.objects.get(session=session).goal == "Heat plans"
    told = {(letter.kind, letter.person_id) for letter in Letter.objects.all()}
    assert told == {
        ("meetings.session_booked", expert.person_id),
        ("meetings.session_booked", member.person.pk),
    }
    assert Happening.objects.filter(kind="meetings.session").count() == 1


def test_the_same_key_books_once(book, member, soon):
    first = book(member, soon, key="k")
    assert book(member, soon, key="k") == first
    assert units_of(member.city) == (1, 0, 0)


def test_a_taken_time_is_refused_and_costs_nothing(book, member, neighbour, soon):
    book(member, soon)
    for starts_at in (soon, soon + HOUR / 2, soon - HOUR / 2):
        with pytest.raises(Taken, match="just taken"):
            book(neighbour, starts_at)
    assert units_of(neighbour.city) == (0, 0, 1)
    assert book(neighbour, soon + HOUR).pk


def test_the_database_itself_gives_a_time_away_once(book, member, neighbour, expert, soon):
    """Also to who forgets the lock: the ticks of a session are unique for its expert."""
    session = book(member, soon)
    other = book(neighbour, soon + 5 * HOUR)
    with pytest.raises(IntegrityError), transaction.atomic():
        TakenTime.objects.create(session=other, person=expert.person, at=session.starts_at)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"notice_hours": 96}, "too soon"),
        ({"horizon_days": 1}, "further ahead"),
        ({"is_open": False}, "takes no bookings"),
        ({"lengths": [30]}, "this length"),
    ],
)
def test_the_terms_are_asked_again_when_it_is_booked(book, member, expert, soon, change, said):
    for name, value in change.items():
        setattr(expert, name, value)
    expert.save()
    with pytest.raises(Refused, match=said):
        book(member, soon)
    assert not Session.objects.exists()
    assert units_of(member.city) == (0, 0, 1)


def test_days_off_and_what_keeps_her_busy_elsewhere_are_not_booked(book, member, expert, soon):
    Busy.objects.create(availability=expert, starts_at=soon, ends_at=soon + HOUR / 4)
    with pytest.raises(Taken):
        book(member, soon)
    DayChange.objects.create(availability=expert, day=(soon + DAY).date(), is_off=True)
    with pytest.raises(Taken, match="not offered"):
        book(member, soon + DAY)


def test_who_may_not_book_is_refused_before_anything_happens(book, expert, soon, associate, db):
    stranger = PersonFactory()
    with pytest.raises(Forbidden):
        booking.book(
            expert, city=associate.city, starts_at=soon, length=HOUR, asked=Asked(goal="x", key="k"),
            by=viewer_for(stranger),
        )  # fmt: skip
    assert book(associate, soon).pk  # an associate has one a year


def test_when_the_quota_is_used_the_day_of_the_next_one_is_told(book, member, soon):
    book(member, soon)
    with pytest.raises(NoneLeft) as refused:
        book(member, soon + 2 * HOUR)
    assert "The next unit comes on" in refused.value.remedy
    assert Session.objects.count() == 1


def test_nobody_sits_in_two_sessions_at_once(book, member, soon):
    other = make_expert("Second")
    ledger.grant(
        member.city, Benefit.objects.get(pk="one-on-one"), units=1, key="more", reason="more",
        by=viewer_for(PersonFactory(is_office=True)),
    )  # fmt: skip
    book(member, soon)
    with pytest.raises(Taken, match="another session"):
        book(member, soon, availability=other, key="second")


# -- Moving -----------------------------------------------------------------------------------------


def test_a_moved_session_keeps_its_unit_and_frees_its_time(book, member, neighbour, soon):
    session = book(member, soon)
    hold = session.hold_id
    moved = booking.move(
        session, starts_at=soon + 2 * HOUR, by=viewer_for(member.person), sequence=0
    )

    assert (moved.starts_at, moved.sequence, moved.hold_id) == (soon + 2 * HOUR, 1, hold)
    assert units_of(member.city) == (1, 0, 0)
    assert book(neighbour, soon).pk
    assert Letter.objects.filter(kind="meetings.session_changed").count() == 2


def test_of_two_who_move_at_once_the_slower_looks_again(book, member, soon):
    session, viewer = book(member, soon), viewer_for(member.person)
    booking.move(session, starts_at=soon + HOUR, by=viewer, sequence=0)
    with pytest.raises(Refused, match="Somebody changed this session"):
        booking.move(session, starts_at=soon + 2 * HOUR, by=viewer, sequence=0)


def test_a_session_may_move_by_less_than_its_length(book, member, soon):
    session = book(member, soon)
    booking.move(session, starts_at=soon + HOUR / 2, by=viewer_for(member.person))
    assert TakenTime.objects.filter(session=session).count() == 12


def test_only_the_city_moves_and_only_who_booked_or_speaks_for_it(book, member, expert, soon):
    session = book(member, soon)
    colleague = SeatFactory(
        partnership=member.seat.partnership, person=PersonFactory(city=member.city)
    )
    speaker = SeatFactory(
        partnership=member.seat.partnership,
        person=PersonFactory(city=member.city),
        kind="coordinator",
    )
    for person in (colleague.person, expert.person):
        with pytest.raises(Forbidden):
            booking.move(session, starts_at=soon + HOUR, by=viewer_for(person))
    assert booking.move(session, starts_at=soon + HOUR, by=viewer_for(speaker.person)).sequence == 1


# -- Cancelling -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hours", "who", "units", "state"),
    [
        (48, "city", (0, 0, 1), "released"),
        (2, "city", (0, 1, 0), "used"),
        (2, "expert", (0, 0, 1), "refunded"),
        (48, "expert", (0, 0, 1), "refunded"),
    ],
)
def test_what_becomes_of_the_unit_when_somebody_cancels(
    book, member, neighbour, expert, hours, who, units, state
):
    starts_at = timezone.now().replace(minute=0, second=0, microsecond=0) + (hours + 1) * HOUR
    session = book(member, starts_at)
    person = member.person if who == "city" else expert.person
    ended = booking.cancel(session, by=viewer_for(person), word="Ill")

    assert (ended.state, ended.unit, ended.hold.state) == ("cancelled", state, "held")
    assert Hold.objects.get(pk=session.hold_id).state == state
    assert units_of(member.city) == units
    assert book(neighbour, starts_at).pk, "its time is free again"
    assert booking.cancel(session, by=viewer_for(person)).sequence == ended.sequence, "once"


def test_the_office_sets_the_rule(book, member, soon):
    UnitRule.objects.create(case=Case.CITY_EARLY, outcome="released", number=24 * 7)
    UnitRule.objects.create(case=Case.CITY_LATE, outcome="refunded")
    ended = booking.cancel(book(member, soon), by=viewer_for(member.person))
    assert ended.unit == "refunded"


def test_an_expert_declines_with_a_reason(book, member, expert, soon):
    session, viewer = book(member, soon), viewer_for(expert.person)
    with pytest.raises(Refused, match="Say why"):
        booking.decline(session, by=viewer, word=" ")
    ended = booking.decline(session, by=viewer, word="Not my field: ask Teodor")
    assert (ended.state, ended.word) == ("declined", "Not my field: ask Teodor")
    assert units_of(member.city) == (0, 0, 1)


def test_what_the_office_decided_at_the_ledger_stands(book, member, office, soon):
    session = book(member, soon)
    ledger.refund(session.hold, key="k", by=viewer_for(office), reason="Our fault")
    ended = booking.cancel(session, by=viewer_for(member.person))
    assert ended.unit == "refunded"


# -- Other hands ------------------------------------------------------------------------------------


def test_a_colleague_of_the_same_city_takes_it_over(book, member, neighbour, expert, soon):
    session = book(member, soon)
    colleague = SeatFactory(
        partnership=member.seat.partnership, person=PersonFactory(city=member.city)
    )
    viewer = viewer_for(member.person)
    with pytest.raises(Refused, match="same city"):
        handing.hand_over(session, to=neighbour.person, by=viewer)
    handed = handing.hand_over(session, to=colleague.person, by=viewer)

    assert (handed.booked_by, handed.seat, handed.sequence) == (colleague.person, colleague, 1)
    assert list(Joiner.objects.values_list("person", flat=True)) == [member.person.pk]
    assert units_of(member.city) == (1, 0, 0)


def test_another_expert_takes_it_at_the_same_time(book, member, neighbour, expert, soon):
    other = make_expert("Teodor Lindqvist", notice_hours=400)
    session = book(member, soon)
    passed = handing.pass_on(session, to=other, by=viewer_for(expert.person))

    assert (passed.expert, passed.sequence) == (other.person, 1)
    assert {tick.person_id for tick in TakenTime.objects.all()} == {other.person_id}
    assert book(neighbour, soon).pk, "the first expert is free again"
    left = Letter.objects.get(kind="meetings.session_left")
    assert left.person == expert.person


def test_another_expert_who_is_not_free_does_not_take_it(book, member, expert, soon):
    other = make_expert("Teodor Lindqvist")
    Busy.objects.create(availability=other, starts_at=soon, ends_at=soon + HOUR)
    session = book(member, soon)
    with pytest.raises(Refused, match="not free"):
        handing.pass_on(session, to=other, by=viewer_for(expert.person))


def test_an_expert_proposes_and_the_city_takes_it(book, member, expert, soon):
    session, viewer = book(member, soon), viewer_for(member.person)
    proposed = handing.propose(
        session, starts_at=soon + DAY, by=viewer_for(expert.person), word="Flight"
    )
    assert (proposed.starts_at, proposed.proposed_at) == (soon, soon + DAY)
    kept = handing.leave_proposal(session, by=viewer)
    assert kept.proposed_at is None
    handing.propose(session, starts_at=soon + DAY, by=viewer_for(expert.person))
    moved = booking.move(session, starts_at=soon + DAY, by=viewer)
    assert (moved.starts_at, moved.proposed_at) == (soon + DAY, None)


def test_what_the_expert_proposes_is_taken_also_outside_her_hours(book, member, expert, soon):
    session, at = book(member, soon), soon + DAY
    WeeklyHours.objects.filter(availability=expert).delete()
    with pytest.raises(Refused, match="not offered"):
        booking.move(session, starts_at=at, by=viewer_for(member.person))

    handing.propose(session, starts_at=at, by=viewer_for(expert.person))

    assert booking.move(session, starts_at=at, by=viewer_for(member.person)).starts_at == at


def test_only_colleagues_of_the_city_join(book, member, neighbour, soon):
    colleague = SeatFactory(
        partnership=member.seat.partnership, person=PersonFactory(city=member.city)
    )
    book(member, soon, joiners=(colleague.person, neighbour.person, member.person))
    assert list(Joiner.objects.values_list("person", flat=True)) == [colleague.person_id]


def test_without_a_key_each_booking_is_one_of_its_own(book, member, soon):
    assert book(member, soon, key="").starts_at == soon
    with pytest.raises(NoneLeft):
        book(member, soon + DAY, key="")


def test_a_naive_time_is_refused(book, member):
    with pytest.raises(Refused, match="zone"):
        book(member, datetime.datetime(2027, 1, 1, 10))


def test_a_booked_unit_is_not_withdrawn_behind_the_sessions_back(book, member, soon):
    """Otherwise a city would cancel late without paying for it: by withdrawing at its partnership's page."""
    session = book(member, soon)
    with pytest.raises(Refused, match="kept for something") as refused:
        ledger.release(session.hold, key="k", by=viewer_for(member.person), reason="Not wanted")
    assert session.get_absolute_url() in refused.value.remedy
    assert units_of(member.city) == (1, 0, 0)
