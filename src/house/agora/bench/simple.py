"""Simple ways to choose three people: each sees all that people show, and none of them how much was asked."""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import count

import numpy as np
from numpy.typing import NDArray

from house.agora.bench.alliance import Alliance, Asking, Wrote
from house.agora.bench.meaning import Meaning
from house.agora.bench.year import Thread
from house.agora.routing.judging import AT_MOST
from house.agora.routing.words import B, K
from house.retrieval.analysis import analyse
from house.retrieval.asking import Question, understand_prose
from house.retrieval.lexicon import marks_of_passage

Scores = NDArray[np.float64]
VOTES = 30  # nearest texts that vote


@lru_cache(maxsize=4000)
def _understood(text: str, language: str) -> Question:
    """The same question is asked in the year of each way."""
    return understand_prose(text, language=language)


class Words:
    """BM25 over all that each person wrote as one text, which grows. Languages are known, not guessed."""

    def __init__(self, people: int) -> None:
        self.holders: dict[str, Counter[int]] = defaultdict(Counter)
        self.lengths = np.zeros(people)

    def add(self, place: int, text: str, language: str) -> None:
        terms = analyse(text, language)
        for term in (*terms, *marks_of_passage(terms, text, language)[1:]):
            self.holders[term][place] += 1
            self.lengths[place] += 1

    def scores(self, asking: Asking) -> Scores:
        found = np.zeros(len(self.lengths))
        texts = int((self.lengths > 0).sum())
        mean = float(self.lengths.sum()) / max(1, texts)
        for term in _understood(asking.text, asking.language).terms:
            held: Counter[int] = Counter()
            for form in set(term.forms) & self.holders.keys():
                held.update(self.holders[form])
            if not held:
                continue
            idf = math.log(1 + (texts - len(held) + 0.5) / (len(held) + 0.5))
            places = np.fromiter(held, int)
            times = np.fromiter(held.values(), float)
            length = 1 - B + B * self.lengths[places] / mean
            found[places] += idf * times * (K + 1) / (times + K * length)
        return found


