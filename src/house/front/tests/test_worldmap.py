import pytest

from house.front.worldmap import EUROPE, pins, place
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
