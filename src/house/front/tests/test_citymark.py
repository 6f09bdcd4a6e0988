import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse

from house.front.citymark import drawing
from house.vocabulary.loading import load_vocabulary
from house.vocabulary.models import City
from tests.factories import CityFactory


def test_mark_is_the_same_for_ever():
    """Written down once: a mark that changes is another city's mark."""
    again = drawing("ghent", 51.05, 3.72, ("river",), 260341)
    drawing.cache_clear()

    assert again == drawing("ghent", 51.05, 3.72, ("river",), 260341)
    assert "M6 84H114" in again


def test_every_city_has_a_mark_of_its_own(db):
    load_vocabulary()
    marks = [
        drawing(city.slug, city.latitude, city.longitude, tuple(city.terrain), 500_000)
        for city in City.objects.all()
    ]

    assert len(set(marks)) == len(marks)
    assert max(map(len, marks)) < 2_000


@pytest.mark.parametrize(
    "terrain", [(), ("unheard-of",), ("mountains", "harbour", "canals", "islands")]
)
@pytest.mark.parametrize("population", [0, 1, 40_000_000])
@pytest.mark.parametrize(("latitude", "longitude"), [(90, 180), (-90, -180), (0, 0)])
def test_any_city_can_be_drawn(terrain, population, latitude, longitude):
    mark = drawing("x", latitude, longitude, terrain, population, label='A "city" <b>')

    assert ET.fromstring(mark).get("aria-label") == 'A "city" <b>'


def test_file_of_a_mark_runs_nothing(client, db):
    response = client.get(reverse("front:city_mark", args=[CityFactory(name="Aa").slug]))

    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"
    assert ET.fromstring(response.content).get("aria-label") == "Aa"
