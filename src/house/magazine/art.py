"""Covers and maps that the house draws itself: roofs under a month's sky, joined by what they share.

No records here: a number, a month and a title in, an SVG out, the same for ever.
"""

import datetime
import random
from collections.abc import Iterator
from html import escape

from house.ground.text import one_line
from house.vocabulary.worldmap import Frame

WIDTH, HEIGHT = 720, 960
# (sky, sun, far roofs, near roofs, line) of each month of the year.
_SKIES = (
    ("#dfe7ef", "#f6f1e3", "#9db1c6", "#3d5878", "#23354d"),
    ("#e4e2ef", "#f7e9d7", "#ada6cc", "#564d82", "#312a55"),
    ("#e3eee4", "#f8edc7", "#9dbea4", "#3f6f52", "#22422f"),
    ("#eaf0dc", "#fbe7a8", "#adc28a", "#58763a", "#31451d"),
    ("#f3eedb", "#f9d976", "#ccb97f", "#7d6a2c", "#483c13"),
    ("#fbeed6", "#f7c35f", "#e0b06f", "#9b5f22", "#5a340d"),
    ("#fde8d4", "#f5a65b", "#e59f72", "#a34b2a", "#5f2712"),
    ("#fbe3da", "#ef8e6b", "#dc9180", "#98413f", "#572022"),
    ("#f3e1d6", "#e89a5d", "#c9926d", "#7d4527", "#482410"),
    ("#eeddd3", "#df8350", "#bb8273", "#723a35", "#401c1b"),
    ("#eadce1", "#e6a17c", "#b18796", "#67324a", "#3a1727"),
    ("#dde0ea", "#f0e0c8", "#9099b8", "#37406a", "#1d2340"),
)


def cover(number: int, month: datetime.date, title: str, *, words: bool = True) -> str:
    """As SVG. Seeded by the number alone, so that it never changes."""
    title = one_line(title)
    chance = random.Random(number * 7919)  # noqa: S311 -- a drawing, not a secret
    sky, sun, far, near, line = _SKIES[month.month - 1]
    radius = chance.randint(120, 170)
    at_x, at_y = chance.randint(220, 500), chance.randint(330, 430)
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{sky}"/>',
        *(
            f'<circle cx="{at_x}" cy="{at_y}" r="{radius + ring * 46}" fill="none" stroke="{sun}" '
            f'stroke-width="{3 - ring * 0.5:g}" opacity="{0.9 - ring * 0.2:.1f}"/>'
            for ring in range(1, 4)
        ),
        f'<circle cx="{at_x}" cy="{at_y}" r="{radius}" fill="{sun}"/>',
    ]
    tops: list[tuple[float, float]] = []
    for tone, low, high, opacity in ((far, 250, 400, 0.55), (far, 170, 300, 1), (near, 90, 210, 1)):
        row, roofs = _row(chance, tone, low, high, opacity, lit=sky if tone == near else "")
        parts += row
        tops = roofs if tone == near else tops or roofs
    parts += _arcs(chance, tops, line)
    parts.append(f'<rect y="{HEIGHT - 46}" width="{WIDTH}" height="46" fill="{line}"/>')
    if words:
        parts += _words(number, month, title, line, sky)
    inside = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="{escape(title)}">{inside}</svg>'
    )


def _row(
    chance: random.Random, tone: str, low: int, high: int, opacity: float, *, lit: str
) -> tuple[list[str], list[tuple[float, float]]]:
    """A street of houses from edge to edge, and the tips of its roofs."""
    parts, tops, x = [], [], -30.0
    while x < WIDTH:
        wide, tall = chance.randint(58, 112), chance.randint(low, high)
        y = HEIGHT - 46 - tall
        shape = chance.choice(("gable", "flat", "step", "half"))
        tip, roof = _roof(shape, x, y, wide)
        parts.append(
            f'<path d="M{x:g} {HEIGHT - 46}V{y}{roof}V{HEIGHT - 46}Z" fill="{tone}" opacity="{opacity}"/>'
        )
        parts += _windows(chance, (x, y), wide, tall, lit) if lit else []
        tops.append((x + wide / 2, tip))
        x += wide
    return parts, tops


