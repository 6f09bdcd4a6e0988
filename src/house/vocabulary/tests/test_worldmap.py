import pytest

from house.vocabulary.worldmap import EUROPE, frame, pins, place
from tests.factories import CityFactory


def test_places_are_where_the_projection_puts_them():
    assert place(0, 0) == (500, 250)
    assert place(180, 0)[0] == pytest.approx(1000, abs=1)
    east, north = place(10, 60)
    assert east > 500
    assert north < 250
    assert place(-10, -60) == (pytest.approx(1000 - east), pytest.approx(500 - north))


@pytest.mark.django_db
def test_cities_near_each_other_have_names_on_the_map_of_europe_that_do_not_lie_on_each_other():
    places = {
        "Amsterdam": (4.9, 52.4),
        "The Hague": (4.3, 52.1),
        "Ghent": (3.7, 51.1),
        "Seoul": (127, 37.5),
    }
    cities = [
        CityFactory(name=name, longitude=lon, latitude=lat) for name, (lon, lat) in places.items()
    ]
    world, europe = pins(cities)
    assert {pin.city.name for pin in world} == set(places)
    assert {pin.city.name for pin in europe} == set(places) - {"Seoul"}
    assert [pin.city.name for pin in world if pin.label_x] == ["Seoul"]
    assert len({(pin.label_x, pin.label_y) for pin in europe}) == 3
    assert all(EUROPE[0] < pin.x < EUROPE[0] + EUROPE[2] for pin in europe)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("places", "land"),
    [
        ({"Gothenburg": (11.97, 57.7), "Malmö": (13, 55.6)}, "europe"),
        ({"Ghent": (3.7, 51.1)}, "europe"),
        ({"Dallas": (-96.8, 32.8), "Singapore": (103.8, 1.35), "Seoul": (127, 37.5)}, "land"),
        ({"Auckland": (174.8, -36.8), "Anchorage": (-149.9, 61.2)}, "land"),
    ],
)
def test_a_frame_holds_its_cities_and_their_names(places, land):
    cities = [
        CityFactory(name=name, longitude=lon, latitude=lat) for name, (lon, lat) in places.items()
    ]
    made = frame(cities)
    assert made.land == land
    assert {pin.city.name for pin in made.pins} == set(places)
    assert made.width / made.height == pytest.approx(720 / 330, abs=0.02)
    for pin in made.pins:
        assert made.left < pin.x < made.left + made.width
        assert made.top < pin.y < made.top + made.height


def test_no_cities_make_no_frame():
    assert frame([]) is None
