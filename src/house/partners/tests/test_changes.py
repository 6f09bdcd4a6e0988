import datetime

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from house.access.capabilities import CAPABILITIES
from house.partners import changes, planned
from house.partners.actions import partnerships as acts
from house.partners.models import Level, RightException, Seat, Table
from house.partners.rights import cells, ruling_table
from house.partners.viewing import operator, viewer_for
from house.people.models import ApiToken
from tests.factories import PartnershipFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db


def day(days):
    return timezone.now().date() + datetime.timedelta(days=days)


def told(names):
    return {str(CAPABILITIES[name].told) for name in names}


def running(level):
    return PartnershipFactory(level=level, starts_on=day(-300), ends_on=day(300), last_day=day(330))


def token_of(person, scopes):
    return ApiToken.objects.create(
        person=person, digest=f"{person.pk:064d}", label="Dashboard", scopes=scopes,
        expires_at=timezone.now() + datetime.timedelta(days=9),
    )  # fmt: skip


def test_a_lower_level_tells_what_is_lost_by_the_table():
    partnership = running("premium")
    table = cells(ruling_table())
    shown = changes.preview(partnership, level="associate", on=day(0))
    assert set(shown.loses) == told(table["premium"] - table["associate"])
    assert shown.gains == ()
    assert (shown.level, shown.level_then) == ("premium", "associate")


def test_the_benefits_that_differ_and_no_others():
    shown = changes.preview(running("premium"), level="partner", on=day(0))
    assert [(each.units, each.units_then) for each in shown.benefits] == [(1, 0), (2, 1)]


def test_seats_beyond_the_number_are_counted():
    partnership = running("partner")
    SeatFactory.create_batch(5, partnership=partnership)
    shown = changes.preview(partnership, level="associate", on=day(0))
    assert (shown.seats, shown.seats_then, shown.seats_used, shown.seats_over) == (10, 3, 5, 2)


def test_a_number_of_its_own_outlives_the_level():
    partnership = running("partner")
    acts.set_seats(partnership, seats=7, by=operator())
    partnership.refresh_from_db()
    shown = changes.preview(partnership, level="associate", on=day(0))
    assert (shown.seats, shown.seats_then) == (7, 7)


def test_who_keeps_a_right_by_another_seat_loses_nothing():
    person = PersonFactory()
    SeatFactory(person=person, partnership=running("premium"))
    partnership = running("partner")
    SeatFactory(person=person, partnership=partnership)
    (somebody,) = changes.preview(partnership, level="associate", on=day(0)).people
    assert somebody.loses == ()


def test_a_key_is_told_only_when_it_can_do_less():
    partnership = running("partner")
    reads, writes = (SeatFactory(partnership=partnership).person for _n in range(2))
    token_of(reads, ["alex.read"])
    token_of(writes, None)
    shown = changes.preview(partnership, level="associate", on=day(0))
    assert {each.person: bool(each.keys) for each in shown.people} == {reads: False, writes: True}
    assert shown.keys == 1


def test_an_end_takes_everything_and_names_the_plans_that_fall():
    partnership = running("partner")
    acts.plan_level(partnership, level="premium", on=day(50), by=operator())
    shown = changes.preview(partnership, level="", on=day(31))
    assert set(shown.loses) == told(cells(ruling_table())["partner"])
    assert [(plan.text, plan.on) for plan in shown.planned] == [("Premium", day(50))]
    assert shown.seats_then == 0


def test_what_a_room_has_planned_is_named_when_its_right_is_lost(monkeypatch):
    monkeypatch.setattr(planned, "_sources", [])
    planned.register(
        lambda _partnership, _on: [
            planned.Planned("Full-day visit", day(60), "visits.request"),
            planned.Planned("One-on-one session", day(40), "meetings.book"),
        ]
    )
    partnership = running("premium")

    def named(level):
        return [each.text for each in changes.preview(partnership, level=level, on=day(9)).planned]

    assert named("associate") == named("partner") == ["Full-day visit"]
    assert named("") == ["One-on-one session", "Full-day visit"]


def test_a_change_later_is_judged_by_the_table_of_that_day():
    later = Table.objects.create(
        effective_from=timezone.now() + datetime.timedelta(days=5),
        seats={"partner": 4, "premium": 5},
    )
    shown = changes.preview(running("partner"), level="premium", on=day(9))
    assert (shown.seats, shown.seats_then) == (4, 5)
    assert shown.gains == ()
    assert cells(later.pk)["premium"] == frozenset()


def test_what_was_shown_has_another_stamp_once_somebody_sits_down():
    partnership = running("partner")
    before = changes.preview(partnership, level="associate", on=day(0)).stamp
    assert changes.preview(partnership, level="associate", on=day(0)).stamp == before
    SeatFactory(partnership=partnership)
    assert changes.preview(partnership, level="associate", on=day(0)).stamp != before


@pytest.mark.parametrize("people", [1, 3])
def test_asking_costs_the_same_for_few_and_many(people, django_assert_num_queries):
    partnership = running("partner")
    for seat in SeatFactory.create_batch(people, partnership=partnership):
        token_of(seat.person, None)
    cells(ruling_table())
    with django_assert_num_queries(16):
        changes.preview(partnership, level="associate", on=day(0))


facts = st.fixed_dictionaries(
    {
        "level": st.sampled_from(Level.values),
        "then": st.sampled_from(Level.values),
        "kind": st.sampled_from(Seat.Kind.values),
        "elsewhere": st.sampled_from(["", *Level.values]),
        "flags": st.fixed_dictionaries(
            {name: st.booleans() for name in ("is_office", "is_curator", "is_expert")}
        ),
        "exceptions": st.lists(
            st.tuples(
                st.sampled_from(["alex.write", "visits.request", "alex.read"]),
                st.booleans(),
                st.sampled_from(["person", "city"]),
                st.sampled_from([-3, -1, 2]),
            ),
            max_size=3,
        ),
    }
)


@given(facts=facts)
@settings(max_examples=60, deadline=None)
def test_what_is_foretold_is_what_the_judge_then_says(facts):
    from django.db import transaction

    with transaction.atomic():
        partnership = running(facts["level"])
        person = PersonFactory(**facts["flags"])
        SeatFactory(person=person, partnership=partnership, kind=facts["kind"])
        if facts["elsewhere"]:
            SeatFactory(person=person, partnership=running(facts["elsewhere"]))
        for capability, is_granted, whose, starts in facts["exceptions"]:
            RightException.objects.create(
                capability=capability, is_granted=is_granted, starts_on=day(starts),
                ends_on=day(5), reason="Because",
                **{whose: person if whose == "person" else partnership.city},
            )  # fmt: skip
        before = viewer_for(person).capabilities
        (somebody,) = changes.preview(partnership, level=facts["then"], on=day(0)).people
        if facts["then"] != facts["level"]:
            acts.plan_level(partnership, level=facts["then"], on=day(0), by=operator())
        after = viewer_for(person).capabilities
        transaction.set_rollback(True)

    assert set(somebody.gains) == told(after - before)
    assert set(somebody.loses) == told(before - after)
    assert somebody.keeps == len(before & after)
