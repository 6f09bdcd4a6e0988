"""Which of the month's things make a good issue together, and why each. Pure: no records, no clock, no words.

Each thing has a worth of its own (is it new, has it been of use), and loses of it what those chosen before
it say already: the same topics, the same cities, the same sort. So a weaker story from a city that nobody
has told of may come before a stronger one that repeats. This is greedy selection by maximal marginal
relevance; the first choices never depend on how many are asked for.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Name = tuple[str, int]
# How much a sort is worth telling where all else is equal: what was proved before what is planned.
_SORTS = {
    "success": 1.0, "solved": 0.95, "new": 0.9, "held": 0.75, "wanted": 0.7, "updated": 0.6, "coming": 0.55,
    "outside": 0.5,
}  # fmt: skip
# What each figure says of use: a city that took something home weighs more than an answer.
_COUNTS = {"reuse": 3.0, "helped": 2.5, "supporters": 1.5, "answers": 0.5, "sources": 0.5}
NOVELTY, USE, SORT = 0.35, 0.4, 0.25  # parts of a thing's own worth
SPREAD = 0.45  # how much repeating costs, of 1
HALF = 15.0  # days after which news is half as new


@dataclass(frozen=True, slots=True)
class Candidate:
    """`age` in days before the end of the month; negative for what is still to come."""

    name: Name
    sort: str
    age: float
    cities: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """`reasons` by name, with what each is about: at least one, the strongest first."""

    name: Name
    worth: float
    reasons: tuple[tuple[str, str | int], ...]


def propose(
    candidates: Iterable[Candidate],
    *,
    most: int,
    told_before: Collection[Name] = (),
    dropped: Collection[Name] = (),
) -> list[Choice]:
    """In the order of choosing. What an issue told before comes only if it is updated."""
    rest = {
        each.name: each
        for each in candidates
        if each.name not in dropped and (each.name not in told_before or each.sort == "updated")
    }
    chosen: list[Candidate] = []
    made: list[Choice] = []
    likest = dict.fromkeys(
        rest, 0.0
    )  # of each, how alike it is to the chosen one that is most like it
    while rest and len(chosen) < most:
        best = max(rest, key=lambda name: (_marginal(rest[name], likest[name]), _tie(name)))
        candidate = rest.pop(best)
        made.append(Choice(best, _marginal(candidate, likest[best]), _reasons(candidate, chosen)))
        chosen.append(candidate)
        for name, other in rest.items():
            likest[name] = max(likest[name], likeness(other, candidate))
    return made


def worth(candidate: Candidate) -> float:
    """Of a thing by itself, from 0 to 1. More use is never worth less, and newer is never worth less."""
    use = sum(_COUNTS.get(name, 0.0) * max(0, count) for name, count in candidate.counts.items())
    return (
        NOVELTY * 0.5 ** (abs(candidate.age) / HALF)
        + USE * (1 - math.exp(-use / 4))
        + SORT * _SORTS.get(candidate.sort, 0.5)
    )


def likeness(one: Candidate, other: Candidate) -> float:
    """From 0 to 1: shared topics weigh most, then cities, then being of one sort."""
    return (
        0.5 * _shared(one.topics, other.topics)
        + 0.35 * _shared(one.cities, other.cities)
        + 0.15 * (one.sort == other.sort)
    )


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _marginal(candidate: Candidate, likest: float) -> float:
    return (1 - SPREAD) * worth(candidate) - SPREAD * likest


def _tie(name: Name) -> tuple[str, int]:
    """Of two that are worth the same, always the same one, however they came in."""
    return (name[0], -name[1])


def _reasons(
    candidate: Candidate, chosen: Sequence[Candidate]
) -> tuple[tuple[str, str | int], ...]:
    told: list[tuple[str, str | int]] = [
        (name, candidate.counts[name])
        for name in ("reuse", "helped", "supporters", "answers", "sources")
        if candidate.counts.get(name, 0) > (1 if name in {"answers", "sources"} else 0)
    ]
    told.append((candidate.sort, round(abs(candidate.age))))
    if chosen:
        cities = candidate.cities - frozenset[str]().union(*(each.cities for each in chosen))
        topics = candidate.topics - frozenset[str]().union(*(each.topics for each in chosen))
        told += [("city", min(cities))] if cities else []
        told += [("topic", min(topics))] if topics else []
    return tuple(told)
