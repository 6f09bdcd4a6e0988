"""Our own typefaces for pictures: which file has which letter, and lines that fit."""

from functools import lru_cache

from django.contrib.staticfiles import finders
from PIL import ImageDraw, ImageFont

_FILES = {
    "serif": ("front/brygada-1918-latin-wght-normal.woff2", "front/brygada-1918-latin-ext-wght-normal.woff2"),
    "sans": ("front/public-sans-latin-wght-normal.woff2", "front/public-sans-latin-ext-wght-normal.woff2"),
}  # fmt: skip
# Where ours have no letters (Hebrew, Hangul, Han …): what a system usually has, if it has any.
_OTHERS = (
    "NotoSans-Regular.ttf",
    "DejaVuSans.ttf",
    "NotoSansCJK-Regular.ttc",
    "NotoSansHebrew-Regular.ttf",
)
_LATIN = set("–—‘’‚“”„†•…‹›€™−")
Run = tuple[str, ImageFont.FreeTypeFont]


@lru_cache(maxsize=64)
def _font(face: str, part: int, size: int, weight: int) -> ImageFont.FreeTypeFont | None:
    path = finders.find(_FILES[face][part])
    if not path:
        return None
    font = ImageFont.truetype(str(path), size)
    font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=32)
def _others(size: int) -> tuple[ImageFont.FreeTypeFont, ...]:
    found = []
    for name in _OTHERS:
        try:
            found.append(ImageFont.truetype(name, size))
        except OSError:
            continue
    return tuple(found)


def _part(sign: str) -> int | None:
    code = ord(sign)
    if code < 0x100 or sign in _LATIN:
        return 0
    return 1 if code < 0x250 or 0x1E00 <= code < 0x1F00 else None


def _has(font: ImageFont.FreeTypeFont, sign: str) -> bool:
    """A letter that a font lacks is drawn as its box for unknown ones."""
    return bytes(font.getmask(sign)) != bytes(font.getmask("\uffff"))


def runs(text: str, face: str, size: int, weight: int) -> list[Run] | None:
    """The text cut where the typeface changes; None where no typeface has its letters."""
    made: list[Run] = []
    for sign in text:
        part = _part(sign)
        font = _font(face, part, size, weight) if part is not None else None
        if font is None:
            font = next((each for each in _others(size) if _has(each, sign)), None)
        if font is None:
            return None
        if made and made[-1][1] is font:
            made[-1] = (made[-1][0] + sign, font)
        else:
            made.append((sign, font))
    return made


def width(line: list[Run]) -> float:
    return sum(font.getlength(text) for text, font in line)


def wrapped(text: str, face: str, size: int, weight: int, room: int) -> list[str] | None:
    """Lines no wider than `room`; None where a letter is missing or a word is too long."""
    made: list[str] = []
    for word in text.split():
        longer = f"{made[-1]} {word}" if made else word
        cut = runs(longer, face, size, weight)
        if cut is None:
            return None
        if made and width(cut) <= room:
            made[-1] = longer
            continue
        alone = runs(word, face, size, weight)
        if alone is None or width(alone) > room:
            return None
        made.append(word)
    return made


def write(  # noqa: PLR0917 -- as Pillow draws
    draw: ImageDraw.ImageDraw, at: tuple[float, float], line: str, face: str, size: int,
    weight: int, colour: str,
) -> None:  # fmt: skip
    x, y = at
    for text, font in runs(line, face, size, weight) or ():
        draw.text((x, y), text, font=font, fill=colour, anchor="ls")
        x += font.getlength(text)
