"""A city's mark: an abstract line drawing made of its own data, the same for ever.

What the lines mean: the hatched disc is the sun at noon, lower the farther the city lies from the
equator and placed by its longitude; the strokes are the city, more of them and taller for more
people; below them lies its ground: waves for a harbour, a ribbon for a river, arcs for canals,
islets for islands, long lines for a plain; behind them hills, dunes or a mountain. Nothing random: the small
irregularities come from a hash of the slug.
"""

import hashlib
import math
from collections.abc import Callable, Iterator
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SIZE = 120
GROUND = 84.0  # where the city stands


def _grains(slug: str) -> Iterator[float]:
    """Numbers in [0, 1) without end, the same for the same slug."""
    turn = 0
    while True:
        for byte in hashlib.sha256(f"{slug}:{turn}".encode()).digest():
            yield byte / 256
        turn += 1


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _sun(latitude: float, longitude: float) -> str:
    x = 24 + (longitude + 180) / 360 * 72
    y = 16 + abs(latitude) / 90 * 34
    radius = 11.0
    lines = [f"M{_n(x - radius)} {_n(y)}a{_n(radius)} {_n(radius)} 0 1 1 0 .01Z"]
    for step in (-6, -2, 2, 6):
        half = math.sqrt(radius * radius - step * step)
        lines.append(f"M{_n(x - half)} {_n(y + step)}h{_n(2 * half)}")
    return "".join(lines)


def _city(population: float, grains: Iterator[float]) -> str:
    """Strokes in a row: one for every doubling of the people beyond ten thousand, and three more."""
    size = math.log2(max(population, 20_000) / 10_000)
    count = 3 + round(size)
    width = min(96.0, 7.2 * count)
    pitch = width / count
    left = (SIZE - width) / 2
    lines = []
    for place in range(count):
        middle = 1 - abs((place + 0.5) / count - 0.5) * 1.3
        height = (8 + size * 4.2) * middle * (0.55 + next(grains) * 0.75)
        x = left + place * pitch
        form = next(grains)
        roof = GROUND - max(height, 5)
        if form < 0.34:
            lines.append(f"M{_n(x)} {_n(GROUND)}V{_n(roof)}h{_n(pitch)}V{_n(GROUND)}")
        elif form < 0.67:
            lines.append(
                f"M{_n(x)} {_n(GROUND)}V{_n(roof + 4)}l{_n(pitch / 2)}-5 {_n(pitch / 2)} 5V{_n(GROUND)}"
            )
        else:
            lines.append(f"M{_n(x + pitch / 2)} {_n(GROUND)}V{_n(roof - 3)}")
    return "".join(lines)


def _harbour(level: float, grains: Iterator[float]) -> str:
    lines = []
    for row in range(3):
        start = 8 + next(grains) * 12 + row * 5
        waves = int((112 - start - row * next(grains) * 30) / 7)
        lines.append(
            f"M{_n(start)} {_n(level + row * 6)}q1.75-3 3.5 0t3.5 0" + "t3.5 0t3.5 0" * (waves - 1)
        )
    return "".join(lines)


def _river(level: float, grains: Iterator[float]) -> str:
    bend = 8 + next(grains) * 10
    lines = [
        f"M8 {_n(level + gap)}c20-{_n(bend)} 32 {_n(bend)} 52 {_n(bend / 4)}s34-{_n(bend)} 52 0"
        for gap in (4, 9)
    ]
    return "".join(lines)


def _canals(level: float, grains: Iterator[float]) -> str:
    turn = next(grains) * 6 - 3
    return "".join(
        f"M{_n(60 + turn - radius)} {_n(level)}a{radius} {_n(radius * 0.55)} 0 0 0 {2 * radius} 0"
        for radius in (14, 24, 34, 44)
    )


