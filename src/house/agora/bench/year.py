"""What comes of asking, in a made-up alliance: who answers, unasked too, and what solves it.

Whoever knows answers more often than who does not; everybody is busy at times; some answer whom nobody
asked. The same person answers the same question alike whoever put it to her, so that ways to choose
people are compared in years that differ by nothing else.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass

from house.agora.bench.alliance import (
    Alliance,
    Asking,
    Somebody,
    Wrote,
    how_shown,
    is_good,
)

IS_FREE = 0.75
ANSWERS, KNOWING_ANSWERS = 0.15, 0.8  # who knows nothing says something now and then
UNASKED = ((0, 1, 2), (5, 4, 1))  # answers by who was not asked, with their weights
FIRST_OF_YEAR, OF_ONE = 1_000_000, 100  # keys of what is written in the year
STAYS_OPEN = 4  # days until somebody answers or passes


@dataclass(frozen=True, slots=True)
class Thread:
    """A question of the year with what was answered, and who was asked and did not answer."""

    number: int
    asking: Asking
    said: tuple[Wrote, ...]  # the question first
    declined: frozenset[int]


class Year:
    def __init__(self, alliance: Alliance, seed: int) -> None:
        self.alliance = alliance
        self.seed = seed
        self._readers: dict[int, list[tuple[Somebody, float]]] = {}

    def ask(self, number: int, asking: Asking, asked: Iterable[int]) -> Thread:
        people = self.alliance.by_pk
        invited = list(asked)
        answering = [pk for pk in invited if self._answers(number, people[pk], asking)]
        unasked = [pk for pk in self._unasked(number, asking) if pk not in invited]
        all_of_them = [people[pk] for pk in dict.fromkeys([*answering, *unasked])]
        solved = self._solved(number, all_of_them, asking)
        said = [self._wrote(number, 0, people[asking.asker], asking, "asked")]
        for place, person in enumerate(all_of_them, 1):
            kind = "accepted" if person.pk == solved else "answered"
            said.append(self._wrote(number, place, person, asking, kind))
        return Thread(number, asking, tuple(said), frozenset(invited) - set(answering))

    def _rng(self, *of: object) -> random.Random:
        return random.Random(repr((self.seed, *of)))

    def _answers(self, number: int, person: Somebody, asking: Asking) -> bool:
        rng = self._rng("answers", number, person.pk)
        will = ANSWERS + KNOWING_ANSWERS * person.knows.get(asking.issue, 0.0)
        return rng.random() < IS_FREE and rng.random() < will

    def _unasked(self, number: int, asking: Asking) -> list[int]:
        """Of who knows a little or follows the topic: who writes much and speaks a language of the asker."""
        spoken = {asking.language, *self.alliance.by_pk[asking.asker].languages}
        able = [
            (person.pk, weight)
            for person, weight in self._who_reads(asking.issue)
            if person.pk != asking.asker and spoken & set(person.languages)
        ]
        rng = self._rng("unasked", number)
        count = rng.choices(*UNASKED)[0]
        return rng.choices(*zip(*able, strict=True), k=count) if able else []

    def _who_reads(self, issue: int) -> list[tuple[Somebody, float]]:
        if issue not in self._readers:
            topic = self.alliance.world.issues[issue].topic
            self._readers[issue] = [
                (p, p.activity * (p.knows.get(issue, 0.0) + 0.1 * (topic in p.topics)))
                for p in self.alliance.people
                if issue in p.knows or topic in p.topics
            ]
        return self._readers[issue]

    def _solved(self, number: int, answering: Iterable[Somebody], asking: Asking) -> int | None:
        """The best of those that solve it, if any does."""
        good = [
            (much, person.pk)
            for person in answering
            for much in (person.knows.get(asking.issue, 0.0),)
            if is_good(self._rng("good", number, person.pk), much)
        ]
        return max(good)[1] if good else None

    def _wrote(self, number: int, place: int, person: Somebody, asking: Asking, kind: str) -> Wrote:
        """In the asker's language where she speaks it, else in one that both speak."""
        rng = self._rng("wrote", number, person.pk)
        asker = self.alliance.by_pk[asking.asker]
        both = [tag for tag in (asking.language, *asker.languages) if tag in person.languages]
        language = both[0] if both else person.writes
        world = self.alliance.world
        issue = world.issues[asking.issue]
        text = asking.text if kind == "asked" else world.said(rng, issue, language)
        key = FIRST_OF_YEAR + number * OF_ONE + place
        topic = min(asking.topics, default="")
        return Wrote(key, person.pk, kind, asking.issue, language, text, how_shown(rng), topic)
