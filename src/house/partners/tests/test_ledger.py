"""The ledger through its verbs: what is due, held, used, given back; and what can't happen."""

import datetime
from datetime import UTC, date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from house.ground.errors import Forbidden, Refused
from house.partners import ledger
from house.partners.ledger.holds import NoneLeft
from house.partners.models import (
    Account,
    Benefit,
    Hold,
    Level,
    Movement,
    Partnership,
    PartnershipChange,
)
from house.partners.viewing import viewer_for
from tests.factories import CityFactory, PartnershipFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db

FEBRUARY = datetime.datetime(2026, 2, 10, 12, tzinfo=UTC)
MAY = datetime.datetime(2026, 5, 10, 12, tzinfo=UTC)
LATER = datetime.datetime(2027, 2, 10, 12, tzinfo=UTC)


@pytest.fixture
def seated(db):
    """A person of a partner city whose contract began on 15 January 2026."""
    city = CityFactory(code="gnt", name="Ghent", time_zone="Europe/Brussels")
    partnership = PartnershipFactory(city=city, level="partner", starts_on=date(2026, 1, 15))
    return SeatFactory(partnership=partnership, person=PersonFactory(city=city))


@pytest.fixture
def city(seated):
    return seated.partnership.city


@pytest.fixture
def asker(seated):
    return viewer_for(seated.person)


@pytest.fixture
def keeper(office):
    return viewer_for(office)


@pytest.fixture
def session():
    return Benefit.objects.get(pk="one-on-one")


def told(city, at):
    return {
        (balance.benefit.pk, str(balance.period)): (
            balance.granted,
            balance.held,
            balance.used,
            balance.left,
        )
        for balance in ledger.balances(city, at=at)
    }


def change_level(seat, level, on):
    PartnershipChange.objects.create(
        partnership=seat.partnership, act="level", level=level, effective_on=on
    )


# -- What is due ---------------------------------------------------------------------------------


def test_the_first_look_grants_what_the_table_gives(city):
    expected = {
        ("one-on-one", "2026-01-15/2026-04-14"): (1, 0, 0, 1),
        ("hosting-slot", "2026-01-15/2027-01-14"): (1, 0, 0, 1),
    }
    assert told(city, FEBRUARY) == expected
    assert told(city, FEBRUARY) == expected, "a second look grants nothing"
    assert Movement.objects.count() == 2


def test_the_worker_settles_all_cities_and_twice_changes_nothing(seated, city):
    PartnershipFactory(city=CityFactory(code="xxx"), level="associate", starts_on=date(2026, 1, 1))
    assert ledger.settle(at=FEBRUARY) == 3
    assert ledger.settle(at=FEBRUARY) == 0
    assert set(Account.objects.values_list("city", "benefit")) == {
        ("gnt", "one-on-one"),
        ("gnt", "hosting-slot"),
        ("xxx", "one-on-one"),
    }


def test_what_is_not_used_expires_with_its_period(city):
    ledger.settle(at=FEBRUARY)
    assert told(city, MAY)["one-on-one", "2026-04-15/2026-07-14"] == (1, 0, 0, 1)
    old = Account.objects.get(benefit="one-on-one", starts_on=date(2026, 1, 15))
    assert (old.gone, old.left) == (1, 0)
    assert list(Movement.objects.filter(account=old).values_list("kind", "left_after")) == [
        ("grant", 1),
        ("expire", 0),
    ]


def test_a_period_turns_at_midnight_in_the_city(city):
    """On 15 April Brussels is two hours before UTC: its midnight is 22:00."""
    before = datetime.datetime(2026, 4, 14, 21, 59, tzinfo=UTC)
    after = datetime.datetime(2026, 4, 14, 22, 0, tzinfo=UTC)
    assert ("one-on-one", "2026-01-15/2026-04-14") in told(city, before)
    assert ("one-on-one", "2026-04-15/2026-07-14") in told(city, after)
    assert ("one-on-one", "2026-01-15/2026-04-14") not in told(city, after)


