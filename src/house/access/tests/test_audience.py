from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from house.access.audience import Audience, token_of
from house.access.viewer import VISITOR, Viewer

CITIES, CIRCLES, PERSONS = ["ams", "sel"], ["harbours", "north"], [1, 2]

viewers = st.builds(
    Viewer,
    person_id=st.sampled_from([None, *PERSONS]),
    city_ids=st.frozensets(st.sampled_from(CITIES)),
    circle_ids=st.frozensets(st.sampled_from(CIRCLES)),
    is_member=st.booleans(),
    is_office=st.booleans(),
    is_curator=st.booleans(),
    is_expert=st.booleans(),
)
things = st.builds(
    SimpleNamespace,
    audience=st.sampled_from(Audience.values),
    city_id=st.sampled_from(CITIES),
    circle_id=st.sampled_from(CIRCLES),
    author_id=st.sampled_from(PERSONS),
)


def may_read(viewer, thing):
    """The rule in plain words."""
    staff = viewer.is_office or viewer.is_curator or viewer.is_expert
    return {
        "public": True,
        "alliance": viewer.is_member or staff,
        "city": viewer.is_member and thing.city_id in viewer.city_ids,
        "circle": thing.circle_id in viewer.circle_ids,
        "private": viewer.person_id == thing.author_id,
    }[thing.audience]


@given(viewer=viewers, thing=things)
def test_a_token_opens_what_the_rule_allows(viewer, thing):
    assert (token_of(thing) in viewer.tokens) == may_read(viewer, thing)


def test_a_visitor_reads_the_public_alone():
    assert VISITOR.tokens == {"public"}


@pytest.mark.parametrize("flag", ["is_office", "is_curator", "is_expert"])
def test_the_foundation_reads_with_the_alliance(flag):
    assert "alliance" in Viewer(person_id=1, **{flag: True}).tokens
