"""Is a true expert among the three, and is it never the same few? `house bench routing`.

A seeded, made-up alliance (`alliance`) asks for a year, and what is answered is evidence for the next
question (`year`). The shipped judge sees what its people show, as the house reads it: what they say, what
they wrote (found by the house's own engine, by words), what solved a question, who did not answer, their
cities, languages, hours and how much they were asked. Each simple way lives a year of its own, and a
second one with all that the house's year brought. Nobody sees what people know.
"""

import tempfile
import time
from argparse import ArgumentParser
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import numpy as np

from house.agora.bench.alliance import Alliance, Asking, Wrote, make
from house.agora.bench.simple import LEARNING, WAYS
from house.agora.bench.year import STAYS_OPEN, Thread, Year
from house.agora.routing import words
from house.agora.routing.facts import Experience, Load, Peer, Question, Work
from house.agora.routing.judging import choose, gini
from house.agora.routing.reading import PASSAGES
from house.retrieval.analysis import analyse
from house.retrieval.asking import understand
from house.retrieval.engines.base import IndexedDocument, IndexedPassage, Scope
from house.retrieval.engines.sqlite import SQLiteEngine
from house.retrieval.lexicon import is_mark, marks_of_passage

PUBLIC = Scope(tokens=frozenset({"public"}))
LIMIT = 2  # invitations a month that a person takes


@dataclass
class Asked:
    """How much each person was asked, as the house counts it."""

    days: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def load(self, person: int, day: int) -> Load:
        if person not in self.days:
            return Load(limit=LIMIT)
        waiting = sum(begun > day - STAYS_OPEN for begun in self.days[person])
        month = sum(begun > day - 30 for begun in self.days[person])
        return Load(waiting, month, len(self.days[person]), LIMIT)

    def note(self, persons: list[int], day: int) -> None:
        for person in persons:
            self.days[person].append(day)


class House:
    """What the house knows of the alliance, with the words of all that was written in an engine."""

    def __init__(self, alliance: Alliance, engine: SQLiteEngine) -> None:
        self.alliance = alliance
        self.engine = engine
        self.asked = Asked()
        self.credits: dict[int, tuple[Wrote, ...]] = {}  # thing → what was written in it
        self.declined: dict[int, frozenset[int]] = {}
        self.helps = {person.pk: person.helps for person in alliance.people if person.helps}
        self.towns = {code: n for n, code in enumerate(alliance.strengths)}
        self.strengths = {self.towns[code]: text for code, text in alliance.strengths.items()}
        self.written: Counter[int] = Counter()
        # (person, topic) → what she signed on it, by kind
        self.on_topic: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
        engine.upsert([self._note(wrote.pk, (wrote,)) for wrote in alliance.wrote])

    def read(self, thread: Thread) -> None:
        key = thread.said[0].pk
        self.declined[key] = thread.declined
        self.engine.upsert([self._note(key, thread.said)])

    def _note(self, key: int, said: tuple[Wrote, ...]) -> IndexedDocument:
        self.credits[key] = said
        for wrote in said:
            if wrote.shows == "person":
                self.written[wrote.person] += 1
                self.on_topic[wrote.person, wrote.topic][wrote.kind] += 1
        return _document(key, said)

    def choose(self, asking: Asking) -> list[int]:
        chosen = [c.person for c in choose(self.question(asking), self.peers(asking))]
        self.asked.note(chosen, asking.day)
        return chosen

    def question(self, asking: Asking) -> Question:
        asker = self.alliance.by_pk[asking.asker]
        return Question(asking.topics, asking.language, asker.languages, asker.town, asker.zone)

    def peers(self, asking: Asking) -> Iterator[Peer]:
        asker = self.alliance.by_pk[asking.asker]
        question = understand(asking.text, hint=asking.language)
        says = words.about(question, self.helps)
        city_says = words.about(question, self.strengths)
        works, of_towns, declined = self._works(question)
        for person in self.alliance.people:
            code = person.town.code
            if code == asker.town.code:
                continue
            yield Peer(
                person.pk, person.town, says.get(person.pk, 0.0),
                city_says.get(self.towns.get(code, -1), 0.0), person.topics, person.languages, person.zone,
                tuple(works[person.pk] + of_towns[code]), self.written[person.pk],
                self._experience(person.pk, asking), declined[person.pk],
                self.asked.load(person.pk, asking.day),
            )  # fmt: skip

    def _experience(self, person: int, asking: Asking) -> Experience:
        keys = [(person, topic) for topic in asking.topics if (person, topic) in self.on_topic]
        if not keys:
            return Experience()
        done = sum((self.on_topic[key] for key in keys), Counter[str]())
        return Experience(done["accepted"], done["answered"] + done["author"], done["asked"])

    def _works(
        self, question: object
    ) -> tuple[dict[int, list[Work]], dict[str, list[Work]], dict[int, float]]:
        of_person: dict[int, list[Work]] = defaultdict(list)
        of_town: dict[str, list[Work]] = defaultdict(list)
        declined: dict[int, float] = defaultdict(float)
        for key, about in self._near(question).items():
            for wrote in self.credits[key]:
                if wrote.shows == "person":
                    of_person[wrote.person].append(Work(wrote.kind, about))
                elif wrote.shows == "city":
                    town = self.alliance.by_pk[wrote.person].town.code
                    of_town[town].append(Work("city", about))
            for person in self.declined.get(key, ()):
                declined[person] += about
        return of_person, of_town, declined

    def _near(self, question: object) -> dict[int, float]:
        """Thing → how much of the question is said in the passage of it that says most."""
        found = self.engine.search(question.query(None), PUBLIC)
        is_word = np.array([not is_mark(term.forms[0]) for term in question.terms])
        weights = np.where(is_word, found.weights, 0)
        coverage = (found.in_text | found.in_title) @ weights / max(float(weights.sum()), 1e-6)
        about: dict[int, float] = {}
        for place in np.argsort(-coverage, kind="stable")[:PASSAGES].tolist():
            about.setdefault(found.objects[place][1], float(coverage[place]))
        return about


