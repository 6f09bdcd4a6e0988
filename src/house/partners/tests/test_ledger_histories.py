"""Random histories of one city's benefits, beside a plain model of the ledger that knows no database."""

import calendar
import datetime
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from house.ground.errors import Refused
from house.partners import ledger
from house.partners.models import Account, Benefit, Hold, Movement, PartnershipChange
from house.partners.viewing import viewer_for
from tests.factories import CityFactory, PartnershipFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db

# The table, by hand: level → benefit → (units, months of the period).
TABLE = {
    "associate": {"one-on-one": (1, 12)},
    "partner": {"one-on-one": (1, 3), "hosting-slot": (1, 12)},
    "premium": {"one-on-one": (1, 3), "hosting-slot": (2, 12), "full-day-visit": (1, 12)},
}
MONTHS = {"year": 12, "quarter": 3}
CARRIED = {"one-on-one": 1, "hosting-slot": 0, "full-day-visit": 2}
ORIGIN = datetime.date(2026, 1, 31)
BENEFITS = st.sampled_from(sorted(CARRIED))


def later(months):
    year, month = divmod(ORIGIN.month - 1 + months, 12)
    last = calendar.monthrange(ORIGIN.year + year, month + 1)[1]
    return datetime.date(ORIGIN.year + year, month + 1, min(ORIGIN.day, last))


@dataclass
class Book:
    """One benefit in one period."""

    starts: datetime.date
    ends: datetime.date
    granted: int = 0
    held: int = 0
    used: int = 0
    gone: int = 0
    by_table: int = 0

    @property
    def left(self):
        return self.granted - self.held - self.used - self.gone


@dataclass
class PlainLedger:
    """What the README of partners says, in plain Python."""

    today: datetime.date = ORIGIN
    level: str = "partner"
    books: dict = field(default_factory=dict)  # (benefit, months, first day) → Book

    def settle(self):
        for benefit, (units, months) in TABLE[self.level].items():
            number = 0
            while later((number + 1) * months) <= self.today:
                number += 1
            starts, ends = later(number * months), later((number + 1) * months)
            others = sum(
                book.by_table
                for (name, rhythm, _day), book in self.books.items()
                if name == benefit and rhythm != months and starts <= book.starts < ends
            )
            key = (benefit, months, starts)
            had = self.books[key].by_table if key in self.books else 0
            more = units - others - had
            if more > 0:
                book = self.books.setdefault(key, Book(starts, ends))
                before = self.books.get((benefit, months, later((number - 1) * months)))
                if number and before and before.left:
                    carried = min(before.left, CARRIED[benefit])
                    before.gone += carried
                    book.granted += carried
                book.granted += more
                book.by_table += more
        for book in self.books.values():
            if book.ends <= self.today:
                book.gone += book.left

    def running(self, benefit):
        open_now = [
            (book.ends, number, key)
            for number, (key, book) in enumerate(self.books.items())
            if key[0] == benefit and book.starts <= self.today < book.ends
        ]
        return [key for _ends, _number, key in sorted(open_now)]

    def given(self, benefit):
        """The book in which a unit by hand counts: the table's rhythm, else the year."""
        months = TABLE[self.level].get(benefit, (0, 12))[1]
        number = 0
        while later((number + 1) * months) <= self.today:
            number += 1
        starts, ends = later(number * months), later((number + 1) * months)
        return self.books.setdefault((benefit, months, starts), Book(starts, ends))


