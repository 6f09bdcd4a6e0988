import datetime

import pytest

from house.access.journal import rows_about
from house.access.viewer import VISITOR
from house.alex import actions
from house.alex.models import Adoption
from house.alex.queries import family_of
from house.alex.search import prior
from house.alex.tests.texts import looking
from house.ground.errors import Forbidden, Refused
from tests.factories import CityFactory, EntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(neighbour):
    return EntryFactory(title="Origin", city=neighbour.city, author=neighbour.person)


def adopt(entry, member, **facts):
    told = {"city": member.city_id, "stage": "reuses", **facts}
    return actions.record_adoption(entry, by=looking(member), **told)


def test_a_city_says_what_it_made_of_an_entry_and_may_say_it_again(entry, member):
    adopt(entry, member, stage="understood")
    adoption = adopt(
        entry, member, stage="adapted", note="Smaller bays.", started_on=datetime.date(2024, 3, 1)
    )
    assert list(Adoption.objects.values_list("stage", "note")) == [("adapted", "Smaller bays.")]
    assert adoption.recorded_by_id == member.person.pk


def test_nobody_speaks_for_another_city(entry, member, associate):
    with pytest.raises(Forbidden):
        adopt(entry, member, city=CityFactory(code="zzz").pk)
    with pytest.raises(Forbidden):
        actions.record_adoption(entry, city="ccc", stage="reuses", by=looking(associate))
    with pytest.raises(Forbidden):
        actions.record_adoption(entry, city="aaa", stage="reuses", by=VISITOR)


def test_a_city_takes_nothing_home_from_itself(entry, neighbour):
    with pytest.raises(Refused, match="own city"):
        adopt(entry, neighbour)


def test_the_refusal_does_not_reveal_a_hidden_city(member):
    sealed = EntryFactory(city=member.city, candour="sealed", audience="alliance")
    adopt(sealed, member)
    assert sealed.reuse_count == 0  # but a city's word for itself lifts nothing


def test_the_history_of_a_sealed_entry_does_not_tell_its_city(member):
    sealed = EntryFactory(
        author=member.person, city=member.city, candour="sealed", audience="alliance"
    )
    adoption = adopt(sealed, member)
    actions.add_result(adoption, months=6, outcome="worked", by=looking(member))
    assert [row.act for row in rows_about(adoption)] == ["alex.result", "alex.adopt"]
    assert not rows_about(sealed).exists()


def test_only_proven_reuse_lifts_the_ranking(entry, member):
    before = prior(entry)
    adoption = adopt(entry, member, stage="understood")
    assert prior(entry) == before
    actions.add_result(adoption, months=6, outcome="worked", by=looking(member))
    assert prior(adoption.entry) == before  # understood is not in use
    adopt(entry, member, stage="reuses")
    assert entry.reuse_count == 1
    assert 0 < prior(entry) <= 1
    adopt(entry, member, stage="stopped")
    assert prior(entry) == before


@pytest.mark.parametrize(("months", "outcome"), [(7, "worked"), (6, "splendid")])
def test_results_come_after_6_12_or_24_months(entry, member, months, outcome):
    adoption = adopt(entry, member)
    with pytest.raises(Refused):
        actions.add_result(adoption, months=months, outcome=outcome, by=looking(member))


def test_the_tree_follows_entries_across_cities(entry, member, associate):
    theirs = EntryFactory(title="Second", city=member.city, author=member.person)
    adoption = adopt(entry, member, result_entry=theirs)
    actions.add_result(adoption, months=12, outcome="mixed", text="Half.", by=looking(member))
    third = CityFactory(code="ddd")
    Adoption.objects.create(entry=theirs, city=third, stage="adapted")

    family = family_of(entry, VISITOR)
    (branch,) = family.branches
    assert (branch.adoption.city_id, branch.entry) == ("aaa", theirs)
    assert [(result.months, result.outcome) for result in branch.results] == [(12, "mixed")]
    assert [twig.adoption.city_id for twig in branch.branches] == ["ddd"]
    assert [origin.entry for origin in family_of(theirs, VISITOR).origins] == [entry]


def test_a_tree_that_runs_in_circles_ends(entry, member, neighbour):
    theirs = EntryFactory(title="Second", city=member.city, author=member.person)
    adopt(entry, member, result_entry=theirs)
    adopt(theirs, neighbour, result_entry=entry)
    (branch,) = family_of(entry, VISITOR).branches
    (back,) = branch.branches
    assert (back.entry, back.branches) == (entry, [])


def test_the_tree_shows_only_entries_the_viewer_may_see(entry, member):
    hidden = EntryFactory(city=member.city, author=member.person, audience="city")
    adopt(entry, member, result_entry=hidden)
    (seen_by_visitor,) = family_of(entry, VISITOR).branches
    (seen_by_member,) = family_of(entry, looking(member)).branches
    assert (seen_by_visitor.entry, seen_by_member.entry) == (None, hidden)


def test_the_tree_does_not_tell_what_the_author_hid_since(entry, member):
    theirs = EntryFactory(city=member.city, author=member.person)
    adopt(entry, member, result_entry=theirs)
    theirs.candour, theirs.shown_city = "sealed", None
    theirs.save()
    (branch,) = family_of(entry, VISITOR).branches
    assert branch.entry is None
    assert family_of(theirs, VISITOR).origins == []


@pytest.mark.parametrize("cities", [1, 3])
def test_a_tree_costs_the_same_however_wide(entry, cities, django_assert_num_queries):
    for number in range(cities):
        city = CityFactory(code=f"x{number}")
        theirs = EntryFactory(city=city)
        Adoption.objects.create(entry=entry, city=city, stage="reuses", result_entry=theirs)
    with django_assert_num_queries(5):
        family_of(entry, VISITOR)
