"""Is a true expert among the three, and is it never the same few? `house bench routing [--data FOLDER]`.

A seeded, made-up alliance (`alliance`) asks for a year, and what is answered is evidence for the next
question (`year`). The shipped judge sees what its people show, as the house reads it: what they say, what
they wrote (found by the house's own engine, by words), what solved a question, who did not answer, their
cities, languages, hours and how much they were asked. With `--data` the texts are real (`real`) and are
compared by meaning too. Each simple way lives a year of its own, and a
second one with all that the house's year brought. Nobody sees what people know.
"""

import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import numpy as np
from django.conf import settings

from house.agora.bench import real
from house.agora.bench.alliance import IN_ENGLISH, QUESTIONS, Alliance, Asking, Wrote, make
from house.agora.bench.meaning import Meaning, digest_of
from house.agora.bench.simple import BY_VECTORS, LEARNING, WAYS, ByVectors
from house.agora.bench.year import STAYS_OPEN, Thread, Year
from house.agora.routing import matter, words
from house.agora.routing.facts import Experience, Load, Peer, Question, Work
from house.agora.routing.judging import choose, gini
from house.agora.routing.reading import PASSAGES
from house.retrieval.analysis import analyse
from house.retrieval.asking import Question as Asked
from house.retrieval.asking import understand_prose
from house.retrieval.embedding import load_embedder
from house.retrieval.engines.base import IndexedDocument, IndexedPassage, Scope
from house.retrieval.engines.sqlite import SQLiteEngine
from house.retrieval.lexicon import marks_of_passage
from house.retrieval.ranked import look

PUBLIC = Scope(tokens=frozenset({"public"}))
LIMIT = 2  # invitations a month that a person takes


@dataclass
class Invited:
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

    def __init__(
        self, alliance: Alliance, engine: SQLiteEngine, meaning: Meaning | None = None
    ) -> None:
        self.alliance = alliance
        self.engine = engine
        self.meaning = meaning
        if meaning:
            self.offers = meaning.offers(engine.folder / "offers", alliance.offers())
        self.asked = Invited()
        self.credits: dict[int, tuple[Wrote, ...]] = {}  # thing → what was written in it
        self.declined: dict[int, frozenset[int]] = {}
        self.helps = {person.pk: person.helps for person in alliance.people if person.helps}
        self.towns = {code: n for n, code in enumerate(alliance.strengths)}
        self.strengths = {self.towns[code]: text for code, text in alliance.strengths.items()}
        self.written: Counter[int] = Counter()
        # (person, topic) → what she signed on it, by kind
        self.on_topic: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
        self._keep([self._note(wrote.pk, (wrote,)) for wrote in alliance.wrote], alliance.wrote)

    def read(self, thread: Thread) -> None:
        key = thread.said[0].pk
        self.declined[key] = thread.declined
        self._keep([self._note(key, thread.said)], thread.said)

    def _keep(self, documents: list[IndexedDocument], wrote: Iterable[Wrote]) -> None:
        self.engine.upsert(documents)
        if self.meaning:
            self.meaning.fill(self.engine, (each.text for each in wrote))

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
        return Question(
            asking.topics, asking.language, asker.languages, asker.town, asker.zone,
            by_meaning=self.meaning is not None,
        )  # fmt: skip

    def peers(self, asking: Asking) -> Iterator[Peer]:
        asker = self.alliance.by_pk[asking.asker]
        question = understand_prose(asking.text, language=asking.language)
        says = self._offering(question, self.helps)
        city_says = self._offering(question, self.strengths)
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
        self, question: Asked
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

    def _offering(self, question: Asked, texts: Mapping[int, str]) -> dict[int, float]:
        near = self.offers.near(self.meaning.query(question.text), texts) if self.meaning else {}
        return matter.offering(words.about(question, texts), near)

    def _near(self, question: Asked) -> dict[int, float]:
        """Thing → how much the passage of it that says most is about the question."""
        vectors = self.meaning.query(question.text) if self.meaning else None
        ranked = look(question, vectors, self.engine, PUBLIC)
        late = ranked.candidates.late
        above = None if late is None else late - late.mean()
        scores = matter.about(ranked.coverage(), ranked.nearness(), above)
        about: dict[int, float] = {}
        for place in ranked.order()[:PASSAGES]:
            key = ranked.candidates.objects[place][1]
            about[key] = max(about.get(key, 0.0), float(scores[place]))
        return about


def _document(key: int, said: tuple[Wrote, ...]) -> IndexedDocument:
    passages = tuple(_passage(wrote) for wrote in said)
    return IndexedDocument("work", key, "", said[0].language, "public", passages)


def _passage(wrote: Wrote) -> IndexedPassage:
    terms = analyse(wrote.text, wrote.language)
    marks = marks_of_passage(terms, wrote.text, wrote.language)
    return IndexedPassage(
        id=wrote.pk, digest=digest_of(wrote.text), language=wrote.language, title="", heading="",
        text=" ".join([*terms, *marks]),
    )  # fmt: skip


@dataclass
class Result:
    hits: int = 0
    same_language: int = 0  # hits with somebody who writes the question's language
    by_language: Counter[str] = field(default_factory=Counter)  # hits
    knows: float = 0.0
    asked: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def note(self, chosen: list[int], asking: Asking, alliance: Alliance) -> None:
        found = [alliance.by_pk[pk] for pk in set(chosen) & alliance.experts(asking)]
        self.hits += bool(found)
        self.by_language[asking.language] += bool(found)
        self.same_language += any(person.writes == asking.language for person in found)
        knows = [alliance.by_pk[pk].knows.get(asking.issue, 0.0) for pk in chosen]
        self.knows += max(knows, default=0.0)
        self.asked.update(chosen)


