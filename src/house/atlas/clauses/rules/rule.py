"""What a rule is: what a sentence looks like that may answer a question."""

import re
from dataclasses import dataclass

from house.atlas.clauses.rules import numbers

MONTHS = {
    name: number
    for names in (
        "January February March April May June July August September October November December",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    )
    for number, name in enumerate(names.split(), start=1)
}


@dataclass(frozen=True, slots=True)
class Rule:
    """`reads` is what its sentence must hold as well: "number" (group n), "money", "date" or nothing."""

    type: str
    finds: re.Pattern[str]
    reads: str = ""
    unit: str = ""
    unless: re.Pattern[str] | None = None


def rule(type: str, finds: str, reads: str = "", unit: str = "", unless: str = "") -> Rule:  # noqa: A002 -- the word of the model
    return Rule(
        type, re.compile(finds, re.IGNORECASE), reads, unit,
        re.compile(unless, re.IGNORECASE) if unless else None,
    )  # fmt: skip


def number(language: str) -> str:
    """A group `n`: a number in digits, or in words of the language."""
    return rf"(?P<n>\d+(?:[,.]\d+)*|{numbers.pattern(language)})"
