"""Finds in a mail what its writer wrote now, and says when it is not sure.

The rule above all: nothing of hers is lost. What is cut is only what a mail program marked as somebody
else's words. Where that would leave nothing, or what is left or cut looks as if it held the other, the
answer is "not sure", and she looks at it herself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from mailparser_reply import EmailReplyParser

from house.ground.text import clean
from house.notices.intake import phrases
from house.notices.intake.pages import QUOTE_HERE

_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b\ufeff]")
_REPLY_PREFIX = re.compile(r"^(?:\s*[\w.]{1,6}(?:\[\d+\])?\s?[:：]\s*)+", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_ADDRESS = re.compile(r"[^\s<>@:]+@[^\s<>@:]+\.[^\s<>@:]+")
_LANGUAGES = [
    "en",
    "de",
    "fr",
    "es",
    "it",
    "nl",
    "pt",
    "sv",
    "da",
    "no",
    "pl",
    "cs",
    "ko",
    "zh",
    "ja",
    "he",
]
_SECOND = 20_000  # letters: the second opinion's expressions take long on long texts
SHORT_QUOTE = 2


@dataclass(frozen=True, slots=True)
class Marks:
    """By what the house's own words are known: its addresses and name, the subject, lines of its mails."""

    addresses: Sequence[str] = ()
    name: str = ""
    subject: str = ""
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    text: str
    is_sure: bool

    @property
    def is_empty(self) -> bool:
        return not self.text


class _Line(str):
    """A line without the marks that turn text around, for comparing; `shown` is as it came.

    `is_mark`: it is the mark of a signature as mail programs write it, with its space.
    """

    __slots__ = ("is_mark", "shown")

    def __new__(cls, came: str) -> Self:
        line = super().__new__(cls, _BIDI.sub("", came).rstrip())
        line.shown = came.rstrip()
        line.is_mark = came == "-- "
        return line


def cut(words: str, marks: Marks) -> Cut:
    """Her own words of a plain text, or of a page that `pages.to_lines` turned into one."""
    lines = [_Line(line) for line in clean(words).split("\n")]
    at, is_ours = _quote_to_the_end(lines, marks)
    own, is_open = lines[:at], at < len(lines)
    kept, had_quotes = _without_quotes(own)
    text = "\n".join(line.shown for line in _without_signature(kept)).strip()
    if not text:
        return Cut(text, is_sure=False)
    sure = is_ours and not _looks_like_ours(text, marks)
    if is_open and phrases.BELOW.search(text):
        sure = False
    if sure and not is_open and not had_quotes:
        sure = not _second_opinion_finds_more(text)
    return Cut(text, is_sure=sure)


# -- A quote that goes on to the end ---------------------------------------------------------------


def _quote_to_the_end(lines: list[_Line], marks: Marks) -> tuple[int, bool]:
    """Where it begins, and whether it is surely a mail of ours: a mail she passes on isn't."""
    for at, line in enumerate(lines):
        if line.startswith(">"):
            continue
        if line == QUOTE_HERE:
            return at, True
        begun = _separator(lines, at)
        if begun is not None:
            return begun, _is_of_ours(lines[at : at + 14], marks)
        size = _attribution(lines, at)
        if size and not _is_followed_by_quote(lines, at + size):
            head = " ".join(lines[at : at + size])
            if phrases.WROTE.search(head) and _ADDRESS.search(head):
                return at, _is_of_ours(lines[at : at + size], marks)
    return len(lines), True


def _separator(lines: list[_Line], at: int) -> int | None:
    if phrases.ORIGINAL.match(lines[at]):
        return at
    if phrases.FROM.match(lines[at]) and _is_header_block(lines[at : at + 9]):
        begun = at
        while begun and (
            not lines[begun - 1].strip() or set(lines[begun - 1].strip()) <= set("_-=*")
        ):
            begun -= 1
        return begun
    return None


def _is_header_block(lines: list[_Line]) -> bool:
    """`From:` and at least two more of its kind, before an empty line after which none comes."""
    told = {
        name
        for line in lines[1:]
        for name, field in (
            ("sent", phrases.SENT),
            ("to", phrases.TO),
            ("subject", phrases.SUBJECT),
        )
        if field.match(line)
    }
    return "sent" in told and len(told) >= 2


def _is_of_ours(lines: Sequence[str], marks: Marks) -> bool:
    told = "\n".join(lines).casefold()
    if any(address and address.casefold() in told for address in marks.addresses):
        return True
    if marks.name and marks.name.casefold() in told:
        return True
    subject = bare_subject(marks.subject)
    return len(subject) > 7 and subject in " ".join(told.split())


def bare_subject(subject: str) -> str:
    """Without Re:, AW:, SV:, 답장: and their like."""
    return " ".join(_REPLY_PREFIX.sub("", subject).casefold().split())[:60]


# -- Quotes with > -------------------------------------------------------------------------------


def _attribution(lines: list[_Line], at: int) -> int:
    """Over how many lines "On Monday, X wrote:" goes, that begins here; 0 where none does."""
    for size in (1, 2, 3):
        part = lines[at : at + size]
        if len(part) < size or not all(line.strip() and not line.startswith(">") for line in part):
            return 0
        whole = " ".join(line.strip() for line in part)
        if len(whole) > 400:
            return 0
        if whole.endswith((":", "：")) and _DIGIT.search(whole):
            return size if phrases.WROTE.search(whole) or _ADDRESS.search(whole) else 0
        if (
            whole.endswith(("작성", "写道", "寫道", ">"))
            and _ADDRESS.search(whole)
            and phrases.WROTE.search(whole)
        ):
            return size
    return 0