class Histories(RuleBasedStateMachine):
    holds = Bundle("holds")
    keys = Bundle("keys")

    @initialize()
    def open_the_house(self):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        city = CityFactory(code="gnt", time_zone="Europe/Brussels")
        self.partnership = PartnershipFactory(city=city, level="partner", starts_on=ORIGIN)
        seat = SeatFactory(partnership=self.partnership, person=PersonFactory(), kind="coordinator")
        self.city, self.person = city, seat.person
        self.keeper = viewer_for(PersonFactory(is_office=True))
        # May ask for whatever level the city has: the level decides about the units here.
        self.asker = viewer_for(self.person)
        for benefit, carried in CARRIED.items():
            Benefit.objects.filter(pk=benefit).update(carry_over=carried)
        self.plain, self.number, self.rows = PlainLedger(), 0, 0

    def teardown(self):
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @property
    def at(self):
        return datetime.datetime.combine(self.plain.today, datetime.time(12), tzinfo=datetime.UTC)

    def key(self):
        self.number += 1
        return f"key {self.number}"

    def try_to(self, verb, *args, **facts):
        try:
            return verb(*args, at=self.at, **facts)
        except Refused:
            return None

    # -- What may happen -------------------------------------------------------------------------

    @rule(target=holds, benefit=BENEFITS)
    def ask(self, benefit):
        self.plain.settle()
        key, words = self.key(), f"about {benefit}"
        kept = self.try_to(
            ledger.hold, self.city, Benefit(pk=benefit, name=benefit, capability="meetings.book"),
            key=key, by=self.asker, what_for=words,
        )  # fmt: skip
        free = [each for each in self.plain.running(benefit) if self.plain.books[each].left > 0]
        assert (kept is not None) == bool(free)
        if kept is None:
            return multiple()
        self.plain.books[free[0]].held += 1
        return {"pk": kept.pk, "book": free[0], "state": "held", "key": key, "about": benefit}

    @rule(kept=holds)
    def ask_again_by_the_same_key(self, kept):
        self.plain.settle()
        benefit = Benefit(pk=kept["about"], name="x", capability="meetings.book")
        again = ledger.hold(
            self.city, benefit, key=kept["key"], by=self.asker, what_for=f"about {kept['about']}",
            at=self.at,
        )  # fmt: skip
        assert again.pk == kept["pk"]

    @rule(kept=holds)
    def ask_for_something_else_by_the_same_key(self, kept):
        self.plain.settle()
        benefit = Benefit(pk=kept["about"], name="x", capability="meetings.book")
        with pytest.raises(ledger.KeyTaken):
            ledger.hold(
                self.city, benefit, key=kept["key"], by=self.asker, what_for="another matter",
                at=self.at,
            )  # fmt: skip

    @rule(kept=holds, verb=st.sampled_from(["use", "refund", "release"]), twice=st.booleans())
    def decide(self, kept, verb, twice):
        self.plain.settle()
        key, before = self.key(), kept["state"]
        by = self.asker if verb == "release" else self.keeper
        hold = Hold.objects.select_related("account__benefit").get(pk=kept["pk"])
        hold.account.benefit.capability = "meetings.book"
        done = None
        for _time in range(1 + twice):
            done = self.try_to(getattr(ledger, verb), hold, key=key, by=by, reason="so it was")
        assert (done is not None) == (before == "held" or (before, verb) == ("used", "refund"))
        if done is None:
            return
        book = self.plain.books[kept["book"]]
        setattr(book, before, getattr(book, before) - 1)
        kept["state"] = {"use": "used", "refund": "refunded", "release": "released"}[verb]
        if verb == "use":
            book.used += 1
        elif book.ends <= self.plain.today:
            book.gone += 1
            running = self.plain.running(kept["about"])
            if verb == "refund" and running:
                self.plain.books[running[0]].granted += 1

    @rule(benefit=BENEFITS, units=st.integers(1, 3))
    def grant(self, benefit, units):
        self.plain.settle()
        made = ledger.grant(
            self.city, Benefit.objects.get(pk=benefit), units=units, key=self.key(), by=self.keeper,
            reason="a gift", at=self.at,
        )  # fmt: skip
        self.plain.given(benefit).granted += units
        assert made.granted == units

    @rule(benefit=BENEFITS, units=st.integers(-3, 3), twice=st.booleans())
    def correct(self, benefit, units, twice):
        self.plain.settle()
        ledger.settle(at=self.at)
        running = self.plain.running(benefit)
        if not running:
            return
        account = next(each for each in self.accounts() if self.name_of(each) == running[0])
        key = self.key()
        made = None
        for _time in range(1 + twice):
            made = self.try_to(
                ledger.correct, account, units=units, key=key, by=self.keeper, reason="a mistake"
            )
        book = self.plain.books[running[0]]
        assert (made is not None) == (units != 0 and book.left + units >= 0)
        if made is not None:
            book.granted += units

    @rule(kept=consumes(holds))
    def undo_what_was_decided(self, kept):
        """The opposite row, where the period still runs and the unit is still there."""
        self.plain.settle()
        last = Movement.objects.filter(hold=kept["pk"]).exclude(kind="hold").last()
        if last is None or last.kind == "carry" or last.undoes_id:
            return
        book = self.plain.books[kept["book"]]
        may = book.ends > self.plain.today and (last.kind == "use" or book.left > 0)
        done = self.try_to(ledger.undo, last, key=self.key(), by=self.keeper, reason="wrong row")
        assert (done is not None) == may
        if done is not None:
            book.granted -= last.granted
            book.held -= last.held
            book.used -= last.used

    @rule(days=st.integers(1, 130))
    def let_days_pass(self, days):
        self.plain.today += datetime.timedelta(days=days)

    @rule(level=st.sampled_from(sorted(TABLE)))
    def change_the_level(self, level):
        self.plain.level = level
        PartnershipChange.objects.create(
            partnership=self.partnership, act="level", level=level, effective_on=self.plain.today
        )

    # -- What always holds -----------------------------------------------------------------------

    def accounts(self):
        return list(Account.objects.filter(city=self.city))

    def name_of(self, account):
        return (account.benefit_id, MONTHS[account.per], account.starts_on)

    @invariant()
    def the_books_agree(self):
        if not hasattr(self, "plain"):
            return
        self.plain.settle()
        seen = ledger.balances(self.city, at=self.at)
        told = {
            self.name_of(account): (account.granted, account.held, account.used, account.gone)
            for account in self.accounts()
        }
        assert told == {
            key: (book.granted, book.held, book.used, book.gone)
            for key, book in self.plain.books.items()
        }
        assert sorted((each.benefit.pk, each.left) for each in seen) == sorted(
            (benefit, self.plain.books[key].left)
            for benefit in CARRIED
            for key in self.plain.running(benefit)
        )

    @invariant()
    def rows_only_grow_and_add_up(self):
        if not hasattr(self, "plain"):
            return
        rows = list(Movement.objects.filter(account__city=self.city))
        assert len(rows) >= self.rows
        self.rows = len(rows)
        for account in self.accounts():
            own = [row for row in rows if row.account_id == account.pk]
            assert all(row.left_after >= 0 for row in own)
            assert sum(row.change for row in own) == account.left == own[-1].left_after


@pytest.mark.slow
def test_any_history_keeps_the_books_of_the_plain_model():
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