def _document(key: int, said: tuple[Wrote, ...]) -> IndexedDocument:
    passages = tuple(_passage(wrote) for wrote in said)
    return IndexedDocument("work", key, "", said[0].language, "public", passages)


def _passage(wrote: Wrote) -> IndexedPassage:
    terms = analyse(wrote.text, wrote.language)
    marks = marks_of_passage(terms, wrote.text, wrote.language)
    return IndexedPassage(
        id=wrote.pk, digest=wrote.pk, language=wrote.language, title="", heading="",
        text=" ".join([*terms, *marks]),
    )  # fmt: skip


@dataclass
class Result:
    hits: int = 0
    knows: float = 0.0
    asked: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def note(self, chosen: list[int], asking: Asking, alliance: Alliance) -> None:
        self.hits += bool(set(chosen) & alliance.experts(asking))
        knows = [alliance.by_pk[pk].knows.get(asking.issue, 0.0) for pk in chosen]
        self.knows += max(knows, default=0.0)
        self.asked.update(chosen)


OURS = "**the house**"
AFTER_HOUSE = " (in the house's year)"


class _Way(Protocol):
    def choose(self, asking: Asking) -> list[int]: ...

    def read(self, thread: Thread) -> None: ...


def live(
    alliance: Alliance, seed: int, way: _Way, beside: Mapping[str, _Way] = MappingProxyType({})
) -> dict[str, Result]:
    """A year of asking whom `way` chooses; `beside` see the same year and change nothing in it."""
    year, waiting = Year(alliance, seed), deque[Thread]()
    results: dict[str, Result] = defaultdict(Result)
    for number, asking in enumerate(alliance.asked):
        while waiting and waiting[0].asking.day <= asking.day - STAYS_OPEN:
            thread = waiting.popleft()
            for reading in (way, *beside.values()):
                reading.read(thread)
        begun = time.process_time()
        chosen = way.choose(asking)
        results[""].seconds.append(time.process_time() - begun)
        results[""].note(chosen, asking, alliance)
        for name, other in beside.items():
            results[name].note(other.choose(asking), asking, alliance)
        waiting.append(year.ask(number, asking, chosen))
    return results


def run(alliance: Alliance, seed: int, folder: Path) -> dict[str, Result]:
    house = House(alliance, SQLiteEngine(folder))
    of_house = live(
        alliance, seed, house, {name: way(alliance, seed) for name, way in WAYS.items()}
    )
    results = {name: of_house[name] for name in WAYS if name not in LEARNING}
    for name in LEARNING:
        results[name] = live(alliance, seed, WAYS[name](alliance, seed))[""]
        results[name + AFTER_HOUSE] = of_house[name]
    results[OURS] = of_house[""]
    return results


def table(results: dict[str, Result], alliance: Alliance) -> Iterator[str]:
    """Gini over everybody in the alliance, also those who were never asked and know nothing that was."""
    number = len(alliance.asked)
    yield "| whom it asks | true expert of three | best knows | persons asked | most asked | Gini |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for name, result in results.items():
        loads = [result.asked[person.pk] for person in alliance.people]
        yield (
            f"| {name} | {result.hits / number:.3f} | {result.knows / number:.2f} "
            f"| {sum(map(bool, loads))} | {max(loads)} | {gini(loads):.2f} |"
        )


def main(arguments: list[str], write: Callable[[str], object]) -> None:
    parser = ArgumentParser(prog="house bench routing", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--questions", type=int, default=1500)
    options = parser.parse_args(arguments)
    for seed in options.seed:
        alliance = make(seed, questions=options.questions)
        with tempfile.TemporaryDirectory() as folder:
            results = run(alliance, seed, Path(folder))
        ours = results[OURS]
        simple = max(r.hits for name, r in results.items() if name != OURS)
        experts = np.mean([len(alliance.experts(asking)) for asking in alliance.asked])
        towns = len({person.town.code for person in alliance.people})
        write(
            f"\n### seed {seed}: {towns} cities, {len(alliance.people)} people, "
            f"{len(alliance.wrote)} texts, {len(alliance.asked)} questions, "
            f"{experts:.0f} true experts for each\n"
        )
        for line in table(results, alliance):
            write(line)
        middle, late = np.percentile(np.array(ours.seconds) * 1000, [50, 99])
        write(
            f"\n{ours.hits / simple:.2f} times the best simple way; {middle:.0f} ms of the processor "
            f"for three proposals among {len(alliance.people)} (p99 {late:.0f})."
        )