def _is_followed_by_quote(lines: list[_Line], at: int) -> bool:
    rest = next((line for line in lines[at:] if line.strip()), "")
    return rest.startswith(">")


def _without_quotes(lines: list[_Line]) -> tuple[list[_Line], bool]:
    """The lines without the quotes that belong to no words of hers; were there any quotes?

    A quote between her own words stays: what she wrote under it would say nothing without it.
    """
    kinds = _kinds(lines)
    blocks = _blocks(kinds)
    if not blocks:
        return lines, False
    own = [at for at, kind in enumerate(kinds) if kind == "own"]
    last_own = _last_own(lines, own, blocks)
    dropped = [block for block in blocks if block[0] > last_own]
    if len(blocks) == 1 and own and _may_be_her_own(kinds, blocks[0]):
        dropped = []
    inner = [block for block in blocks if block not in dropped]
    if len(inner) == 1 and (own[0] > inner[0][0] or _is_told(kinds, inner[0])):
        dropped += inner  # she wrote below it all: the quote itself says nothing new
    gone = {at for begins, ends in dropped for at in range(begins, ends + 1)}
    kept: list[_Line] = []
    for at, line in enumerate(lines):
        is_gap = not line and (not kept or not kept[-1])
        if kinds[at] != "head" and at not in gone and not is_gap:
            kept.append(line)
    return kept, True


def _kinds(lines: list[_Line]) -> list[str]:
    """own, blank, quote, or head: the lines before a quote that say whose it is."""
    kinds = [
        "quote" if line.startswith(">") else "own" if line.strip() else "blank" for line in lines
    ]
    at = 0
    while at < len(lines):
        size = _attribution(lines, at) if kinds[at] == "own" else 0
        if size and _is_followed_by_quote(lines, at + size):
            kinds[at : at + size] = ["head"] * size
            at += size
        else:
            at += 1
    return kinds


def _blocks(kinds: list[str]) -> list[tuple[int, int]]:
    """First and last line of each quote; blank lines inside one don't end it."""
    blocks: list[tuple[int, int]] = []
    for at, kind in enumerate(kinds):
        if kind != "quote":
            continue
        if (
            blocks
            and "own" not in kinds[blocks[-1][1] : at]
            and "head" not in kinds[blocks[-1][1] : at]
        ):
            blocks[-1] = (blocks[-1][0], at)
        else:
            blocks.append((at, at))
    return blocks


def _last_own(lines: list[_Line], own: list[int], blocks: list[tuple[int, int]]) -> int:
    """Her last line that is no signature under the last quote."""
    tail = [at for at in own if at > blocks[-1][1]]
    if tail:
        rest = _without_signature(lines[tail[0] :])
        if not "".join(rest).strip():
            own = [at for at in own if at < tail[0]]
    return own[-1] if own else -1


def _is_told(kinds: list[str], block: tuple[int, int]) -> bool:
    """Does a line before it say whose words they are?"""
    return "head" in kinds[max(0, block[0] - 4) : block[0]]


def _may_be_her_own(kinds: list[str], block: tuple[int, int]) -> bool:
    """A line or two with `>` and nothing that says whose they are: she may have typed them herself."""
    return block[1] - block[0] < SHORT_QUOTE and not _is_told(kinds, block)


# -- Signatures ----------------------------------------------------------------------------------


def _without_signature(lines: list[_Line]) -> list[_Line]:
    """Without what stands under the mark of a signature, and without a telephone's last line.

    Her name and greetings under her words stay: better a line too many than a word too few.
    """
    for at, line in enumerate(lines):
        if line in {"--", "__"} or (
            line.startswith("--") and not line.strip("- ") and len(line) < 4
        ):
            rest = lines[at + 1 :]
            is_short = sum(len(each) for each in rest) <= 1500 and len(lines) - at <= 26
            if is_short and (line.is_mark or not _says_something(rest)):
                lines = lines[:at]
            break
    while lines:
        rest = [at for at, line in enumerate(lines) if line.strip()]
        if rest and phrases.MOBILE.match(lines[rest[-1]]) and len(lines[rest[-1]]) <= 120:
            lines = lines[: rest[-1]]
        else:
            break
    return lines


def _says_something(lines: list[_Line]) -> bool:
    """Under dashes that she may have typed to part her words: a question, or a line that ends a sentence."""
    return any(
        line.endswith(("?", "？")) or (len(line.split()) > 5 and line.endswith((".", "!", "。")))
        for line in lines
    )


# -- Doubts --------------------------------------------------------------------------------------


def _looks_like_ours(text: str, marks: Marks) -> bool:
    """What is left still holds our mail: its program quotes in a way that nobody here knows."""
    told = " ".join(text.split()).casefold()
    return any(line and " ".join(line.split()).casefold() in told for line in marks.lines)


def _second_opinion_finds_more(text: str) -> bool:
    """A library with other expressions, asked only where nothing was found: it cuts more than may be cut."""
    if len(text) > _SECOND or any(len(line) > 400 for line in text.split("\n")):
        return False
    found = EmailReplyParser(languages=_LANGUAGES).read(text)
    return len(found.replies) > 1
