"""Entries and the search that finds them, together: what is saved is found, what is hidden isn't."""

import pytest

from house.access.viewer import VISITOR
from house.alex import actions
from house.alex.queries import nearest_failures
from house.alex.tests.texts import case, looking
from house.retrieval import outbox
from house.retrieval.search import Filters, search

pytestmark = pytest.mark.django_db


def publish(member, curator, **changes):
    entry = actions.create_entry("case_study", by=looking(member), content=case(**changes))
    actions.submit_entry(entry, by=looking(member))
    return drained(actions.publish_entry(entry, by=looking(curator)))


def drained(entry):
    """What a commit does by itself; a test's transaction has none."""
    outbox.drain()
    return entry


def found(words, viewer, **filters):
    return [hit.thing for hit in search(words, viewer=viewer, filters=Filters(**filters)).hits]


def test_found_at_once_when_published_and_gone_when_withdrawn(member, neighbour, curator):
    entry = publish(member, curator, summary="Velvet canary bollards.")
    assert found("canary", looking(neighbour)) == [entry]
    assert found("canary", VISITOR) == []
    drained(actions.withdraw_entry(entry, reason="Over.", by=looking(member)))
    assert found("canary", looking(neighbour)) == []


def test_a_revision_is_found_only_once_it_is_published(member, curator):
    entry = publish(member, curator)
    actions.save_draft(entry, {"summary": "Velvet canary."}, by=looking(member), revision=1)
    actions.submit_entry(entry, by=looking(member))
    drained(entry)
    assert found("canary", looking(curator)) == []
    drained(actions.publish_entry(entry, by=looking(curator)))
    assert found("canary", looking(curator)) == [entry]


def test_no_filter_tells_a_hidden_city(member, curator):
    told = publish(member, curator, candour="city", summary="Open canary.")
    hidden = publish(member, curator, candour="sealed", summary="Sealed canary.")
    assert set(found("canary", looking(curator))) == {told, hidden}
    assert found("canary", looking(curator), city=(member.city.slug,)) == [told]
    assert found(member.city.name, looking(curator), outcome=("worked",)) != [hidden]


def test_failures_near_in_words_come_before_those_near_in_topic(member, curator):
    far = publish(member, curator, title="Cargo bikes for plumbers", outcome="failed")
    near = publish(member, curator, title="Velvet canary bollards", outcome="failed")
    publish(member, curator, title="Velvet canary bollards that stood", outcome="worked")
    entry = publish(member, curator, title="Velvet canary bollards again", outcome="worked")
    assert nearest_failures(entry, looking(member)) == [near, far]