def _roof(shape: str, x: float, y: float, wide: int) -> tuple[float, str]:
    """(height of the tip, the path from the left wall to the right one)."""
    right = x + wide
    match shape:
        case "gable":
            return y - wide * 0.42, f"L{x + wide / 2:g} {y - wide * 0.42:g}L{right:g} {y}"
        case "step":
            third = wide / 4
            return y - 34, (
                f"H{x + third / 2:g}V{y - 17}H{x + third:g}V{y - 34}H{right - third:g}V{y - 17}"
                f"H{right - third / 2:g}V{y}H{right:g}"
            )
        case "half":
            return y - wide * 0.3, f"V{y - wide * 0.3:g}L{right:g} {y}"
        case _:
            return float(y), f"H{right:g}"


def _windows(
    chance: random.Random, at: tuple[float, float], wide: int, tall: int, lit: str
) -> Iterator[str]:
    x, y = at
    columns = max(2, wide // 30)
    gap = wide / (columns + 1)
    for row in range(max(1, tall // 42)):
        for column in range(columns):
            if chance.random() < 0.45:
                left, top = x + gap * (column + 1) - 6, y + 18 + row * 38
                yield (
                    f'<rect x="{left:.1f}" y="{top:.1f}" width="12" height="18" fill="{lit}" '
                    'opacity="0.85"/>'
                )


def _arcs(chance: random.Random, tops: list[tuple[float, float]], line: str) -> Iterator[str]:
    """What goes from roof to roof."""
    inside = [top for top in tops if 40 < top[0] < WIDTH - 40]
    for _each in range(5):
        if len(inside) < 2:
            return
        (from_x, from_y), (to_x, to_y) = chance.sample(inside, 2)
        rise = min(from_y, to_y) - abs(from_x - to_x) * 0.55
        middle = (from_x + to_x) / 2
        yield (
            f'<path d="M{from_x:.0f} {from_y:.0f}Q{middle:.0f} {rise:.0f} {to_x:.0f} {to_y:.0f}" '
            f'fill="none" stroke="{line}" stroke-width="2.5"/>'
        )
        for x, y in ((from_x, from_y), (to_x, to_y)):
            yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="6" fill="{line}"/>'


def _words(number: int, month: datetime.date, title: str, ink: str, paper: str) -> Iterator[str]:
    serif = "font-family=\"Georgia, 'Noto Serif', serif\""
    yield f'<text x="48" y="92" {serif} font-size="58" fill="{ink}">Digital House</text>'
    yield (
        f'<text x="48" y="{HEIGHT - 16}" font-family="sans-serif" font-size="20" fill="{paper}">'
        f"No. {number} · {month.year}-{month.month:02d}</text>"
    )
    for place, words in enumerate(_lines(title)):
        yield (
            f'<text x="48" y="{152 + place * 44}" {serif} font-size="36" font-style="italic" '
            f'fill="{ink}">{escape(words)}</text>'
        )


def _lines(title: str, most: int = 34) -> list[str]:
    lines: list[str] = [""]
    for word in title.split():
        if len(lines[-1]) + len(word) + 1 > most and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines[:4]


def city_map(frame: Frame, land: str) -> str:
    """Cities on the part of the world that holds them. `land` draws its coasts.

    The list below it in the page says the same in words. Colours stand here for paper; pages have their own.
    """
    parts = []
    for pin in frame.pins:
        parts.append(
            f'<circle class="map__city" cx="{pin.x}" cy="{pin.y}" r="{frame.size * 0.3:.2f}" fill="#7a1f4f"/>'
            f'<text class="map__name" x="{pin.label_x}" y="{pin.label_y}" text-anchor="{pin.anchor}" '
            f'font-family="sans-serif">{escape(pin.city.label())}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="map" font-size="{frame.size}" '
        f'viewBox="{frame.left} {frame.top} {frame.width} {frame.height}" width="720" height="330" '
        f'aria-hidden="true" focusable="false"><g class="map__land" fill="#d9d4c9">{land}</g>'
        f"{''.join(parts)}</svg>"
    )
