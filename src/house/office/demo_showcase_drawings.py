"""Pictures of the demonstration's showcases, drawn here: lines and dots, no photograph, nobody's face."""

import io
import math
from collections.abc import Callable, Iterator

from PIL import Image, ImageDraw

SIZE = (1600, 1000)
PAPER, INK = "#f6efe2", "#2a3040"
HUES = ("#2f5d8a", "#7b3f73", "#3c6b4f", "#a8562f", "#2b6f77")


def _grains(seed: int) -> Iterator[float]:
    """Numbers in [0, 1) without end, the same for the same seed."""
    state = seed
    while True:
        state = (state * 1103515245 + 12345) % 2**31
        yield state / 2**31


def _map(pen: ImageDraw.ImageDraw) -> None:
    """Streets, a river, and a hundred places to share."""
    grains = _grains(7)
    for x in range(120, 1600, 170):
        pen.line([(x, 0), (x + 60, 1000)], fill="#ddd2bd", width=10)
    for y in range(90, 1000, 150):
        pen.line([(0, y), (1600, y - 50)], fill="#ddd2bd", width=10)
    river = [(x, 620 + 120 * math.sin(x / 260)) for x in range(-20, 1640, 20)]
    pen.line(river, fill="#bcd0d6", width=86, joint="curve")
    for number in range(110):
        x, y = 60 + next(grains) * 1480, 50 + next(grains) * 900
        radius = 20 if number % 9 == 0 else 11
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=HUES[number % 5])
        if number % 9 == 0:
            pen.ellipse((x - 34, y - 34, x + 34, y + 34), outline=INK, width=5)


def _pass(pen: ImageDraw.ImageDraw) -> None:
    """A card, and the doors that it opens."""
    for place, hue in enumerate(HUES):
        x = 130 + place * 280
        pen.rectangle((x, 150, x + 210, 560), outline=INK, width=9, fill="#fffaf0")
        pen.pieslice((x, 60, x + 210, 270), 180, 360, outline=INK, width=9, fill=hue)
        pen.ellipse((x + 160, 350, x + 182, 372), fill=INK)
    pen.line([(0, 562), (1600, 562)], fill=INK, width=9)
    pen.rounded_rectangle((460, 640, 1140, 940), 40, outline=INK, width=10, fill="#fffaf0")
    pen.ellipse((520, 700, 660, 840), outline=INK, width=9, fill=HUES[3])
    for y, end in ((720, 1060), (780, 980), (840, 1020)):
        pen.line([(710, y), (end, y)], fill=INK, width=14)


def _garden(pen: ImageDraw.ImageDraw) -> None:
    """Beds that neighbours keep, in front of their houses."""
    grains = _grains(3)
    for place in range(7):
        x, height = 60 + place * 215, 190 + int(next(grains) * 150)
        pen.polygon(
            [(x, 480), (x, 480 - height), (x + 90, 400 - height), (x + 180, 480 - height), (x + 180, 480)],
            outline=INK, fill="#fffaf0", width=8,
        )  # fmt: skip
        pen.rectangle((x + 62, 380, x + 118, 480), outline=INK, width=7, fill=HUES[place % 5])
    pen.line([(0, 482), (1600, 482)], fill=INK, width=9)
    for row in range(3):
        y = 560 + row * 140
        pen.rounded_rectangle((90, y, 1510, y + 96), 26, fill="#e4d6bd")
        for plant in range(18):
            x = 130 + plant * 78
            high = 22 + next(grains) * 40
            pen.line([(x, y + 70), (x, y + 70 - high)], fill=HUES[2], width=7)
            pen.ellipse(
                (x - 18, y + 40 - high, x + 18, y + 76 - high), fill=HUES[(plant + row) % 5]
            )


def _bicycles(pen: ImageDraw.ImageDraw) -> None:
    """A row of shared bicycles between two lines of paint."""
    pen.rectangle((0, 700, 1600, 1000), fill="#e4d6bd")
    for y in (690, 900):
        pen.line([(0, y), (1600, y)], fill="#fffaf0", width=16)
    for place in range(4):
        x, hue = 110 + place * 370, HUES[place]
        for wheel in (x, x + 190):
            pen.ellipse((wheel, 600, wheel + 150, 750), outline=INK, width=9)
        frame = [
            (x + 75, 675),
            (x + 140, 540),
            (x + 230, 540),
            (x + 265, 675),
            (x + 150, 675),
            (x + 140, 540),
        ]
        pen.line(frame, fill=hue, width=14, joint="curve")
        pen.line(
            [(x + 150, 675), (x + 230, 540), (x + 250, 500)], fill=hue, width=14, joint="curve"
        )
        pen.line([(x + 110, 525), (x + 165, 525)], fill=INK, width=14)
    pen.ellipse((1180, 90, 1380, 290), outline=INK, width=9)
    for y in (140, 190, 240):
        half = math.sqrt(100**2 - (190 - y) ** 2)
        pen.line([(1280 - half, y), (1280 + half, y)], fill=INK, width=9)


DRAWINGS: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "map": _map, "pass": _pass, "garden": _garden, "bicycles": _bicycles,
}  # fmt: skip


def drawn(name: str) -> bytes:
    picture = Image.new("RGB", SIZE, PAPER)
    DRAWINGS[name](ImageDraw.Draw(picture))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
