"""Bytes to letters, or a reason why not. UTF-8 is taken at its word; anything else is guessed with care."""

import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from house.ground.text import clean
from house.ground.unreadable import Note, Unreadable

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27} | {127})
# UTF-8 that was once read as Windows-1252 or Latin-1: a lead byte's letter, then a continuation byte's.
_BROKEN = re.compile(
    "[\u00c2\u00c3\u00c4\u00c5\u00e2][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039"
    "\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]+"
)
_GUESS_BYTES = 200_000
# What the house's languages were written in before UTF-8. A wider choice finds Czech in short French.
_OURS = ["cp1252", "cp1255", "cp949", "big5", "gb18030"]


def decode(data: bytes) -> tuple[str, tuple[Note, ...]]:
    """The file's text, cleaned, with a note where its encoding had to be guessed.

    Raises `Unreadable` for what is not text, or was broken before it came here.
    """
    text, notes = letters(data)
    return clean(text), notes


def letters(data: bytes) -> tuple[str, tuple[Note, ...]]:
    """Like `decode`, but with every control character still in its place."""
    if not data.strip():
        raise Unreadable("empty")
    text, notes = _letters(data)
    refuse_mojibake(text)
    return text, notes


def _letters(data: bytes) -> tuple[str, tuple[Note, ...]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding), ()
            except UnicodeDecodeError:
                raise Unreadable("encoding") from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _wide(data) or _guess(data)
    if "\0" in text[:200] and (wide := _wide(data)):
        return wide
    refuse_binary(data)
    return text, ()


def _wide(data: bytes) -> tuple[str, tuple[Note, ...]] | None:
    """UTF-16 without its mark: in Western text every other byte is a NUL."""
    start = data[:400]
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if len(start) > 3 and zeros.count(0) * 2 > len(zeros):
            try:
                return data.decode(encoding), (Note("encoding-guessed", {"encoding": encoding}),)
            except UnicodeDecodeError:
                return None
    return None


def refuse_binary(data: bytes) -> None:
    """A few stray controls are dirt; many are a picture, an archive or a program."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > 8 and controls * 50 > len(data):
        raise Unreadable("binary")


def _guess(data: bytes) -> tuple[str, tuple[Note, ...]]:
    refuse_binary(data)
    # The guess is made on a part: it is slow, and a page is as telling as a book.
    best = from_bytes(data[:_GUESS_BYTES], cp_isolation=_OURS).best()
    if best is None or best.chaos > 0.2:
        raise Unreadable("encoding")
    try:
        text = data.decode(best.encoding)
    except (UnicodeDecodeError, LookupError):
        raise Unreadable("encoding") from None
    return text, (Note("encoding-guessed", {"encoding": best.encoding.replace("_", "-")}),)


def refuse_mojibake(text: str) -> None:
    """Raise where an earlier program broke the letters; three slips in a long text are let through."""
    meant = [pair for pair in _slips(text) if pair[1]]
    if len(meant) > 3 and len(meant) * 400 > len(text):
        broken, right = meant[0]
        raise Unreadable("mojibake", broken=broken, meant=right)


def _slips(text: str) -> Iterator[tuple[str, str]]:
    for found in _BROKEN.finditer(text):
        yield found[0], _mend(found[0])


def _mend(broken: str) -> str:
    for encoding in ("cp1252", "latin-1"):
        try:
            return broken.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return ""