class Understanding(House):
    """The same judge where every text were understood: what a better model could bring at most."""

    def _offering(self, question: Asked, texts: Mapping[int, str]) -> dict[int, float]:
        world = self.alliance.world
        assert isinstance(world, real.Real)  # noqa: S101 -- the only world whose texts tell their issue
        return {key: float(world.offers(text, self._issue)) for key, text in texts.items()}

    def _near(self, question: Asked) -> dict[int, float]:
        return {key: 1.0 for key, said in self.credits.items() if said[0].issue == self._issue}

    def peers(self, asking: Asking) -> Iterator[Peer]:
        self._issue = asking.issue
        return super().peers(asking)


OURS = "**the house**"
UNDERSTOOD = "the house, were every text understood"
NOT_SIMPLE = {OURS, UNDERSTOOD, BY_VECTORS, BY_VECTORS + " (in the house's year)"}
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


def run(
    alliance: Alliance, seed: int, folder: Path, meaning: Meaning | None = None
) -> dict[str, Result]:
    engine = meaning.engine(folder) if meaning else SQLiteEngine(folder)
    house = House(alliance, engine, meaning)
    ways = {name: partial(way, alliance, seed) for name, way in WAYS.items()}
    if meaning:
        ways[BY_VECTORS] = partial(ByVectors, alliance, seed, meaning)
    of_house = live(alliance, seed, house, {name: way() for name, way in ways.items()})
    results = {name: of_house[name] for name in ways if name not in LEARNING}
    for name in LEARNING:
        if name not in ways:
            continue
        results[name] = live(alliance, seed, ways[name]())[""]
        results[name + AFTER_HOUSE] = of_house[name]
    results[OURS] = of_house[""]
    if meaning:
        knowing = Understanding(alliance, SQLiteEngine(folder / "understood"))
        results[UNDERSTOOD] = live(alliance, seed, knowing)[""]
    return results


def table(results: dict[str, Result], alliance: Alliance) -> Iterator[str]:
    """Gini over everybody in the alliance, also those who were never asked and know nothing that was."""
    number = len(alliance.asked)
    yield (
        "| whom it asks | true expert of three | one who writes its language | only others "
        "| best knows | persons asked | most asked | Gini |"
    )
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, result in results.items():
        loads = [result.asked[person.pk] for person in alliance.people]
        yield (
            f"| {name} | {result.hits / number:.3f} | {result.same_language / number:.3f} "
            f"| {(result.hits - result.same_language) / number:.3f} | {result.knows / number:.2f} "
            f"| {sum(map(bool, loads))} | {max(loads)} | {gini(loads):.2f} |"
        )


def by_language(results: dict[str, Result], alliance: Alliance) -> Iterator[str]:
    """The share of hits of questions in each language, of the ways that are compared."""
    counted = Counter(asking.language for asking in alliance.asked)
    yield (
        "| whom it asks | "
        + " | ".join(f"{tag} ({n})" for tag, n in sorted(counted.items()))
        + " |"
    )
    yield "| --- |" + " ---: |" * len(counted)
    for name, result in results.items():
        shares = (f"{result.by_language[tag] / n:.3f}" for tag, n in sorted(counted.items()))
        yield f"| {name} | " + " | ".join(shares) + " |"


def main(arguments: list[str], write: Callable[[str], object]) -> None:
    parser = ArgumentParser(prog="house bench routing", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--questions", type=int)
    parser.add_argument("--data", type=Path, help="folder of the test corpora: real texts instead")
    parser.add_argument(
        "--tuning", action="store_true", help="the articles that weights are made on"
    )
    parser.add_argument(
        "--in-english", type=float, default=IN_ENGLISH,
        help="who elsewhere speaks English writes it so often; 0: all write as at home",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    for seed in options.seed:
        alliance, meaning = _made(seed, options)
        with tempfile.TemporaryDirectory() as folder:
            results = run(alliance, seed, Path(folder), meaning)
        _tell(seed, alliance, results, write)
        if meaning:
            write("")
            for line in by_language(results, alliance):
                write(line)


def _made(seed: int, options: Namespace) -> tuple[Alliance, Meaning | None]:
    if options.data is None:
        return make(
            seed, questions=options.questions or QUESTIONS, in_english=options.in_english
        ), None
    world = real.Real(real.read(options.data / "xquad-r"), tuning=options.tuning)
    number = options.questions or (real.FEWER if options.tuning else real.QUESTIONS)
    alliance = make(seed, world=world, questions=number, in_english=options.in_english)
    embedder = load_embedder()
    if embedder is None:
        raise SystemExit("Real texts are compared by meaning: set HOUSE_EMBEDDINGS_URL to a model.")
    texts = list(dict.fromkeys(world.texts() + alliance.offers()))
    return alliance, Meaning(texts, embedder, settings.DATA / "bench")


def _tell(
    seed: int, alliance: Alliance, results: dict[str, Result], write: Callable[[str], object]
) -> None:
    ours = results[OURS]
    simple = max(r.hits for name, r in results.items() if name not in NOT_SIMPLE)
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
