"""Finds what may be a clause in a passage of a policy: candidates for a curator, never a statement.

Rules by language over single sentences. A candidate carries the exact span it was found in, so that a
curator reads the text and not the rule. What no rule finds is unknown, so no candidate ever says "no".
"""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from house.atlas.clauses.kinds import Form, type_of
from house.atlas.clauses.rules import numbers
from house.atlas.clauses.rules.rule import MONTHS, Rule
from house.atlas.clauses.rules.table import RULES

# Not behind "14." of a German ordinal or an item of a list.
_END = re.compile(r"(?<=[.;:!?])(?<!\b\d\.)(?<!\b\d\d\.)[ \t]+(?=[^\sa-zà-ÿ])|\n+")
_HEADING = re.compile(r"A Local Law\b")  # names the subject of a law, states nothing
_LARGEST = Decimal(10) ** 12  # what the column holds; no fine is higher
_HIGHEST = frozenset({"fine", "insurance"})  # their questions ask for the highest
_NUMBER = r"\d{1,3}(?:[,.\u202f\u00a0 ]\d{3})+(?!\d)(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_MONEY = re.compile(
    rf"(?:(?P<before>US\$|\$|€|£)\s?(?P<a>{_NUMBER})|(?P<b>{_NUMBER})\s?(?P<after>€|euros?|kronor|dollars))"
    r"(?P<much>\s(?:million|miljoen|millones|milions|Millionen))?"
)
_UNITS = {
    "$": "US dollars", "US$": "US dollars", "dollars": "US dollars", "€": "euros", "euro": "euros",
    "£": "pounds",
}  # fmt: skip
_EVERY = re.compile(
    r"\bper (?:day|occurrence|violation|year|month|trip|hour)\b|\b(?:each|every) \w+"
    r"|\b(?:per (?:uur|dag|maand|jaar|rit)|(?:por|al|cada) (?:hora|día|mes|año|viaje))\b"
    r"|\bper (?:hora|dia|nit|mes|any|viatge)\b"
)
# A unit is kept in English, in whatever language its text speaks.
_PER = {
    "uur": "hour", "dag": "day", "maand": "month", "jaar": "year", "rit": "trip",
    "hora": "hour", "día": "day", "mes": "month", "año": "year", "viaje": "trip",
    "dia": "day", "nit": "night", "any": "year", "viatge": "trip",
}  # fmt: skip
_DATE = re.compile(
    rf"\b(?P<month>{'|'.join(MONTHS)})\s(?P<day>\d{{1,2}}),\s(?P<year>\d{{4}})"
    rf"|\b(?P<day2>\d{{1,2}})(?:er|\.)?\s(?:de\s|d['’])?(?P<month2>{'|'.join(MONTHS)})\s(?:de\s)?(?P<year2>\d{{4}})"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Perhaps a clause: `quote` is `text[start:end]` of the passage, untouched."""

    type: str
    quote: str
    start: int
    end: int
    value: Decimal | None = None
    unit: str = ""
    day: datetime.date | None = None
    words: str = ""


def candidates(text: str, *, language: str, field: str) -> list[Candidate]:
    """One for each question: the first that answers it, of sums the highest.

    Nothing for a language without rules.
    """
    rules = [rule for rule in RULES.get(language, ()) if type_of(field, rule.type) is not None]
    found: dict[str, Candidate] = {}
    for start, end in sentences(text):
        if _HEADING.match(text, start):
            continue
        for rule in rules:
            made = _tried(rule, text, (start, end), field, language)
            if made is not None and _is_better(made, found.get(rule.type)):
                found[rule.type] = made
    return sorted(found.values(), key=lambda each: (each.start, each.type))


def _is_better(made: Candidate, kept: Candidate | None) -> bool:
    if kept is None:
        return True
    return made.type in _HIGHEST and (made.value or 0) > (kept.value or 0)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans without the white space around them; a numbered item is a sentence of its own."""
    at = 0
    for gap in [*(match.span() for match in _END.finditer(text)), (len(text), len(text))]:
        piece = text[at : gap[0]]
        inner = piece.strip()
        if inner:
            start = at + piece.index(inner)
            yield start, start + len(inner)
        at = gap[1]


def _tried(
    rule: Rule, text: str, span: tuple[int, int], field: str, language: str
) -> Candidate | None:
    start, end = span
    sentence = text[start:end]
    match = rule.finds.search(sentence)
    if match is None or (rule.unless is not None and rule.unless.search(sentence)):
        return None
    kind = type_of(field, rule.type)
    read = _READERS.get(rule.reads, _nothing)(sentence, match, language)
    if read is None or kind is None:
        return None
    value, unit, day = read
    if value is not None and value >= _LARGEST:
        return None
    words = match.group(0)[:200] if kind.form == Form.WORDS else ""
    if kind.form == Form.NUMBER and value is None:
        words = match.group(0)[:200]
    return Candidate(rule.type, sentence, start, end, value, unit or rule.unit, day, words)


Read = tuple[Decimal | None, str, datetime.date | None]


def _nothing(_sentence: str, _match: re.Match[str], _language: str) -> Read:
    return None, "", None


def _number(_sentence: str, match: re.Match[str], language: str) -> Read | None:
    """What the rule's group `n` holds, in digits or in words."""
    told = match.group("n")
    in_words = numbers.value(language, told)
    number = _decimal(told) if in_words is None else Decimal(in_words)
    return None if number is None else (number, "", None)


def _most_money(sentence: str, _match: re.Match[str], _language: str) -> Read | None:
    """The highest sum of the sentence, with what it is counted for. None where there is no sum."""
    sums = []
    for match in _MONEY.finditer(sentence):
        number = _decimal(match["a"] or match["b"])
        if number is not None:
            sign = match["before"] or match["after"]
            sums.append((number * (1_000_000 if match["much"] else 1), _UNITS.get(sign, sign)))
    if not sums:
        return None
    number, unit = max(sums)
    every = _EVERY.search(sentence)
    if every is None:
        return number, unit, None
    told = every.group(0).rsplit(" ", 1)[-1]
    return number, f"{unit} {f'per {_PER[told]}' if told in _PER else every.group(0)}", None


def _date(sentence: str, _match: re.Match[str], _language: str) -> Read | None:
    match = _DATE.search(sentence)
    if match is None:
        return None
    month = MONTHS[match["month"] or match["month2"]]
    try:
        day = datetime.date(
            int(match["year"] or match["year2"]), month, int(match["day"] or match["day2"])
        )
    except ValueError:
        return None
    return None, "", day


def _decimal(told: str) -> Decimal | None:
    """1,000 and 1.000 and 1 000 are a thousand; 17.22 and 17,22 are not."""
    bare = re.sub(r"[\u202f\u00a0 ]", "", told)
    bare = re.sub(r"[,.](?=\d{3}(?:\D|$))", "", bare).replace(",", ".")
    return Decimal(bare) if re.fullmatch(r"\d+(\.\d+)?", bare) else None


_READERS: dict[str, Callable[[str, re.Match[str], str], Read | None]] = {
    "number": _number,
    "money": _most_money,
    "date": _date,
}