def test_as_many_as_the_benefit_carries_over_live_on(city, session):
    Benefit.objects.filter(pk="one-on-one").update(carry_over=1)
    ledger.settle(at=FEBRUARY)
    assert told(city, MAY)["one-on-one", "2026-04-15/2026-07-14"] == (2, 0, 0, 2)
    august = datetime.datetime(2026, 8, 1, tzinfo=UTC)
    # Of the two that May leaves, one is carried and one expires.
    assert told(city, august)["one-on-one", "2026-07-15/2026-10-14"] == (2, 0, 0, 2)
    kinds = Movement.objects.filter(account__starts_on=date(2026, 4, 15)).values_list(
        "kind", "gone"
    )
    assert sorted(kinds) == [("carry", 0), ("carry", 1), ("expire", 1), ("grant", 0)]


def test_a_higher_level_in_mid_period_adds_at_once(seated, city):
    ledger.settle(at=FEBRUARY)
    change_level(seated, Level.PREMIUM, date(2026, 2, 20))
    march = datetime.datetime(2026, 3, 1, tzinfo=UTC)
    assert told(city, march) == {
        ("one-on-one", "2026-01-15/2026-04-14"): (1, 0, 0, 1),
        ("hosting-slot", "2026-01-15/2027-01-14"): (2, 0, 0, 2),
        ("full-day-visit", "2026-01-15/2027-01-14"): (1, 0, 0, 1),
    }


def test_a_lower_level_takes_effect_with_the_next_period(seated, city):
    Partnership.objects.update(level="premium")
    ledger.settle(at=FEBRUARY)
    change_level(seated, Level.PARTNER, date(2026, 2, 20))
    march = datetime.datetime(2026, 3, 1, tzinfo=UTC)
    assert told(city, march)["hosting-slot", "2026-01-15/2027-01-14"] == (2, 0, 0, 2)
    assert told(city, march)["full-day-visit", "2026-01-15/2027-01-14"] == (1, 0, 0, 1)
    assert told(city, LATER)["hosting-slot", "2027-01-15/2028-01-14"] == (1, 0, 0, 1)
    assert "full-day-visit" not in {benefit for benefit, _period in told(city, LATER)}


def test_another_rhythm_counts_what_the_old_one_gave(seated, city):
    """1 a quarter becomes 1 a year: the quarter's unit is the year's."""
    ledger.settle(at=FEBRUARY)
    change_level(seated, Level.ASSOCIATE, date(2026, 2, 20))
    assert told(city, datetime.datetime(2026, 3, 1, tzinfo=UTC))[
        "one-on-one", "2026-01-15/2026-04-14"
    ] == (1, 0, 0, 1)
    assert "one-on-one" not in {benefit for benefit, _period in told(city, MAY)}
    assert told(city, LATER)["one-on-one", "2027-01-15/2028-01-14"] == (1, 0, 0, 1)


def test_a_quicker_rhythm_begins_at_once_and_keeps_what_was_given(seated, city):
    Partnership.objects.update(level="associate")
    ledger.settle(at=FEBRUARY)
    change_level(seated, Level.PARTNER, date(2026, 5, 1))
    assert told(city, MAY) == {
        ("one-on-one", "2026-01-15/2027-01-14"): (1, 0, 0, 1),
        ("one-on-one", "2026-04-15/2026-07-14"): (1, 0, 0, 1),
        ("hosting-slot", "2026-01-15/2027-01-14"): (1, 0, 0, 1),
    }


def test_in_grace_nothing_new_is_granted_and_the_end_lets_all_run_out(seated, city):
    ledger.settle(at=FEBRUARY)
    Partnership.objects.update(ends_on=date(2026, 4, 10), last_day=date(2026, 5, 20))
    assert told(city, datetime.datetime(2026, 4, 12, tzinfo=UTC)) == {
        ("one-on-one", "2026-01-15/2026-04-14"): (1, 0, 0, 1),
        ("hosting-slot", "2026-01-15/2027-01-14"): (1, 0, 0, 1),
    }
    assert told(city, MAY) == {("hosting-slot", "2026-01-15/2027-01-14"): (1, 0, 0, 1)}
    june = datetime.datetime(2026, 6, 1, tzinfo=UTC)
    assert told(city, june) == {("hosting-slot", "2026-01-15/2027-01-14"): (1, 0, 0, 0)}


def test_what_is_not_offered_any_more_is_not_granted(city):
    Benefit.objects.filter(pk="one-on-one").update(is_offered=False)
    assert {benefit for benefit, _period in told(city, FEBRUARY)} == {"hosting-slot"}


# -- Holding and deciding ------------------------------------------------------------------------


