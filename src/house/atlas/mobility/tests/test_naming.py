"""Names are matched for certain or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from house.atlas.mobility.naming.gazetteer import Gazetteer, Place, shipped
from house.atlas.mobility.naming.matching import match, subject_of
from house.atlas.mobility.naming.words import key_of, names_more_than_a_city, parts_of, state_of
from house.atlas.mobility.reading.systems import read_systems
from house.atlas.mobility.tests.made import PLACES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("São-Paulo", "sao paulo"), ("St. Gallen", "Saint Gallen"), ("AIX-EN-PROVENCE", "Aix-en-Provence"),
        ("Łódź", "lodz"), ("Weißenburg", "weissenburg"), ("Frýdek-Místek", "Frydek Mistek"),
    ],
)  # fmt: skip
def test_spelling_does_not_count(one, other):
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("name", "country", "parts"),
    [
        ("Rotterdam/Den Haag", "NL", ["Rotterdam", "Den Haag"]),
        ("Karlsruhe / Baden-Baden", "DE", ["Karlsruhe", "Baden-Baden"]),
        ("Saint-Pierre, L'Étang-Salé & Saint-Louis", "FR", ["Saint-Pierre", "L'Étang-Salé", "Saint-Louis"]),
        ("Minneapolis/Saint Paul, MN", "US", ["Minneapolis, MN", "Saint Paul, MN"]),
        ("Clermont-Ferrand", "FR", []),
        ("Rosario, Santa Fe", "AR", []),  # a province behind a comma is no second city
        ("Halle", "DE", []),
    ],
)  # fmt: skip
def test_pairs_are_told_from_names_with_hyphens_and_commas(name, country, parts):
    assert parts_of(name, country) == parts


@pytest.mark.parametrize(
    ("location", "country", "how", "codes"),
    [
        ("CITY AAA", "NL", "name", ("gn1",)),
        ("Stad A", "NL", "other-name", ("gn1",)),
        ("City aaa", "BE", "name", ("gn10",)),
        ("City aaa", "DE", "unknown", ()),  # there is one, but across the border
        ("City bbb, NL", "NL", "name", ("gn2",)),
        ("City bbb, BE", "NL", "unknown", ()),  # the list contradicts itself
        ("Hamm", "DE", "largest", ("gn6",)),
        ("Neustadt", "DE", "several", ()),
        ("Portland, ME", "US", "name", ("gn9",)),
        ("Portland, TX", "US", "unknown", ()),
        ("Portland", "US", "several", ()),  # nine times is not ten
        ("City aaa / City bbb", "NL", "pair", ("gn1", "gn2")),
        ("City aaa / Nowhere", "NL", "unknown", ()),  # half a pair is no pair
        ("Germany", "DE", "country", ()),
        ("DE", "DE", "country", ()),
        ("Greater City aaa", "NL", "region", ()),
        ("Ortenaukreis", "DE", "region", ()),
    ],
)
def test_a_location_means_a_city_for_certain_or_stays_out(location, country, how, codes):
    found = match(location, country, PLACES, by_hand={})
    assert (found.how, found.codes) == (how, codes)


def test_a_curator_has_the_last_word_also_that_it_is_no_city():
    subject = subject_of("NL", "Greater City aaa")
    assert match("greater city AAA", "NL", PLACES, by_hand={subject: ("gn1",)}).codes == ("gn1",)
    assert match("Greater City aaa", "NL", PLACES, by_hand={subject: ()}).how == "no-city"


names = st.text(st.sampled_from("aAáÁbBßłŁ -/'&,.0"), max_size=14)


@given(names)
def test_a_key_is_its_own_key(name):
    assert key_of(key_of(name)) == key_of(name)
    assert key_of(name.upper()) == key_of(key_of(name).upper())


@given(
    st.lists(st.tuples(names, st.sampled_from(["NL", "DE"]), st.integers(0, 10**7)), max_size=12),
    names,
)
def test_a_match_lies_in_the_country_and_bears_the_name(rows, name):
    places = Gazetteer(
        [Place(f"gn{n}", each, country, population=people) for n, (each, country, people) in enumerate(rows)],
        {},
    )  # fmt: skip
    found = match(name, "NL", places, by_hand={})
    assert found == match(name, "NL", places, by_hand={})
    wanted = {key_of(each) for each in [name, state_of(name)[0], *parts_of(name, "NL")]}
    for code in found.codes:
        assert places.by_code[code].country == "NL"
        assert key_of(places.by_code[code].name) in wanted


def test_a_region_is_told_from_a_city():
    assert [n for n in ("Brussels region", "Grand Est", "Montgomery County, MD", "Ghent", "Grandvilliers") if names_more_than_a_city(n)] == [
        "Brussels region", "Grand Est", "Montgomery County, MD",
    ]  # fmt: skip


@pytest.mark.corpus
def test_most_of_the_real_names_are_matched_and_none_across_a_border(corpus):
    """Of 1,152 names; the figures stand in docs/benchmarks.md."""
    systems, _odd = read_systems((corpus / "mobility" / "systems.csv").read_bytes())
    found = {
        (s.country, s.location): match(s.location, s.country, shipped(), by_hand={})
        for s in systems
    }
    assert len(found) == 1152
    assert sum(each.is_certain for each in found.values()) >= 1020
    assert all(
        shipped().by_code[c].country == k[0] for k, each in found.items() for c in each.codes
    )
    assert found["NL", "Rotterdam/Den Haag"].how == "pair"
    assert found["US", "Santa Monica, CA"].how == "name"
