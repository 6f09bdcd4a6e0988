import pytest

from house.access.models import JournalRow
from house.access.viewer import VISITOR
from house.alex import actions
from house.alex.models import FailuresShown
from house.alex.queries import nearest_failures
from house.alex.tests.texts import case, looking
from house.ground.errors import Forbidden, Refused
from tests.factories import EntryFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bikes():
    return TopicFactory(slug="bike-sharing")


@pytest.fixture
def failure(bikes):
    return EntryFactory(title="Bays nobody used", outcome="failed", topics=[bikes])


@pytest.fixture
def success(member, bikes):
    return EntryFactory(outcome="worked", author=member.person, topics=[bikes])


def test_the_label_waits_until_the_author_has_looked(success, failure, member):
    with pytest.raises(Refused, match="not yet looked"):
        actions.label_best_practice(success, by=looking(member), digest="")
    failures, showing = actions.show_nearest_failures(success, by=looking(member))
    assert failures == [failure]
    assert showing.shown == [{"code": failure.code, "version": 1}]

    actions.label_best_practice(success, by=looking(member), digest=showing.digest)
    assert success.is_best_practice
    row = JournalRow.objects.get(act="alex.label")
    assert row.facts["digest"] == showing.digest


def test_what_the_curator_saw_does_not_stand_for_the_author(success, failure, member, curator):
    _failures, showing = actions.show_nearest_failures(success, by=looking(curator))
    with pytest.raises(Refused, match="not yet looked"):
        actions.label_best_practice(success, by=looking(curator), digest=showing.digest)
    _failures, showing = actions.show_nearest_failures(success, by=looking(member))
    actions.label_best_practice(success, by=looking(curator), digest=showing.digest)
    assert success.is_best_practice


def test_a_new_version_loses_the_label_and_needs_a_new_look(success, failure, member, curator):
    _failures, showing = actions.show_nearest_failures(success, by=looking(member))
    actions.label_best_practice(success, by=looking(member), digest=showing.digest)
    actions.save_draft(success, case(), by=looking(member), revision=1)
    actions.submit_entry(success, by=looking(member))
    actions.publish_entry(success, by=looking(curator))
    assert not success.is_best_practice
    with pytest.raises(Refused, match="not yet looked"):
        actions.label_best_practice(success, by=looking(member), digest=showing.digest)


def test_that_nothing_failed_nearby_is_shown_too(success, member):
    failures, showing = actions.show_nearest_failures(success, by=looking(member))
    assert failures == []
    actions.label_best_practice(success, by=looking(member), digest=showing.digest)
    assert success.is_best_practice


def test_looking_twice_is_recorded_once(success, failure, member):
    actions.show_nearest_failures(success, by=looking(member))
    actions.show_nearest_failures(success, by=looking(member))
    assert FailuresShown.objects.count() == 1


def test_only_what_worked_is_best_practice(failure):
    _failures, showing = actions.show_nearest_failures(failure, by=looking(failure.author))
    with pytest.raises(Refused, match="worked"):
        actions.label_best_practice(failure, by=looking(failure.author), digest=showing.digest)


def test_a_reader_labels_nothing(success, neighbour):
    with pytest.raises(Forbidden):
        actions.label_best_practice(success, by=looking(neighbour), digest="x")


def test_failures_that_the_author_may_not_read_are_not_shown(success, member, neighbour, bikes):
    EntryFactory(
        title="Theirs alone",
        outcome="failed",
        audience="city",
        city=neighbour.city,
        topics=[bikes],
    )
    mixed = EntryFactory(title="Half of it", outcome="mixed", topics=[bikes])
    EntryFactory(title="Fine", outcome="worked", topics=[bikes])
    EntryFactory(title="Elsewhere", outcome="failed", topics=[TopicFactory(slug="housing")])
    assert nearest_failures(success, looking(member)) == [mixed]
    assert nearest_failures(success, VISITOR) == [mixed]