def ask(city, session, asker, key="k1", at=FEBRUARY, what_for="Heat plans"):
    return ledger.hold(city, session, key=key, by=asker, what_for=what_for, at=at)


def one(city, at=FEBRUARY):
    return next(
        balance for balance in ledger.balances(city, at=at) if balance.benefit.pk == "one-on-one"
    )


def test_a_hold_keeps_a_unit_with_who_asked_and_what_for(city, session, asker, seated):
    kept = ask(city, session, asker)
    assert (kept.what_for, kept.person, kept.seat, kept.state) == (
        "Heat plans",
        seated.person,
        seated,
        "held",
    )
    row = Movement.objects.get(kind="hold")
    assert (row.actor, row.actor_seat, row.reason, row.hold) == (
        seated.person.pk,
        seated.pk,
        "Heat plans",
        kept,
    )
    assert (one(city).held, one(city).left) == (1, 0)


def test_none_left_says_when_the_next_unit_comes(city, session, asker):
    ask(city, session, asker)
    with pytest.raises(NoneLeft) as refusal:
        ask(city, session, asker, key="k2")
    assert (
        refusal.value.remedy == "The next unit comes on 15 April 2026. Sooner: ask the foundation."
    )
    assert Hold.objects.count() == 1


def test_none_left_at_the_contracts_end_leads_to_the_foundation(city, session, asker):
    Partnership.objects.update(ends_on=date(2026, 4, 1), last_day=date(2099, 5, 1))
    ask(city, session, asker)
    with pytest.raises(NoneLeft) as refusal:
        ask(city, session, asker, key="k2")
    assert refusal.value.remedy == "Ask the foundation."


def test_a_repeated_key_returns_the_first_outcome(city, session, asker, keeper):
    kept = ask(city, session, asker)
    assert ask(city, session, asker) == kept
    ledger.use(kept, key="u1", by=keeper, at=FEBRUARY)
    ledger.use(kept, key="u1", by=keeper, at=FEBRUARY)
    assert ask(city, session, asker, at=LATER) == kept, "also when its period is long over"
    assert Movement.objects.filter(hold=kept).count() == 2


@pytest.mark.parametrize("other", ["reason", "benefit", "act"])
def test_a_key_used_for_something_else_is_refused(city, session, asker, keeper, other):
    ask(city, session, asker)
    rows = Movement.objects.count()
    kept, slot = Hold.objects.get(), Benefit.objects.get(pk="hosting-slot")
    attempts = {
        "reason": lambda: ask(city, session, asker, what_for="Another matter"),
        "benefit": lambda: ask(city, slot, asker),
        "act": lambda: ledger.release(kept, key="k1", by=asker, reason="Heat plans", at=FEBRUARY),
    }
    with pytest.raises(ledger.KeyTaken):
        attempts[other]()
    assert Movement.objects.count() == rows
    assert Hold.objects.count() == 1


def test_keys_of_two_persons_never_meet(city, session, asker, keeper):
    """Nobody can block another's act, or the house's own, by using its key first."""
    account = Account.objects.get(code=one(city).account)
    ask(city, session, asker, key=f"expire:{account.code}:1")
    ledger.correct(
        account, units=2, key=f"expire:{account.code}:1", by=keeper, reason="A gift", at=FEBRUARY
    )
    one(city, MAY)
    account.refresh_from_db()
    assert (account.held, account.gone, account.left) == (1, 2, 0)


@pytest.mark.parametrize("key", ["", "x" * 101])
def test_a_key_too_short_or_too_long_is_refused(city, session, asker, key):
    with pytest.raises(Refused):
        ask(city, session, asker, key=key)


def test_used_then_refunded_comes_back(city, session, asker, keeper):
    kept = ask(city, session, asker)
    ledger.use(kept, key="u", by=keeper, at=FEBRUARY)
    assert (one(city).used, one(city).left) == (1, 0)
    ledger.refund(kept, key="r", by=keeper, reason="The line was dead", at=FEBRUARY)
    assert (one(city).used, one(city).left) == (0, 1)
    kept.refresh_from_db()
    assert (kept.state, kept.answer) == ("refunded", "The line was dead")


