"""The choice of an issue: properties that hold whatever a month brings."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from house.magazine.proposing import Candidate, likeness, propose, worth

SORTS = ["success", "solved", "new", "held", "wanted", "updated", "coming", "outside"]
names = st.tuples(st.sampled_from(["entry", "post"]), st.integers(1, 60))
candidates = st.builds(
    Candidate,
    name=names,
    sort=st.sampled_from(SORTS),
    age=st.integers(-45, 31).map(float),
    cities=st.frozensets(st.sampled_from("abcde"), max_size=2),
    topics=st.frozensets(st.sampled_from("tuvwxyz"), max_size=3),
    counts=st.dictionaries(
        st.sampled_from(["reuse", "helped", "answers", "supporters", "sources"]), st.integers(0, 9)
    ),
)
months = st.lists(candidates, max_size=24, unique_by=lambda each: each.name)


@given(month=months, most=st.integers(0, 30))
def test_each_is_chosen_once_and_with_a_reason(month, most):
    made = propose(month, most=most)
    assert len({choice.name for choice in made}) == len(made) == min(most, len(month))
    assert {choice.name for choice in made} <= {each.name for each in month}
    assert all(choice.reasons for choice in made)


@given(month=months, seed=st.randoms(use_true_random=False))
def test_the_order_in_which_rooms_tell_changes_nothing(month, seed):
    shuffled = list(month)
    seed.shuffle(shuffled)
    assert propose(month, most=12) == propose(shuffled, most=12)


@given(month=months, few=st.integers(0, 12))
def test_who_asks_for_fewer_gets_the_same_first_ones(month, few):
    assert propose(month, most=few) == propose(month, most=24)[:few]


@given(month=months, left=st.sets(names, max_size=10), before=st.sets(names, max_size=10))
def test_what_was_left_out_stays_out_and_what_was_told_comes_only_with_news(month, left, before):
    made = {choice.name for choice in propose(month, most=99, dropped=left, told_before=before)}
    assert not made & left
    sorts = {each.name: each.sort for each in month}
    assert all(sorts[name] == "updated" for name in made & before)
    assert made == {
        each.name
        for each in month
        if each.name not in left and (each.name not in before or each.sort == "updated")
    }


@given(one=candidates, more=st.integers(1, 5))
def test_more_use_and_more_news_are_never_worth_less(one, more):
    used = replace(one, counts={**one.counts, "reuse": one.counts.get("reuse", 0) + more})
    assert worth(used) >= worth(one)
    assert worth(replace(one, age=one.age / 2)) >= worth(one)
    assert 0 <= worth(one) <= 1


@given(one=candidates, other=candidates)
def test_likeness_is_mutual_and_between_nought_and_one(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1 + 1e-9


def test_a_city_that_nobody_told_of_comes_before_the_third_of_the_same():
    same = [
        Candidate(("entry", n), "new", 5, frozenset("a"), frozenset("t"), {"reuse": 4 - n})
        for n in (1, 2, 3)
    ]
    other = Candidate(("entry", 9), "new", 9, frozenset("b"), frozenset("u"))
    made = propose([*same, other], most=4)
    assert [choice.name[1] for choice in made] == [1, 9, 2, 3]
    assert ("city", "b") in made[1].reasons
    assert made[0].reasons[0] == ("reuse", 3)


@pytest.mark.parametrize("count", [0, 1])
def test_a_single_answer_is_no_reason(count):
    made = propose([Candidate(("post", 1), "solved", 3, counts={"answers": count})], most=1)
    assert made[0].reasons == (("solved", 3),)
