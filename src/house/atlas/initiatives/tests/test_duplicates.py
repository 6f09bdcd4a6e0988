"""One place or two? The rule is pure; Hypothesis draws it."""

from hypothesis import given
from hypothesis import strategies as st

from house.atlas.initiatives.duplicates import Spot, firsts, is_same, likeness, metres

NAMES = st.sampled_from(
    [
        "Repair Café Oost",
        "repaircafe oost",
        "Boekenkast",
        "Makerspace Noord",
        "12 Elm St",
        "14 Elm St",
        "",
        "Z",
    ]
)
SPOTS = st.builds(
    Spot,
    NAMES,
    st.one_of(st.floats(-0.004, 0.004), st.sampled_from([89.9, -89.9, 52.0, 52.0005])),
    st.one_of(st.floats(-0.004, 0.004), st.sampled_from([180.0, -180.0, 179.9995, 4.0])),
    st.sampled_from([frozenset(), frozenset({"public-bookcase"}), frozenset({"repair-cafe"})]),
)


@given(one=NAMES, other=NAMES)
def test_likeness_is_the_same_both_ways_and_whole_with_itself(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == 1
    assert 0 <= likeness(one, other) <= 1


def groups(spots):
    """By asking each pair: what `firsts` finds by its grid."""
    group = list(range(len(spots)))
    for a in range(len(spots)):
        for b in range(a):
            if is_same(spots[a], spots[b]):
                old, new = max(group[a], group[b]), min(group[a], group[b])
                group = [new if one == old else one for one in group]
    return group


@given(spots=st.lists(SPOTS, max_size=12))
def test_the_grid_finds_what_asking_every_pair_finds(spots):
    assert firsts(spots) == groups(spots)


def test_spelling_does_not_part_and_distance_does():
    here = Spot("Repair Café Oost", 52.37, 4.89)
    assert is_same(here, Spot("Repaircafé Oost", 52.3705, 4.8903))
    assert not is_same(here, Spot("Repaircafé Oost", 52.38, 4.89))
    assert not is_same(here, Spot("Boekenkast Oost", 52.37, 4.89))


def test_house_numbers_part_what_is_called_after_its_address():
    here = Spot("1711 Chestnut St", 37.87, -122.27)
    assert not is_same(here, Spot("1731 Chestnut St", 37.8705, -122.27))
    assert is_same(here, Spot("Chestnut Street 1711", 37.8705, -122.27))


def test_two_cupboards_that_touch_are_one_and_two_clubs_of_one_house_are_two():
    bookcase, club = frozenset({"public-bookcase"}), frozenset({"time-bank"})
    assert is_same(Spot("", 52.0, 4.0, bookcase), Spot("Lesbar", 52.00005, 4.0, bookcase))
    assert not is_same(Spot("Talent", 52.0, 4.0, club), Spot("Zeit", 52.0, 4.0, club))


def test_places_on_both_sides_of_the_date_line_are_near():
    assert metres(Spot("", 0, 179.9999), Spot("", 0, -179.9999)) < 30
    assert firsts([Spot("Fiji tools", -17, 179.9999), Spot("Fiji tools", -17, -179.9999)]) == [0, 0]