def test_the_city_withdraws_and_may_ask_again(city, session, asker):
    kept = ask(city, session, asker)
    ledger.release(kept, key="w", by=asker, reason="Not needed", at=FEBRUARY)
    assert one(city).left == 1
    assert ask(city, session, asker, key="k2") != kept


def test_what_was_decided_is_not_decided_again(city, session, asker, keeper):
    kept = ask(city, session, asker)
    ledger.use(kept, key="u", by=keeper, at=FEBRUARY)
    for verb, key in ((ledger.use, "u2"), (ledger.release, "w")):
        with pytest.raises(Refused):
            verb(kept, key=key, by=keeper, reason="Again", at=FEBRUARY)
    assert (one(city).used, one(city).left) == (1, 0)


def test_a_refund_after_the_period_comes_to_the_running_one(city, session, asker, keeper):
    kept = ask(city, session, asker)
    assert one(city, MAY).left == 1
    ledger.refund(kept, key="r", by=keeper, reason="We could not come", at=MAY)
    assert (one(city, MAY).granted, one(city, MAY).left) == (2, 2)
    kept.account.refresh_from_db()
    assert (kept.account.held, kept.account.left) == (0, 0)


def test_a_withdrawal_after_the_period_expires_with_it(city, session, asker):
    kept = ask(city, session, asker)
    ledger.release(kept, key="w", by=asker, reason="Not needed", at=MAY)
    assert one(city, MAY).left == 1
    kept.account.refresh_from_db()
    assert (kept.account.held, kept.account.gone, kept.account.left) == (0, 1, 0)


def test_the_unit_that_expires_first_is_taken_first(seated, city, session, asker):
    Partnership.objects.update(level="associate")
    ledger.settle(at=FEBRUARY)
    change_level(seated, Level.PARTNER, date(2026, 5, 1))
    kept = ask(city, session, asker, at=MAY)
    assert kept.account.per == "quarter"
    assert ask(city, session, asker, key="k2", at=MAY).account.per == "year"


# -- Who may -------------------------------------------------------------------------------------


def test_another_citys_person_may_not_ask(city, session, neighbour):
    with pytest.raises(Forbidden):
        ask(city, session, viewer_for(neighbour.person))
    assert Hold.objects.count() == 0


def test_who_lacks_the_capability_may_not_ask_even_for_what_is_there(city, associate, keeper):
    slot = Benefit.objects.get(pk="hosting-slot")
    ledger.grant(associate.city, slot, units=1, key="g", by=keeper, reason="A gift", at=FEBRUARY)
    with pytest.raises(Forbidden) as refusal:
        ledger.hold(
            associate.city,
            slot,
            key="k",
            by=viewer_for(associate.person),
            what_for="X",
            at=FEBRUARY,
        )
    assert "Partner, Premium" in refusal.value.remedy


def test_a_city_neither_decides_nor_corrects(city, session, asker):
    kept = ask(city, session, asker)
    row = Movement.objects.filter(kind="hold").get()
    for attempt in (
        lambda: ledger.use(kept, key="1", by=asker),
        lambda: ledger.refund(kept, key="2", by=asker, reason="Mine"),
        lambda: ledger.grant(city, session, units=1, key="3", by=asker, reason="Mine"),
        lambda: ledger.correct(kept.account, units=1, key="4", by=asker, reason="Mine"),
        lambda: ledger.undo(row, key="5", by=asker, reason="Mine"),
    ):
        with pytest.raises(Forbidden):
            attempt()
    assert Movement.objects.exclude(kind="grant").count() == 1


def test_the_books_are_seen_by_the_city_and_who_keeps_them(city, session, asker, keeper, neighbour):
    kept = ask(city, session, asker)
    for viewer, sees in ((asker, True), (keeper, True), (viewer_for(neighbour.person), False)):
        assert Account.objects.visible_to(viewer).filter(pk=kept.account_id).exists() is sees
        assert Movement.objects.visible_to(viewer).filter(hold=kept).exists() is sees
        assert Hold.objects.visible_to(viewer).filter(pk=kept.pk).exists() is sees


# -- By hand -------------------------------------------------------------------------------------


def test_the_office_grants_what_the_table_does_not(city, keeper):
    visit = Benefit.objects.get(pk="full-day-visit")
    ledger.grant(city, visit, units=2, key="g", by=keeper, reason="A prize", at=FEBRUARY)
    ledger.grant(city, visit, units=2, key="g", by=keeper, reason="A prize", at=FEBRUARY)
    assert told(city, FEBRUARY)["full-day-visit", "2026-01-15/2027-01-14"] == (2, 0, 0, 2)


