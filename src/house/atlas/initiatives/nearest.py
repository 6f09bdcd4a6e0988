"""Which city of ours a point belongs to, and whose clock it keeps."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from house.ground.text import folded
from house.vocabulary.models import City

# A city and its region; what lies further out is on the map, but in no city of ours.
REACH = 40.0  # kilometres
FAR = 1000.0  # further away no city of ours tells the hour
EARTH = 6371.0


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points (haversine)."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))


@dataclass(frozen=True, slots=True)
class Where:
    """Our city here, if any, and the zone: of the nearest city, near or far."""

    city: City | None
    zone: str


class Cities:
    """Asks once for all cities: an import asks for thousands of points."""

    def __init__(self, cities: Iterable[City]) -> None:
        self.cities = list(cities)
        self.names = {
            folded(name): city for city in self.cities for name in (city.name, *city.names.values())
        }

    def of(self, lat: float, lon: float, *, named: str = "") -> Where:
        """By the name that the data give, where it lies near enough; else the nearest within reach."""
        if not self.cities:
            return Where(None, "UTC")
        far, nearest = min(
            ((distance(lat, lon, c.latitude, c.longitude), c) for c in self.cities),
            key=lambda pair: pair[0],
        )
        called = self.names.get(folded(named)) if named else None
        if called is not None and distance(lat, lon, called.latitude, called.longitude) < 2 * REACH:
            return Where(called, called.time_zone)
        zone = nearest.time_zone if far < FAR else _by_the_sun(lon)
        return Where(nearest if far <= REACH else None, zone)


def _by_the_sun(lon: float) -> str:
    """Far from every city of ours: fifteen degrees make an hour. IANA's signs are the other way round."""
    hours = round(lon / 15)
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"
