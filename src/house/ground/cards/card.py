"""The picture that stands where somebody shares one of our pages: paper, our own letters, a line drawing."""

import hashlib
import io
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw

from house.ground.cards.letters import wrapped, write
from house.ground.cards.lines import lines_of

WIDTH, HEIGHT = 1200, 630  # as Open Graph asks
PAPER, INK, QUIET = "#fbf7ef", "#232836", "#5b6070"
_MARGIN, _MARK = 72, 400
_SIZES = (104, 88, 76, 68, 60, 52, 46, 40, 34)
_LOOK = 1  # counts changes of how cards look: kept ones of before are not used again
_KEPT = 3000


@dataclass(frozen=True, slots=True)
class Card:
    """`mark` are paths of SVG in a square of 120, each with whether it hides what lies behind it."""

    title: str
    above: str = ""  # a city, a kind
    below: str = "Digital House · Sharing Cities Alliance"
    mark: tuple[tuple[str, bool], ...] = ()
    hue: str = "#8a4b2d"  # of the room


def png_of(card: Card) -> bytes:
    """Drawn once and kept by what it says; who asks has been let through the door of the thing already."""
    name = hashlib.sha256(repr((_LOOK, astuple(card))).encode()).hexdigest()[:32]
    kept = Path(settings.CARDS_ROOT) / f"{name}.png"
    try:
        return kept.read_bytes()
    except FileNotFoundError:
        data = draw(card)
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(f".{secrets.token_hex(4)}")  # several may draw the same one at once
    part.write_bytes(data)
    part.replace(kept)
    _tidy(kept.parent)
    return data


def _tidy(folder: Path) -> None:
    """Anybody may ask for cards of what is public, so their number has an end."""
    with suppress(FileNotFoundError):  # another process may be tidying too
        files = sorted(folder.glob("*.png"), key=lambda file: file.stat().st_mtime)
        for file in files[:-_KEPT]:
            file.unlink(missing_ok=True)


def draw(card: Card) -> bytes:
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 20, HEIGHT), fill=card.hue)
    if card.mark:
        picture.paste(_mark(card.mark), (WIDTH - _MARGIN - _MARK + 24, (HEIGHT - _MARK) // 2 - 8))
    room = WIDTH - 2 * _MARGIN - (_MARK if card.mark else 0)
    write(pen, (_MARGIN, 108), card.above[:60], "sans", 30, 500, card.hue)
    size, lines = _fitting(card.title, room)
    y = 165 + (360 - len(lines) * size * 1.14) / 2 + size * 0.8
    for line in lines:
        write(pen, (_MARGIN, y), line, "serif", size, 600, INK)
        y += size * 1.14
    write(pen, (_MARGIN, HEIGHT - 64), card.below[:70], "sans", 26, 400, QUIET)
    out = io.BytesIO()
    picture.quantize(64, method=Image.Quantize.MEDIANCUT).save(out, "PNG", optimize=True)
    return out.getvalue()


def _fitting(title: str, room: int) -> tuple[int, Sequence[str]]:
    """The largest letters in which it fits, and its lines; in the smallest its end is cut off."""
    words = title.split()
    for size in _SIZES:
        lines = wrapped(" ".join(words), "serif", size, 600, room)
        if lines is not None and len(lines) * size * 1.14 <= 330:
            return size, lines
    size = _SIZES[-1]
    while len(words) > 1:
        words = words[:-1]
        lines = wrapped(" ".join(words) + " …", "serif", size, 600, room)
        if lines is not None and len(lines) * size * 1.14 <= 330:
            return size, lines
    return size, ()


def _mark(paths: Sequence[tuple[str, bool]]) -> Image.Image:
    """Drawn large and made smaller: that smooths its edges."""
    scale = 3 * _MARK / 120
    big = Image.new("RGB", (3 * _MARK, 3 * _MARK), PAPER)
    pen = ImageDraw.Draw(big)
    for path, hides in paths:
        for stroke in lines_of(path):
            points = [(x * scale, y * scale) for x, y in stroke]
            if hides and len(points) > 2:
                pen.polygon(points, fill=PAPER)
            pen.line(points, fill=INK, width=round(1.5 * scale), joint="curve")
    return big.resize((_MARK, _MARK), Image.Resampling.LANCZOS)
