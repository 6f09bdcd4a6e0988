"""The line drawings of the house (paths of SVG) as points, so that they can be drawn into a picture.

Reads what our own marks are made of: M L H V Q T C S A and Z, capital and small. No foreign file comes here.
"""

import math
import re
from collections.abc import Iterator
from itertools import pairwise

Point = tuple[float, float]
_TOKEN = re.compile(r"[A-Za-z]|-?(?:\d*\.\d+|\d+)")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "T": 2, "C": 6, "S": 4, "A": 7, "Z": 0}
_STEPS = 12


def lines_of(path: str) -> list[list[Point]]:
    """Each stroke of the path as a list of points."""
    strokes: list[list[Point]] = []
    here, bend, last = (0.0, 0.0), (0.0, 0.0), ""
    for letter, numbers in _commands(path):
        sort = letter.upper()
        begin = here if letter.islower() else (0.0, 0.0)
        if sort == "Z":
            if strokes:
                strokes[-1].append(strokes[-1][0])
                here = strokes[-1][0]
            continue
        if sort == "M":
            here = (begin[0] + numbers[0], begin[1] + numbers[1])
            strokes.append([here])
        else:
            follows = last in {"Q", "T"} if sort == "T" else last in {"C", "S"}
            mirrored = (2 * here[0] - bend[0], 2 * here[1] - bend[1]) if follows else here
            points, bend = _curve(sort, numbers, here, begin, mirrored)
            strokes[-1] += points
            here = points[-1]
        last = sort
    return strokes


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    letter = ""
    numbers: list[float] = []
    for token in _TOKEN.findall(path):
        if token.isalpha():
            letter, numbers = token, []
            if token.upper() == "Z":
                yield token, []
            continue
        numbers.append(float(token))
        if len(numbers) == _COUNTS[letter.upper()]:
            yield letter, numbers
            numbers = []
            letter = {"M": "L", "m": "l"}.get(letter, letter)


def _curve(
    sort: str, n: list[float], here: Point, begin: Point, mirrored: Point
) -> tuple[list[Point], Point]:
    """The points after `here`, and the last point that bent the line."""
    at = [(begin[0] + n[i], begin[1] + n[i + 1]) for i in range(0, len(n) - 1, 2)]
    match sort:
        case "H":
            end = (begin[0] + n[0], here[1])
            return [end], end
        case "V":
            end = (here[0], begin[1] + n[0])
            return [end], end
        case "Q":
            return _bezier([here, *at]), at[0]
        case "T":
            return _bezier([here, mirrored, at[0]]), mirrored
        case "C":
            return _bezier([here, *at]), at[1]
        case "S":
            return _bezier([here, mirrored, *at]), at[0]
        case "A":
            end = (begin[0] + n[5], begin[1] + n[6])
            return _arc(here, end, n[0], n[1], large=bool(n[3]), sweep=bool(n[4])), end
        case _:
            return at, at[-1]


def _bezier(points: list[Point]) -> list[Point]:
    made = []
    for step in range(1, _STEPS + 1):
        t, left = step / _STEPS, points
        while len(left) > 1:
            left = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(left)]
        made.append(left[0])
    return made


def _arc(here: Point, end: Point, rx: float, ry: float, *, large: bool, sweep: bool) -> list[Point]:
    """An arc without rotation, by its centre (SVG 2, appendix B.2.4)."""
    x, y = (here[0] - end[0]) / 2, (here[1] - end[1]) / 2
    grown = math.sqrt(max(1.0, (x / rx) ** 2 + (y / ry) ** 2))
    rx, ry = rx * grown, ry * grown
    over = (rx * y) ** 2 + (ry * x) ** 2
    root = math.sqrt(max(0.0, ((rx * ry) ** 2 - over) / over)) if over else 0.0
    root = -root if large == sweep else root
    cx, cy = root * rx * y / ry, -root * ry * x / rx
    first = math.atan2((y - cy) / ry, (x - cx) / rx)
    turn = math.atan2((-y - cy) / ry, (-x - cx) / rx) - first
    if sweep and turn < 0:
        turn += 2 * math.pi
    elif not sweep and turn > 0:
        turn -= 2 * math.pi
    mx, my = (here[0] + end[0]) / 2, (here[1] + end[1]) / 2
    steps = max(6, round(abs(turn) / math.pi * 24))
    return [
        (
            cx + mx + rx * math.cos(first + turn * step / steps),
            cy + my + ry * math.sin(first + turn * step / steps),
        )
        for step in range(1, steps + 1)
    ]
