"""What others publish is read exactly, or refused with the place of the mistake."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from house.atlas.mobility.actions.taking_in import kind_of
from house.atlas.mobility.reading import gbfs
from house.atlas.mobility.reading.audit import read_audit
from house.atlas.mobility.reading.errors import Unreadable
from house.atlas.mobility.reading.modes import modes_of_name, modes_of_types
from house.atlas.mobility.reading.systems import read_systems
from house.atlas.mobility.tests.made import audited, listed, row


def test_a_system_is_read_as_the_list_says():
    raw = listed(row("a", versions="1.1 ; 2.3 ; v3.0", key="2"), row("b", host="www.dott.example"))
    (a, b), odd = read_systems(raw)
    assert (a.versions, a.needs_key, a.operator) == (("1.1", "2.3", "3.0"), True, "a.example")
    assert (b.needs_key, b.operator, odd) == (False, "dott.example", [])


def test_an_id_that_stands_twice_becomes_two_systems_and_is_told():
    found, odd = read_systems(listed(row("a"), row("a", "City bbb")))
    assert [each.id for each in found] == ["a", "a#city-bbb"]
    assert odd == ["Line 3: the id a stands in line 2 already; it is read as a#city-bbb."]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "Neither a list"),
        (b"name,email\nx,y\n", "Neither a list"),
        (listed(), "The list holds no system."),
        (listed(row("a", name="x", country="NLD")), "Line 2: 'NLD' is no country code"),
        (listed(row("a"), row("b", " ")), "Line 3: Location is empty."),
        (listed(row("a"), "NL,x"), "Line 3: fewer cells than the head has."),
        (listed(row("a"), row("b") + ",more"), "Line 3: more cells than the head has."),
        (listed(row("a")) + b"\xff\xfe", "Line 3: not UTF-8."),
        (listed(row("a", "x" * 3000)), "Line 2: a cell of more than 2000 characters."),
        (audited(("a", "many", "docked_bike", "False")), "Line 2: n_stations is 'many', no number."),
        (audited(("a", "-1", "docked_bike", "False")), "Line 2: n_stations is '-1', no count."),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_line(raw, told):
    with pytest.raises(Unreadable, match=told):
        {"systems": read_systems, "audit": read_audit}[kind_of(raw)](raw)


def test_an_audit_that_found_nothing_or_broke_says_nothing():
    raw = audited(("a", 0, "", "False"), ("b", 7, "docked_bike", "True"))
    raw += b"c,NL,fetch_error: HTTPError,,,,,,u\nd,NL,fetch_error: LookupError,,,,,,u\n"
    a, b, c, d = read_audit(raw)
    assert (a.points, b.points, b.flags, b.modes) == (None, 7, ("A5",), ("bike",))
    assert (c.answered, d.answered, c.flags) == (False, None, None)


def test_modes_are_stated_never_guessed_from_brands():
    assert modes_of_name("Lime Paris") == []
    assert modes_of_name("Cargo bike Ghent") == ["cargo-bike"]
    assert modes_of_name("nextbike und Carsharing") == ["bike", "car"]
    types = [
        {"form_factor": "bicycle", "propulsion_type": "electric_assist"}, {"form_factor": "scooter_standing"},
        {"form_factor": "car", "name": "Hybrid Taxi-Bus", "rider_capacity": 7},
        {"form_factor": "car", "name": "Taxi", "rider_capacity": 4}, {"form_factor": "hovercraft"},
    ]  # fmt: skip
    assert modes_of_types(types) == ["e-bike", "scooter", "car", "ride-pooling", "other"]


def document(**data):
    return {"version": "3.0", "last_updated": "2026-01-01T00:00:00Z", "ttl": 0, "data": data}


def test_gbfs_3_counts_what_stands_free_apart_from_what_stands_at_stations():
    said = gbfs.read_system(
        {
            "system_information": document(name=[{"text": "Velo", "language": "en"}], license_id="CC0-1.0"),
            "station_information": document(stations=[{"station_id": "1", "capacity": 9}, {"station_id": "2"}]),
            "station_status": document(stations=[{"station_id": "1", "num_vehicles_available": 4}]),
            "vehicle_status": document(vehicles=[{"vehicle_id": "a"}, {"vehicle_id": "b", "station_id": "1"}]),
        }
    )  # fmt: skip
    assert (said.name, said.licence, said.version) == ("Velo", "CC0-1.0", "3.0")
    assert (said.stations, said.free, said.docked, said.capacity, said.points) == (2, 1, 4, 9, 3)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"[]", "system_information: an object is expected, not a list."),
        (b"{}", "`data` is missing"),
        (b'{"data": 3}', "`data` is a number"),
        (b'{"data": {', "line 1, column 11"),
        (b"\xff", "not UTF-8 at byte 0"),
        (b"[" * 200_000, "nested too deeply"),
    ],
)
def test_a_bad_feed_is_refused_with_its_place(raw, told):
    with pytest.raises(Unreadable, match=told):
        gbfs.read_document("system_information", raw)


def test_rows_that_are_none_are_named():
    with pytest.raises(Unreadable, match=r"station_status: `data.stations\[1\]` is a text"):
        gbfs.read_system({"station_status": document(stations=[{}, "x"])})


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["data", "feeds", "stations", "bikes", "en", "name", "url"]), inner, max_size=4), max_leaves=12))  # fmt: skip
def test_whatever_a_feed_holds_it_is_read_or_refused(plain):
    raw = json.dumps({"data": plain}).encode()
    try:
        found = gbfs.read_document("station_information", raw)
        gbfs.feeds_of(found)
        gbfs.read_system({"station_information": found, "free_bike_status": found})
    except Unreadable:
        pass


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("city", "stations", "free", "modes"),
    [
        ("chicago-divvy", 1811, 1244, ("bike", "e-bike", "scooter")),
        ("heidelberg-nextbike", 382, None, ()),
        ("mexico-ecobici", 491, None, ()),
        ("mybuxi-ch", 1926, None, ("ride-pooling",)),
        ("oslo-bysykkel", 256, None, ()),
        ("vienna-wienmobil", 261, None, ()),
        ("wolfsburg-tier", None, 840, ("scooter",)),
    ],
)
def test_the_real_feeds_of_seven_cities_are_read(corpus, city, stations, free, modes):
    folder = corpus / "mobility" / "gbfs" / city
    documents = {
        path.stem: gbfs.read_document(path.stem, path.read_bytes())
        for path in folder.glob("*.json")
        if path.stem in gbfs.WANTED
    }
    said = gbfs.read_system(documents)
    assert (said.stations, said.free, said.modes) == (stations, free, modes)
    if city == "heidelberg-nextbike":  # states -1 everywhere: no count, and told
        assert said.docked is None
        assert said.odd == ("num_bikes_available: 382 of 382 values are no counts.",)
    if (index := folder / "gbfs.json").exists():
        assert gbfs.feeds_of(gbfs.read_document("gbfs", index.read_bytes()))
