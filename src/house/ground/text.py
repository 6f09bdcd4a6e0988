"""Text as the house keeps it: NFC, no control characters, whole words."""

import re
import unicodedata
from typing import Any

from django.utils.text import slugify

# C0 and C1 controls but for tab and newline, surrogates, and the marks that turn text around.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_UNKEPT = re.compile("[\0\ud800-\udfff]")
_DIGITS = 10  # what every column of ours holds
_APOSTROPHES = re.compile("['\u2019\u02bc]")
_SPACES = re.compile(r"[ \t\x85\u00a0\u2000-\u200a\u2028\u2029\u3000]+")


# Letters that Unicode does not take apart into a letter and its mark.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)


def clean(value: str) -> str:
    """NFC, line feeds only, no control characters or direction overrides."""
    value = (
        value.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    )
    return unicodedata.normalize("NFC", _UNWANTED.sub("", value))


def keepable(value: Any) -> Any:
    """What JSON said, without what no database keeps: NUL, and halves of letters."""
    if isinstance(value, str):
        return _UNKEPT.sub("", value)
    if isinstance(value, dict):
        return {keepable(name): keepable(each) for name, each in value.items()}
    return [keepable(each) for each in value] if isinstance(value, list) else value


def number_in(value: str) -> int | None:
    """The whole number that a word is. Not by `str.isdigit` alone: it takes ², which `int` refuses."""
    is_one = value.isascii() and value.isdigit() and len(value) < _DIGITS
    return int(value) if is_one else None


def one_line(value: str) -> str:
    """Cleaned and folded onto one line: for titles, names and everything that goes into a mail header."""
    return _SPACES.sub(" ", clean(value).replace("\n", " ")).strip()


def shorten(value: str, limit: int) -> str:
    """At most `limit` characters, cut between words where there is one to cut at."""
    value = one_line(value)
    if len(value) <= limit:
        return value
    cut = value[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,.;:-") + "…"


def slug_of(value: str, *, fallback: str, limit: int = 80) -> str:
    """A slug in the letters of the text, cut between words; `fallback` where nothing is left."""
    # An elided article is a word of its own: "l'ajuntament" → "l-ajuntament".
    made = slugify(_APOSTROPHES.sub(" ", one_line(value)), allow_unicode=True)
    if len(made) > limit:
        made = made[:limit].rsplit("-", 1)[0]
    return made.strip("-_") or fallback


def folded(value: str) -> str:
    """For comparing only: without case and accents, the same in every database."""
    if value.isascii():
        return value.lower()
    plain = unicodedata.normalize("NFKD", value).casefold()  # 𝕬 is an A before it is an a
    apart = unicodedata.normalize("NFKD", plain)
    return "".join(mark for mark in apart if not unicodedata.combining(mark)).translate(_PLAIN)
