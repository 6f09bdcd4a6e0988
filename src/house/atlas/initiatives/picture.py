"""The map as a still picture: for print, without JavaScript, and wherever a page only wants to show it."""

import json
import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

WIDE, HIGH = 720.0, 480.0
CELL = 14.0  # what lies nearer together is drawn as one disc
EDGE = 24.0
_POLE = 85.0511

Point = tuple[float, float]  # longitude, latitude
Box = tuple[float, float, float, float]


def mercator(lon: float, lat: float) -> Point:
    """From 0, 0 (north-west) to 1, 1."""
    lat = math.radians(max(-_POLE, min(_POLE, lat)))
    return lon / 360 + 0.5, 0.5 - math.log(math.tan(math.pi / 4 + lat / 2)) / (2 * math.pi)


def draw(points: Sequence[Point], box: Box | None, *, label: str) -> str:
    """An SVG of land and discs. `label` has been escaped."""
    left, top, scale = _frame(points, box)

    def at(lon: float, lat: float) -> Point:
        x, y = mercator(lon, lat)
        return (x - left) * scale, (y - top) * scale

    least = 10 if len(points) == 1 else 4  # one alone is what the picture is there for
    discs = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{min(16, least + 3 * math.log10(count)):.1f}"/>'
        + (f'<text x="{x:.1f}" y="{y + 3:.1f}">{count}</text>' if count > 9 else "")
        for x, y, count in _gathered(at(*point) for point in points)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE:g} {HIGH:g}" '
        f'role="img" aria-label="{label}">'
        "<style>rect{fill:#e3e8ec}path{fill:#f8f6f0;stroke:#8b94a0;stroke-width:.6}"
        "circle{fill:#4b5d10;stroke:#fff}text{font:600 8px sans-serif;fill:#fff;text-anchor:middle}"
        "@media (prefers-color-scheme:dark){rect{fill:#12151b}path{fill:#1f242c;stroke:#5b6470}"
        "circle{fill:#b9cc76;stroke:#12151b}text{fill:#12151b}}</style>"
        f'<rect width="{WIDE:g}" height="{HIGH:g}"/>{_land(at)}{discs}</svg>'
    )


def _frame(points: Sequence[Point], box: Box | None) -> tuple[float, float, float]:
    """Left, top and pixels per world of a frame around the points, or around what is asked for."""
    corners = [(box[0], box[3]), (box[2], box[1])] if box and box[0] < box[2] else points
    if not corners:
        corners = [(-180.0, 75.0), (180.0, -58.0)]
    spots = [mercator(*corner) for corner in corners]
    xs, ys = [x for x, _y in spots], [y for _x, y in spots]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    scale = min(
        (WIDE - 2 * EDGE) / max(wide, 1e-4), (HIGH - 2 * EDGE) / max(high, 1e-4), WIDE * 4096
    )
    scale = max(scale, WIDE)
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return middle[0] - WIDE / 2 / scale, middle[1] - HIGH / 2 / scale, scale


def _gathered(spots: Iterable[Point]) -> list[tuple[float, float, int]]:
    """(x, y, how many) of those that lie in one cell, in their middle."""
    cells: dict[tuple[int, int], list[float]] = {}
    for x, y in spots:
        cell = cells.setdefault((int(x // CELL), int(y // CELL)), [0.0, 0.0, 0.0])
        cell[0] += x
        cell[1] += y
        cell[2] += 1
    return [
        (x / count, y / count, int(count))
        for x, y, count in cells.values()
        if -EDGE < x / count < WIDE + EDGE and -EDGE < y / count < HIGH + EDGE
    ]


@cache
def _rings() -> list[list[Point]]:
    """Coasts, as the frontend's build wrote them (world-atlas, 1:110 million); none before it is built."""
    found = finders.find("front/land/world.json")
    if not isinstance(found, str):
        return []
    rings: list[list[int]] = json.loads(Path(found).read_text(encoding="ascii"))["rings"]
    return [_undo(ring) for ring in rings]


def _undo(ring: list[int]) -> list[Point]:
    """Steps of hundredths of a degree back to degrees."""
    x = y = 0
    points = []
    for number in range(0, len(ring), 2):
        x, y = x + ring[number], y + ring[number + 1]
        points.append((x / 100, y / 100))
    return points


def _land(at: Callable[[float, float], Point]) -> str:
    parts = []
    for ring in _rings():
        spots = [at(*point) for point in ring]
        if (
            max(x for x, _y in spots) < 0
            or min(x for x, _y in spots) > WIDE
            or max(y for _x, y in spots) < 0
            or min(y for _x, y in spots) > HIGH
        ):
            continue
        parts.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in spots) + "Z")
    return f'<path d="{"".join(parts)}"/>' if parts else ""
