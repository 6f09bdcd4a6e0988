"""Where cities lie, as points of a drawing: the world, Europe closer, or just the part that holds some.

The land is drawn when the frontend is built (`frontend/worldmap.mjs`), with the same projection. No tiles.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders

from house.vocabulary.models import City

DRAWING = "front/world.svg"
SCALE = 184.73  # of worldmap.mjs
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
EUROPE = (476.0, 49.0, 76.0, 58.0)  # left, top, width, height


_DETAIL = (455.0, 45.0, 130.0, 85.0)  # where the closer drawing has coasts
_LEAST = 34.0  # width of the closest frame: about Denmark to the Po
_SHAPE = 720 / 330
_LETTER = 0.034  # of the frame's width


@dataclass(frozen=True, slots=True)
class Pin:
    city: City
    x: float
    y: float
    # Where its name stands, and which end of it.
    label_x: float = 0.0
    label_y: float = 0.0
    anchor: str = "start"


def place(longitude: float, latitude: float) -> tuple[float, float]:
    """Equal Earth: areas are true, so no part of the world looks larger than it is."""
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    t2 = t * t
    t6 = t2**3
    below = 3 * (9 * _A4 * t6 * t2 + 7 * _A3 * t6 + 3 * _A2 * t2 + _A1)
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(t) / below
    y = t * (_A4 * t6 * t2 + _A3 * t6 + _A2 * t2 + _A1)
    return round(500 + x * SCALE, 2), round(250 - y * SCALE, 2)


def is_in_europe(x: float, y: float) -> bool:
    left, top, width, height = EUROPE
    return left <= x <= left + width and top <= y <= top + height


def pins(cities: Iterable[City]) -> tuple[list[Pin], list[Pin]]:
    """Those of the world's map with a name, where there is room for it; and those of Europe's."""
    placed = [(city, *place(city.longitude, city.latitude)) for city in cities]
    near = [each for each in placed if is_in_europe(each[1], each[2])]
    far = [each for each in placed if not is_in_europe(each[1], each[2])]
    dots = [Pin(city, x, y) for city, x, y in near]
    return _named(far, size=15.0) + dots, _named(near, size=2.3)


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that holds some cities. `land` is the drawing's own name for its coasts."""

    left: float
    top: float
    width: float
    height: float
    land: str
    size: float  # of letters, in the units of the drawing
    pins: tuple[Pin, ...]


def frame(cities: Iterable[City]) -> Frame | None:
    """With room around for names; nothing for no cities."""
    placed = [(city, *place(city.longitude, city.latitude)) for city in cities]
    if not placed:
        return None
    xs, ys = [x for _city, x, _y in placed], [y for _city, _x, y in placed]
    width = max(_LEAST, (max(xs) - min(xs)) * 1.5, (max(ys) - min(ys)) * 1.6 * _SHAPE)
    width = min(width, 1000.0)
    height = width / _SHAPE
    left = min(max((min(xs) + max(xs) - width) / 2, 0.0), 1000.0 - width)
    top = min(max((min(ys) + max(ys) - height) / 2, 0.0), 480.0 - height)
    at, above, wide, tall = _DETAIL
    is_near = (
        at <= left and above <= top and left + width <= at + wide and top + height <= above + tall
    )
    size = width * _LETTER
    made = (round(each, 2) for each in (left, top, width, height))
    far = 10 * width  # beyond the frame no name can be read
    edges = (
        (left - far, top - far, left, top + far),
        (left + width, top - far, left + far, top + far),
    )
    pins = tuple(_named(placed, size=size, taken=edges))
    return Frame(*made, "europe" if is_near else "land", round(size, 2), pins)


def coasts(land: str) -> str:
    """The path of a drawing, for where its file can't be pointed to; empty before the frontend is built."""
    file = finders.find(DRAWING)
    if not isinstance(file, str):
        return ""
    found = re.search(rf'<path id="{land}" d="([^"]*)"', Path(file).read_text(encoding="utf-8"))
    return found[1] if found else ""


def _named(
    placed: Sequence[tuple[City, float, float]], *, size: float, taken: Iterable["Box"] = ()
) -> list[Pin]:
    """Each name on the side where it lies over no other name or point, and over nothing that is taken."""
    dot = size * 0.36
    taken = [*taken, *((x - dot, y - dot, x + dot, y + dot) for _city, x, y in placed)]
    made = []
    for city, x, y in placed:
        long = _width(city.label()) * size
        gap = size * 0.75
        sides = (
            ("start", x + gap, y + size * 0.35, x + gap),
            ("end", x - gap, y + size * 0.35, x - gap - long),
            ("middle", x, y - size * 0.8, x - long / 2),
            ("middle", x, y + size * 1.5, x - long / 2),
        )
        best = min(sides, key=lambda side: _overlaps(_box(side, long, size), taken))
        taken.append(_box(best, long, size))
        made.append(Pin(city, x, y, round(best[1], 2), round(best[2], 2), best[0]))
    return made


def _width(name: str) -> float:
    """In heights of its letters; those of Hangul and Han are as wide as high."""
    return sum(1.0 if unicodedata.east_asian_width(each) in "WF" else 0.56 for each in name)


Box = tuple[float, float, float, float]


def _box(side: tuple[str, float, float, float], long: float, size: float) -> Box:
    _anchor, _x, y, left = side
    return left, y - size * 0.8, left + long, y + size * 0.2


def _overlaps(box: Box, taken: Iterable[Box]) -> float:
    """How much of other names and points it would cover."""
    return sum(
        max(0.0, min(box[2], other[2]) - max(box[0], other[0]))
        * max(0.0, min(box[3], other[3]) - max(box[1], other[1]))
        for other in taken
    )