def test_a_correction_never_goes_below_zero(city, session, asker, keeper):
    kept = ask(city, session, asker)
    with pytest.raises(Refused) as refusal:
        ledger.correct(kept.account, units=-1, key="c", by=keeper, reason="Wrong", at=FEBRUARY)
    assert refusal.value.message == "Only 0 left: the balance can't go below zero."
    ledger.correct(kept.account, units=3, key="c2", by=keeper, reason="A gift", at=FEBRUARY)
    ledger.correct(kept.account, units=-2, key="c3", by=keeper, reason="Too many", at=FEBRUARY)
    assert (one(city).granted, one(city).left) == (2, 1)


def test_a_corrected_grant_is_not_granted_again_by_rule(city, session, keeper):
    account = Account.objects.get(code=one(city).account)
    ledger.correct(account, units=-1, key="c", by=keeper, reason="Agreed so", at=FEBRUARY)
    assert (one(city).granted, one(city).left) == (0, 0)


def test_undo_is_the_opposite_row(city, session, asker, keeper):
    kept = ask(city, session, asker)
    ledger.use(kept, key="u", by=keeper, at=FEBRUARY)
    row = Movement.objects.get(kind="use")
    undone = ledger.undo(row, key="x", by=keeper, reason="Wrong row", at=FEBRUARY)
    assert (undone.kind, undone.used, undone.held, undone.undoes) == ("correct", -1, 1, row)
    kept.refresh_from_db()
    assert kept.state == "held"
    assert ledger.undo(row, key="x", by=keeper, reason="Wrong row", at=FEBRUARY) == undone
    with pytest.raises(Refused):
        ledger.undo(row, key="y", by=keeper, reason="Twice", at=FEBRUARY)
    ledger.use(kept, key="u2", by=keeper, at=FEBRUARY)
    assert (one(city).used, one(city).held) == (1, 0)


def test_undo_refuses_what_was_spent_since(city, session, asker, keeper):
    kept = ask(city, session, asker)
    ledger.release(kept, key="w", by=asker, reason="Not needed", at=FEBRUARY)
    row = Movement.objects.get(kind="release")
    ask(city, session, asker, key="k2")
    with pytest.raises(Refused):
        ledger.undo(row, key="x", by=keeper, reason="Oh", at=FEBRUARY)


# -- What the database itself refuses ------------------------------------------------------------


def test_no_row_changes_or_goes_in_python(city):
    one(city)
    row = Movement.objects.first()
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(TypeError):
        row.delete()
    with pytest.raises(TypeError):
        Movement.objects.update(granted=9)
    with pytest.raises(TypeError):
        Movement.objects.all().delete()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE partners_movement SET granted = 9", "DELETE FROM partners_movement"],
)
def test_no_row_changes_or_goes_in_the_database(city, statement):
    one(city)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize("changed", ["held", "used", "gone"])
def test_no_balance_below_zero_in_the_database(city, changed):
    account = Account.objects.get(code=one(city).account)
    for value in (F(changed) + 2, F(changed) - 1):
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.filter(pk=account.pk).update(**{changed: value})


def test_the_sums_are_those_of_the_rows(city, session, asker, keeper):
    kept = ask(city, session, asker)
    ledger.use(kept, key="u", by=keeper, at=FEBRUARY)
    one(city, MAY)
    for account in Account.objects.all():
        rows = Movement.objects.filter(account=account)
        for name in ("granted", "held", "used", "gone"):
            assert sum(getattr(row, name) for row in rows) == getattr(account, name)
        assert rows.last().left_after == account.left


@pytest.mark.parametrize("cities", [1, 3])
def test_settling_many_cities_takes_no_query_more(django_assert_num_queries, cities):
    for number in range(cities):
        PartnershipFactory(city=CityFactory(code=f"c{number}"), starts_on=date(2026, 1, 1))
    ledger.settle(at=FEBRUARY)
    with django_assert_num_queries(3):
        ledger.settle(at=FEBRUARY)
    codes = [f"c{number}" for number in range(cities)]
    with django_assert_num_queries(4):
        ledger.balances_of(codes, at=FEBRUARY)
