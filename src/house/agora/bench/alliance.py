"""A made-up alliance: cities, people, what they know, what of it shows, and what they ask.

What somebody knows (`Somebody.knows`) is hidden: the router and the baselines see only what people
show, and that is noisy. People claim what they would like to know, are interested in what they know
nothing about, keep fields back, write much because they like to write, and are named or not.
Which words all this is said in comes from a `World`: `MadeUp` here, real texts in `real`.
Deterministic: the same seed makes the same alliance.
"""

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol

import house.vocabulary
from house.agora.routing.facts import Town

CITIES, PEOPLE, QUESTIONS = 200, 2000, 1500
TOPICS, ISSUES_A_TOPIC = 36, 3
WORDS_AN_ISSUE = 9
EXPERT = 0.7  # of hidden knowledge
IN_ENGLISH = 0.6  # of those elsewhere who speak it, so many write it too

_REGIONS = {  # region → (zones, languages of its countries)
    "north": (("Europe/Stockholm", "Europe/Copenhagen"), ("sv", "da", "fi")),
    "west": (("Europe/Amsterdam", "Europe/Paris"), ("nl", "fr", "de")),
    "south": (("Europe/Madrid", "Europe/Lisbon"), ("es", "ca", "pt")),
    "america": (("America/Toronto", "America/New_York", "America/Vancouver"), ("en", "fr", "es")),
    "asia": (("Asia/Seoul", "Asia/Singapore"), ("ko", "en", "zh")),
    "africa": (("Africa/Johannesburg", "Africa/Nairobi"), ("en", "fr")),
}
_TERRAIN = ("harbour", "river", "canals", "coast", "lake", "hills")
_START, _MIDDLE, _END = (
    ("b", "br", "d", "f", "gr", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v"),
    ("a", "e", "i", "o", "u", "ai", "ou"),
    ("n", "r", "l", "s", "t", "nd", "rk", "st", "m"),
)
_FILLER = tuple(
    "city plan pilot council people work year project street team question report data rule first "  # noqa: SIM905
    "new local public results experience budget department start learned change process partner".split()
)


@dataclass(frozen=True, slots=True)
class Issue:
    """People work in a `field`, which holds a few issues; a topic holds one or several fields."""

    number: int
    topic: str
    field: str


class World(Protocol):
    """What there is to know, where cities lie and what is said about an issue in a language."""

    issues: Sequence[Issue]

    def town(self, rng: random.Random, number: int) -> tuple[Town, str]:
        """A city with its time zone; its first language is the one at home."""
        ...

    def said(self, rng: random.Random, issue: Issue, language: str) -> str: ...

    def offer(self, rng: random.Random, issues: Sequence[Issue], language: str) -> str:
        """What somebody says she can help with."""
        ...

    def strength(self, rng: random.Random, issues: Sequence[Issue]) -> str:
        """What a city says it is good at."""
        ...

    def asked_before(self, rng: random.Random, issue: Issue, language: str) -> str:
        """A question from before the year."""
        ...

    def asks(self, rng: random.Random, issue: Issue, language: str) -> str:
        """A question of the year; empty where nothing is left to ask about it in that language."""
        ...

    def tag(self, rng: random.Random, issue: Issue) -> str:
        """The topic that somebody puts to what she wrote, or ""."""
        ...

    def asked_under(self, rng: random.Random, issue: Issue) -> frozenset[str]:
        """The topics that an asker names."""
        ...


@dataclass(slots=True)
class Somebody:
    pk: int
    town: Town
    zone: str
    languages: tuple[str, ...]
    writes: str
    knows: dict[int, float]  # issue → 0 to 1: hidden
    topics: frozenset[str] = frozenset()
    helps: str = ""
    activity: float = 1.0


@dataclass(frozen=True, slots=True)
class Wrote:
    """What she wrote. `shows` is whether it names her, her city alone, or nobody."""

    pk: int
    person: int
    kind: str  # a deed of `routing.facts.WORTH`
    issue: int
    language: str
    text: str
    shows: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    asker: int
    day: int
    issue: int
    language: str
    text: str
    topics: frozenset[str]


@dataclass
class Alliance:
    world: World
    people: list[Somebody]
    wrote: list[Wrote]
    asked: list[Asking]
    strengths: dict[str, str] = field(default_factory=dict)  # city → what it says it is good at

    @cached_property
    def by_pk(self) -> dict[int, Somebody]:
        return {person.pk: person for person in self.people}

    @cached_property
    def knowing(self) -> dict[int, list[Somebody]]:
        known: dict[int, list[Somebody]] = {issue.number: [] for issue in self.world.issues}
        for person in self.people:
            for issue, much in person.knows.items():
                if much >= EXPERT:
                    known[issue].append(person)
        return known

    def offers(self) -> list[tuple[str, str]]:
        """(text, language) of what people and cities say they can help with, each once."""
        said = [(person.helps, person.writes) for person in self.people if person.helps]
        return list(
            dict.fromkeys(said + [(text, "en") for text in self.strengths.values() if text])
        )

    def experts(self, asking: Asking) -> set[int]:
        """Hidden: who knows the issue, lives elsewhere and shares a language with the asker."""
        asker = self.by_pk[asking.asker]
        spoken = {asking.language, *asker.languages}
        return {
            person.pk
            for person in self.knowing[asking.issue]
            if person.town.code != asker.town.code and spoken & set(person.languages)
        }


def make(
    seed: int,
    *,
    cities: int = CITIES,
    people: int = PEOPLE,
    questions: int = QUESTIONS,
    world: World | None = None,
    in_english: float = IN_ENGLISH,
) -> Alliance:
    """The same seed makes the same alliance. A `world` that deals out its questions makes one only."""
    rng = random.Random(seed)
    world = world or MadeUp(rng)
    towns = [world.town(rng, number) for number in range(cities)]
    persons = [
        _person(rng, pk, *rng.choice(towns), world, in_english=in_english)
        for pk in range(1, people + 1)
    ]
    alliance = Alliance(world, persons, _writing(rng, persons, world), [])
    alliance.strengths = _strengths(rng, persons, world)
    alliance.asked = _asking(rng, persons, world, questions)
    return alliance


class MadeUp:
    """Issues with words of their own in each language: nothing of them meets across languages."""

    def __init__(self, rng: random.Random) -> None:
        path = Path(house.vocabulary.__file__).parent / "data" / "topics.json"
        slugs = [topic["slug"] for topic in json.loads(path.read_text(encoding="utf-8"))]
        languages = sorted({"en", *(tag for _z, tags in _REGIONS.values() for tag in tags)})
        topics = [topic for topic in rng.sample(slugs, TOPICS) for _ in range(ISSUES_A_TOPIC)]
        self.issues = [Issue(number, topic, topic) for number, topic in enumerate(topics)]
        self._words = [
            {tag: tuple(_word(rng) for _ in range(WORDS_AN_ISSUE)) for tag in languages}
            for _issue in self.issues
        ]

    def town(self, rng: random.Random, number: int) -> tuple[Town, str]:
        region = rng.choice(list(_REGIONS))
        zones, tags = _REGIONS[region]
        language = rng.choice(tags)
        return town(rng, number, f"{region}-{language}", region, (language,)), rng.choice(zones)

    def said(self, rng: random.Random, issue: Issue, language: str) -> str:
        return self._text(rng, [issue], language, own=(3, 6), filler=(12, 30))

    def offer(self, rng: random.Random, issues: Sequence[Issue], language: str) -> str:
        return self._text(rng, issues, language, own=(2, 4), filler=(4, 9))

    def strength(self, rng: random.Random, issues: Sequence[Issue]) -> str:
        return self._text(rng, issues, "en", own=(1, 3), filler=(5, 9))

    def asked_before(self, rng: random.Random, issue: Issue, language: str) -> str:
        return self.said(rng, issue, language)

    def asks(self, rng: random.Random, issue: Issue, language: str) -> str:
        return self._text(rng, [issue], language, own=(3, 5), filler=(5, 10))

    def tag(self, rng: random.Random, issue: Issue) -> str:
        return issue.topic

    def asked_under(self, rng: random.Random, issue: Issue) -> frozenset[str]:
        return frozenset({issue.topic if rng.random() < 0.8 else rng.choice(self.issues).topic})

    def _text(
        self,
        rng: random.Random,
        issues: Sequence[Issue],
        language: str,
        *,
        own: tuple[int, int],
        filler: tuple[int, int],
    ) -> str:
        words = [
            word
            for issue in issues
            for word in rng.sample(self._words[issue.number][language], rng.randint(*own))
        ]
        words += rng.choices(_FILLER, k=rng.randint(*filler))
        rng.shuffle(words)
        return " ".join(words)


def _word(rng: random.Random) -> str:
    parts = (rng.choice(_START) + rng.choice(_MIDDLE) + rng.choice(_END) for _ in range(2))
    return "".join(parts)


def town(
    rng: random.Random, number: int, country: str, region: str, languages: tuple[str, ...]
) -> Town:
    return Town(
        f"c{number}", country, region,
        population=rng.lognormvariate(13, 0.9),
        terrain=frozenset(rng.sample(_TERRAIN, rng.choice((0, 1, 1, 2)))),
        languages=languages,
    )  # fmt: skip


def _person(
    rng: random.Random, pk: int, town: Town, zone: str, world: World, *, in_english: float
) -> Somebody:
    issues = world.issues
    fields = rng.sample(sorted({issue.field for issue in issues}), rng.choice((1, 1, 2)))
    own = [issue for issue in issues if issue.field in fields]
    knows = {issue.number: rng.uniform(0.05, 0.4) for issue in own}
    for issue in rng.sample(own, min(len(own), rng.choice((1, 1, 2)))):
        knows[issue.number] = rng.uniform(0.45, 1.0)
    languages = tuple(dict.fromkeys([*town.languages, *(["en"] if rng.random() < 0.8 else [])]))
    writes = "en" if "en" in languages and rng.random() < in_english else languages[0]
    person = Somebody(pk, town, zone, languages, writes, knows)
    person.activity = rng.lognormvariate(0.6, 1.0)  # a few write very much, most little
    of_field = {issue.field: issue.topic for issue in own}
    interests = {of_field[each] for each in fields if rng.random() < 0.7}
    interests |= set(rng.sample(sorted({i.topic for i in issues}), rng.choice((0, 1, 2, 3))))
    person.topics = frozenset() if rng.random() < 0.1 else frozenset(interests)
    if rng.random() < 0.6 and rng.random() > 0.15:  # says so at all, and does not keep it back
        claimed = [number for number, much in knows.items() if much > 0.45 and rng.random() < 0.6]
        claimed += [issue.number for issue in rng.sample(issues, 1) if rng.random() < 0.35]
        claimed += [n for n, much in knows.items() if much <= 0.45 and rng.random() < 0.2]
        person.helps = world.offer(rng, [issues[n] for n in claimed], writes)
    return person


def how_shown(rng: random.Random) -> str:
    return rng.choices(("person", "city", "nobody"), weights=(60, 25, 15))[0]


def is_good(rng: random.Random, much: float) -> bool:
    """Whether an answer of somebody who knows so much solves it for the asker."""
    return rng.random() < 0.08 + 0.5 * much**2


def _writing(rng: random.Random, persons: list[Somebody], world: World) -> list[Wrote]:
    """Half of what people write is about what they know; the rest about what they are interested in."""
    made: list[Wrote] = []
    issues = world.issues
    for person in persons:
        for _ in range(min(40, int(person.activity * rng.uniform(0.3, 1.7)))):
            if rng.random() < 0.5:
                number = rng.choices(list(person.knows), weights=list(person.knows.values()))[0]
            else:
                near = [i.number for i in issues if i.topic in person.topics] or list(person.knows)
                number = rng.choice(near)
            much = person.knows.get(number, 0.1)
            kind = rng.choices(("answered", "author", "asked"), weights=(5, 2, 3))[0]
            if kind == "answered" and is_good(rng, much):
                kind = "accepted"
            if kind == "author" and much < 0.3:
                kind = "asked"  # nobody tells of a case that was not hers
            tell = world.asked_before if kind == "asked" else world.said
            text = tell(rng, issues[number], person.writes)
            shows = how_shown(rng)
            made.append(
                Wrote(
                    len(made) + 1,
                    person.pk,
                    kind,
                    number,
                    person.writes,
                    text,
                    shows,
                    world.tag(rng, issues[number]),
                )
            )
    return made


def _strengths(rng: random.Random, persons: list[Somebody], world: World) -> dict[str, str]:
    by_town: dict[str, Counter[int]] = {}
    for person in persons:
        counted = by_town.setdefault(person.town.code, Counter())
        for number, much in person.knows.items():
            counted[number] += much
    return {
        code: world.strength(rng, [world.issues[n] for n, _much in counted.most_common(3)])
        for code, counted in by_town.items()
        if rng.random() < 0.5
    }


def _asking(rng: random.Random, persons: list[Somebody], world: World, number: int) -> list[Asking]:
    """A year of questions. Some issues are asked about much, most seldom; who asks does not know."""
    order = rng.sample(world.issues, len(world.issues))
    weights = [1 / (place + 3) ** 0.7 for place in range(len(order))]
    made: list[Asking] = []
    while len(made) < number:
        issue = rng.choices(order, weights=weights)[0]
        asker = rng.choice(persons)
        while asker.knows.get(issue.number, 0) > 0.4:
            asker = rng.choice(persons)
        text = world.asks(rng, issue, asker.writes)
        topics = world.asked_under(rng, issue)
        if text:
            day = len(made) * 365 // number
            made.append(Asking(asker.pk, day, issue.number, asker.writes, text, topics))
    return made