def _hills(grains: Iterator[float]) -> str:
    """Two soft ridges behind the city."""
    first, second = 30 + next(grains) * 12, 76 + next(grains) * 14
    return (
        f"M6 {_n(GROUND)}Q{_n(first)} {_n(GROUND - 62)} {_n(first + 44)} {_n(GROUND)}"
        f"M{_n(second - 40)} {_n(GROUND)}Q{_n(second)} {_n(GROUND - 78)} 114 {_n(GROUND)}"
    )


def _mountains(grains: Iterator[float]) -> str:
    """One tableland behind the city."""
    left, right = 10 + next(grains) * 8, 108 - next(grains) * 6
    top = GROUND - 46 - next(grains) * 6
    return (
        f"M{_n(left)} {_n(GROUND)}Q{_n(left + 14)} {_n(GROUND - 20)} {_n(left + 20)} {_n(top)}"
        f"L{_n(right - 24)} {_n(top + 2)}Q{_n(right - 14)} {_n(GROUND - 18)} {_n(right)} {_n(GROUND)}"
    )


def _dunes(grains: Iterator[float]) -> str:
    shift = next(grains) * 8
    return "".join(
        f"M{_n(4 + shift + step)} {_n(GROUND)}q9-{height} 24 0"
        for step, height in ((0, 15), (18, 10), (66, 12), (82, 16))
    )


def _islands(level: float, grains: Iterator[float]) -> str:
    lines = []
    for place in range(3):
        x = 18 + place * 32 + next(grains) * 8
        width = 12 + next(grains) * 10
        lines.append(f"M{_n(x)} {_n(level + 6 + place % 2 * 7)}q{_n(width / 2)}-7 {_n(width)} 0Z")
    return "".join(lines)


def _plain(level: float, grains: Iterator[float]) -> str:
    return "".join(
        f"M{_n(8 + next(grains) * 24)} {_n(level + row * 6)}H{_n(112 - next(grains) * 24)}"
        for row in range(3)
    )


_BEHIND: dict[str, Callable[[Iterator[float]], str]] = {
    "hills": _hills,
    "mountains": _mountains,
    "dunes": _dunes,
}
_BELOW: dict[str, Callable[[float, Iterator[float]], str]] = {
    "canals": _canals,
    "harbour": _harbour,
    "coast": _harbour,
    "lake": _harbour,
    "river": _river,
    "ravines": _river,
    "islands": _islands,
    "plain": _plain,
}
_DEPTH: dict[Callable[[float, Iterator[float]], str], float] = {
    _canals: 25.0,
    _harbour: 17.0,
    _river: 15.0,
    _islands: 18.0,
    _plain: 16.0,
}


@lru_cache(maxsize=256)
def drawing(
    slug: str,
    latitude: float,
    longitude: float,
    terrain: tuple[str, ...],
    population: float,
    *,
    label: str = "",
    ink: str = "currentColor",
    paper: str = "none",
) -> SafeString:
    """The mark as SVG; with a label it is an image with a name, without one decoration.

    Inline, the stylesheet fills `.citymark__near` with the paper below, so that what stands in
    front hides what lies behind; as a file of its own it takes both colours from here.
    """
    grains = _grains(slug)
    city = _city(population or 500_000, grains)
    behind = next((_BEHIND[name](grains) for name in terrain if name in _BEHIND), "")
    level = GROUND + 8
    below = []
    for draw in dict.fromkeys([_BELOW[name] for name in terrain if name in _BELOW] or [_plain]):
        if level + _DEPTH[draw] > SIZE:
            break
        below.append(draw(level, grains))
        level += _DEPTH[draw]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="citymark" viewBox="0 0 {0} {0}" {1}>'
        '<g fill="{2}" stroke="{3}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">'
        '<path fill="none" d="{4}"/><path class="citymark__near" d="{5}"/>'
        '<path class="citymark__near" d="{6}"/><path fill="none" d="M6 {7}H114{8}"/></g></svg>',
        SIZE,
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"'),
        paper,
        ink,
        _sun(latitude, longitude),
        behind,
        city,
        _n(GROUND),
        "".join(below),
    )