class Simple:
    """One simple way, with what it saw so far. Ties are broken by lot, the same for all."""

    def __init__(self, alliance: Alliance, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.alliance = alliance
        self.places = {person.pk: n for n, person in enumerate(alliance.people)}
        self.towns = np.array([person.town.code for person in alliance.people])
        self.tie = rng.random(len(alliance.people))
        self.rng = random.Random(seed)
        self.learn(alliance.wrote)

    def learn(self, wrote: Iterable[Wrote]) -> None:
        for each in wrote:
            if each.shows == "person":
                self.note(each)

    def note(self, wrote: Wrote) -> None:
        """Something that names her who wrote it."""

    def read(self, thread: Thread) -> None:
        self.learn(thread.said)

    def scores(self, asking: Asking) -> Scores:
        return np.zeros(len(self.places))

    def choose(self, asking: Asking) -> list[int]:
        own = self.towns == self.alliance.by_pk[asking.asker].town.code
        scores = np.where(own, -np.inf, self.scores(asking))
        best = np.lexsort((self.tie, -scores))[:AT_MOST]
        return [self.alliance.people[place].pk for place in best]


class ByLot(Simple):
    def scores(self, asking: Asking) -> Scores:
        return np.array([self.rng.random() for _ in self.places])


class TopicsInCommon(Simple):
    def scores(self, asking: Asking) -> Scores:
        return np.array([float(len(p.topics & asking.topics)) for p in self.alliance.people])


class MostActive(Simple):
    def scores(self, asking: Asking) -> Scores:
        return np.array([person.activity for person in self.alliance.people])


class MostActiveInTopic(Simple):
    def learn(self, wrote: Iterable[Wrote]) -> None:
        self.__dict__.setdefault("number", defaultdict(lambda: np.zeros(len(self.places))))
        super().learn(wrote)

    def note(self, wrote: Wrote) -> None:
        self.number[wrote.topic][self.places[wrote.person]] += 1

    def scores(self, asking: Asking) -> Scores:
        return np.sum([self.number[topic] for topic in asking.topics], axis=0)


class LastInTopic(Simple):
    """Who signed something on the topic last."""

    def learn(self, wrote: Iterable[Wrote]) -> None:
        self.__dict__.setdefault("last", defaultdict(lambda: np.zeros(len(self.places))))
        self.__dict__.setdefault("clock", count(1))
        super().learn(wrote)

    def note(self, wrote: Wrote) -> None:
        self.last[wrote.topic][self.places[wrote.person]] = next(self.clock)

    def scores(self, asking: Asking) -> Scores:
        return np.max([self.last[topic] for topic in asking.topics], axis=0, initial=0)


class OverProfiles(Simple):
    """BM25 over what people say they can help with."""

    kinds: frozenset[str] = frozenset()

    def learn(self, wrote: Iterable[Wrote]) -> None:
        if not hasattr(self, "words"):
            self.words = Words(len(self.places))
            for person in self.alliance.people:
                self.words.add(self.places[person.pk], person.helps, person.writes)
        super().learn(wrote)

    def note(self, wrote: Wrote) -> None:
        if wrote.kind in self.kinds:
            self.words.add(self.places[wrote.person], wrote.text, wrote.language)

    def scores(self, asking: Asking) -> Scores:
        return self.words.scores(asking)


class OverSolved(OverProfiles):
    kinds = frozenset({"accepted", "author"})


class OverAll(OverProfiles):
    kinds = frozenset({"accepted", "author", "answered", "asked"})


class OverThreads(OverAll):
    """… and the questions of the year that they answered: who answered meets who asks alike."""

    def read(self, thread: Thread) -> None:
        super().read(thread)
        question, *answers = thread.said
        for each in answers:
            if each.shows == "person":
                self.words.add(self.places[each.person], question.text, question.language)


class ByVectors(Simple):
    """Whose texts mean most nearly what is asked: each of the nearest texts votes with its cosine.

    Not a simple way: it takes the house's model. The questions that she answered are texts of hers too.
    """

    def __init__(self, alliance: Alliance, seed: int, meaning: Meaning) -> None:
        self.meaning = meaning
        self.texts: list[tuple[int, int]] = []  # (row of the text, place of the person)
        super().__init__(alliance, seed)
        self.texts += [
            (meaning.rows[person.helps], self.places[person.pk])
            for person in alliance.people
            if person.helps in meaning.rows
        ]

    def note(self, wrote: Wrote) -> None:
        self.texts.append((self.meaning.rows[wrote.text], self.places[wrote.person]))

    def read(self, thread: Thread) -> None:
        super().read(thread)
        question, *answers = thread.said
        row = self.meaning.rows[question.text]
        self.texts += [(row, self.places[e.person]) for e in answers if e.shows == "person"]

    def scores(self, asking: Asking) -> Scores:
        vectors = self.meaning.query(understand_prose(asking.text, language=asking.language).text)
        rows, places = np.array(self.texts).T
        cosines = self.meaning.cosines(vectors)[rows]
        nearest = np.argpartition(-cosines, VOTES)[: VOTES + 1]
        found = np.zeros(len(self.places))
        np.add.at(found, places[nearest], cosines[nearest] - cosines[nearest].min())
        return found


BY_VECTORS = "nearest by vectors over all they wrote and the threads"
WAYS: dict[str, Callable[[Alliance, int], Simple]] = {
    "by lot": ByLot,
    "topics in common": TopicsInCommon,
    "most active": MostActive,
    "most active in the topic": MostActiveInTopic,
    "last in the topic": LastInTopic,
    "BM25 over profiles": OverProfiles,
    "BM25 over profiles, entries and what solved": OverSolved,
    "BM25 over profiles and all they wrote": OverAll,
    "BM25 over all they wrote and the threads": OverThreads,
}
# What they choose depends on what was written before; the others choose alike in every year.
LEARNING = (
    "most active in the topic",
    "last in the topic",
    "BM25 over profiles, entries and what solved",
    "BM25 over profiles and all they wrote",
    "BM25 over all they wrote and the threads",
    BY_VECTORS,
)
