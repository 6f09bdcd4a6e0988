"""Is a true expert among the three, and is it never the same few? `house bench routing`.

A seeded, made-up alliance (`alliance`) asks for a year. The shipped judge sees what its people show,
as the house reads it: what they say, what they wrote (found by the house's own engine, by words), their
cities, languages, hours and how much they were asked. The baselines see the same profiles. Nobody sees
what people know.
"""

import random
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from house.agora.bench.alliance import Alliance, Asking, Somebody, Wrote, make
from house.agora.routing import words
from house.agora.routing.facts import Load, Peer, Question, Work
from house.agora.routing.judging import AT_MOST, choose, gini
from house.retrieval.analysis import analyse
from house.retrieval.asking import understand
from house.retrieval.engines.base import IndexedDocument, IndexedPassage, Scope
from house.retrieval.engines.sqlite import SQLiteEngine
from house.retrieval.lexicon import is_mark, marks_of_passage

PUBLIC = Scope(tokens=frozenset({"public"}))
STAYS_OPEN = 4  # days until somebody answers or passes
LIMIT = 2  # invitations a month that a person takes

Chooser = Callable[[Asking], list[int]]


@dataclass
class Asked:
    """How much each person was asked, as the house counts it."""

    open: dict[int, deque[int]] = field(default_factory=lambda: defaultdict(deque))
    days: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def load(self, person: int, day: int) -> Load:
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
        self.wrote = {wrote.pk: wrote for wrote in alliance.wrote}
        self.helps = {person.pk: person.helps for person in alliance.people if person.helps}
        self.towns = {code: n for n, code in enumerate(alliance.strengths)}
        self.strengths = {self.towns[code]: text for code, text in alliance.strengths.items()}
        self.written = Counter(w.person for w in alliance.wrote if w.shows == "person")
        engine.upsert(map(_document, alliance.wrote))

    def question(self, asking: Asking) -> Question:
        asker = self.alliance.by_pk[asking.asker]
        return Question(asking.topics, asking.language, asker.languages, asker.town, asker.zone)

    def peers(self, asking: Asking, asked: Asked) -> Iterator[Peer]:
        asker = self.alliance.by_pk[asking.asker]
        question = understand(asking.text, hint=asking.language)
        says = words.about(question, self.helps)
        city_says = words.about(question, self.strengths)
        works, of_towns = self._works(question)
        for person in self.alliance.people:
            code = person.town.code
            if code == asker.town.code:
                continue
            yield Peer(
                person.pk, person.town, says.get(person.pk, 0.0),
                city_says.get(self.towns.get(code, -1), 0.0), person.topics, person.languages, person.zone,
                tuple(works[person.pk] + of_towns[code]), self.written[person.pk],
                asked.load(person.pk, asking.day),
            )  # fmt: skip

    def _works(self, question: object) -> tuple[dict[int, list[Work]], dict[str, list[Work]]]:
        found = self.engine.search(question.query(None), PUBLIC)
        is_word = np.array([not is_mark(term.forms[0]) for term in question.terms])
        weights = np.where(is_word, found.weights, 0)
        coverage = (found.in_text | found.in_title) @ weights / max(float(weights.sum()), 1e-6)
        of_person: dict[int, list[Work]] = defaultdict(list)
        of_town: dict[str, list[Work]] = defaultdict(list)
        for place, about in zip(found.passages.tolist(), coverage.tolist(), strict=True):
            wrote = self.wrote[place]
            if wrote.shows == "person":
                of_person[wrote.person].append(Work(wrote.kind, about))
            elif wrote.shows == "city":
                town = self.alliance.by_pk[wrote.person].town.code
                of_town[town].append(Work("city", about))
        return of_person, of_town


def _document(wrote: Wrote) -> IndexedDocument:
    terms = analyse(wrote.text, wrote.language)
    marks = marks_of_passage(terms, wrote.text, wrote.language)
    passage = IndexedPassage(
        id=wrote.pk, digest=wrote.pk, language=wrote.language, title="", heading="",
        text=" ".join([*terms, *marks]),
    )  # fmt: skip
    return IndexedDocument("work", wrote.pk, "", wrote.language, "public", (passage,))


def baselines(house: House, seed: int) -> dict[str, Chooser]:
    """Simple ways to choose three: each sees all that people show, and none of them how much was asked."""
    alliance = house.alliance
    rng = random.Random(seed)
    tie = {person.pk: rng.random() for person in alliance.people}
    named = [wrote for wrote in alliance.wrote if wrote.shows == "person"]
    in_topic: Counter[tuple[int, str]] = Counter()
    for wrote in named:
        in_topic[wrote.person, alliance.issues[wrote.issue].topic] += 1
    written: dict[int, str] = dict(house.helps)
    for wrote in named:
        written[wrote.person] = f"{written.get(wrote.person, '')} {wrote.text}"

    def best(asking: Asking, score: Callable[[Somebody], float]) -> list[int]:
        asker = alliance.by_pk[asking.asker]
        others = [p for p in alliance.people if p.town.code != asker.town.code]
        ranked = sorted(others, key=lambda p: (-score(p), tie[p.pk]))
        return [p.pk for p in ranked[:AT_MOST]]

    def by_words(texts: dict[int, str]) -> Chooser:
        def choose_by_words(asking: Asking) -> list[int]:
            found = words.about(understand(asking.text, hint=asking.language), texts)
            return best(asking, lambda p: found.get(p.pk, 0.0))

        return choose_by_words

    return {
        "by lot": lambda asking: best(asking, lambda _p: rng.random()),
        "topics in common": lambda asking: best(asking, lambda p: len(p.topics & asking.topics)),
        "most active": lambda asking: best(asking, lambda p: p.activity),
        "most active in the topic": lambda asking: best(
            asking, lambda p: sum(in_topic[p.pk, topic] for topic in asking.topics)
        ),
        "BM25 over profiles": by_words(house.helps),
        "BM25 over profiles and all they wrote": by_words(written),
    }


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


def run(house: House, seed: int) -> dict[str, Result]:
    results: dict[str, Result] = defaultdict(Result)
    asked = Asked()
    simple = baselines(house, seed)
    for asking in house.alliance.asked:
        for name, chooser in simple.items():
            results[name].note(chooser(asking), asking, house.alliance)
        begun = time.process_time()
        chosen = [c.person for c in choose(house.question(asking), house.peers(asking, asked))]
        results["**the house**"].seconds.append(time.process_time() - begun)
        results["**the house**"].note(chosen, asking, house.alliance)
        asked.note(chosen, asking.day)
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
            results = run(House(alliance, SQLiteEngine(Path(folder))), seed)
        ours = results["**the house**"]
        simple = max(r.hits for name, r in results.items() if name != "**the house**")
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
