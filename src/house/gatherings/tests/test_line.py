"""The line for places, against a plain model of it; and two hundred hands on one place."""

import json
import subprocess
import sys

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from house.gatherings import actions, waiting
from house.gatherings.models import Registration
from house.gatherings.tests.making import HOUR, make_event, make_member
from house.ground.errors import Refused
from house.partners.viewing import viewer_for
from tests.own_house import own_house

SEATS, PERSONS = 2, 6


class PlainLine:
    """What should happen, in lists: who holds, who was offered, who waits, in order."""

    def __init__(self, seats):
        self.seats, self.held, self.offered, self.waiting, self.lapsed = seats, [], [], [], []

    def come(self, who):
        if who in self.held + self.offered + self.waiting:
            return
        if who in self.lapsed:
            self.lapsed.remove(who)
        if len(self.held + self.offered) < self.seats and not self.waiting:
            self.held.append(who)
        else:
            self.waiting.append(who)
        self.move_up()

    def leave(self, who):
        for line in (self.held, self.offered, self.waiting, self.lapsed):
            if who in line and line is not self.lapsed:
                line.remove(who)
        self.move_up()

    def accept(self, who):
        if who in self.offered:
            self.offered.remove(who)
            self.held.append(who)

    def lapse(self):
        gone, self.offered = self.offered, []
        for who in gone:
            self.lapsed.append(who)
            self.move_up()

    def more(self, seats):
        self.seats = seats
        self.move_up()

    def move_up(self):
        while self.waiting and len(self.held + self.offered) < self.seats:
            self.offered.append(self.waiting.pop(0))


class Line(RuleBasedStateMachine):
    persons: list = []
    office = None

    @initialize()
    def begin(self):
        self.model = PlainLine(SEATS)
        self.event = make_event(seats_online=SEATS)

    def row(self, who):
        return Registration.objects.get(event=self.event, person=self.persons[who])

    @rule(who=st.integers(0, PERSONS - 1))
    def come(self, who):
        actions.register(self.event, by=viewer_for(self.persons[who]), seat="online")
        self.model.come(who)

    @rule(who=st.integers(0, PERSONS - 1))
    def leave(self, who):
        row = Registration.objects.filter(event=self.event, person=self.persons[who]).first()
        if row is not None:
            actions.cancel_registration(row, by=viewer_for(self.persons[who]))
            self.model.leave(who)

    @precondition(lambda self: self.model.offered)
    @rule(data=st.data())
    def accept(self, data):
        who = data.draw(st.sampled_from(self.model.offered))
        actions.accept_offer(self.row(who), by=viewer_for(self.persons[who]))
        self.model.accept(who)

    @precondition(lambda self: self.model.waiting)
    @rule(data=st.data())
    def take_without_an_offer(self, data):
        who = data.draw(st.sampled_from(self.model.waiting))
        with pytest.raises(Refused):
            actions.accept_offer(self.row(who), by=viewer_for(self.persons[who]))

    @precondition(lambda self: self.model.offered)
    @rule()
    def lapse(self):
        # Those of one moment lapse in the order of their deadlines; new offers are later than all of them.
        offers = Registration.objects.filter(event=self.event, state="offered")
        offers.update(offer_until=timezone.now() - HOUR)
        self.model.offered.sort(key=lambda who: self.row(who).pk)
        waiting.lapse_offers()
        self.model.lapse()

    @rule(more=st.integers(0, 2))
    def more_places(self, more):
        seats = self.model.seats + more
        self.event = actions.change_event(self.event, by=self.office, seats_online=min(seats, 4))
        self.model.more(min(seats, 4))

    @invariant()
    def the_house_says_what_the_model_says(self):
        found = {"confirmed": [], "offered": [], "waiting": [], "lapsed": [], "cancelled": []}
        numbers = {person.pk: number for number, person in enumerate(self.persons)}
        for row in Registration.objects.filter(event=self.event).order_by("queued_at", "pk"):
            found[row.state].append(numbers[row.person_id])
        assert sorted(found["confirmed"]) == sorted(self.model.held)
        assert sorted(found["offered"]) == sorted(self.model.offered)
        assert found["waiting"] == self.model.waiting
        free = self.model.seats - len(self.model.held) - len(self.model.offered)
        assert free == 0 or not self.model.waiting


@pytest.mark.django_db
def test_the_line_moves_as_the_plain_model_says(member, office):
    from hypothesis.stateful import run_state_machine_as_test

    Line.persons = [make_member(member) for _each in range(PERSONS)]
    Line.office = viewer_for(office)

    class Undone(Line):
        """Each example in a transaction of its own that is undone."""

        def __init__(self):
            super().__init__()
            self.atomic = transaction.atomic()
            self.atomic.__enter__()

        def teardown(self):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    run_state_machine_as_test(
        Undone,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture(scope="module")
def races(tmp_path_factory):
    """On a database of its own: the tests' SQLite lives in memory, where nobody waits for anybody."""
    return raced(tmp_path_factory.mktemp("race"))


def raced(folder):
    with own_house(folder) as environment:
        ran = subprocess.run(
            [sys.executable, "-m", "house.gatherings.tests.race_for_places"],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    return json.loads(ran.stdout.splitlines()[-1])


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_of_two_hundred_tries_on_one_seat_one_wins(races):
    assert races["seat"] == {"tries": 200, "confirmed": 1, "waiting": 24, "broken": []}


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_of_two_hundred_tries_on_one_offered_place_one_wins(races):
    """The place is offered once; its holder, those in line and who comes late all grab at it."""
    assert races["offer"] == {"tries": 200, "holding": ["second confirmed"], "broken": []}


@pytest.mark.slow
@pytest.mark.postgres
def test_an_offer_that_is_taken_and_lapses_at_the_same_moment_does_one_of_both(races):
    assert races["deadline"]["broken"] == []
    assert races["deadline"]["holding"] in (["second confirmed"], ["third offered"])
