"""The made-up alliance with real texts: what people ask, tell and offer is XQuAD's, in three languages.

**Subject.** One paragraph of XQuAD-R (48 articles of five, translated by people into English, German and
Spanish). Who knows a subject writes pieces of two sentences of its paragraph, in her language; who asks puts
one of its real questions (some five, written by readers of it) in hers. So words meet within a language,
names and figures between languages, and meaning everywhere, as in life. What somebody offers to help with
is one sentence of each subject that she claims; what a city is good at, one sentence in English.
**Field.** An article: who works in it knows its five subjects a little and one or two well.
**Topic.** One of ten themes that people would tag with (`THEMES`, put together by hand before anything was
measured), each of three to eight articles. Of what is written .7 bears the right theme, .15 another's, .15
none.
**Held out.** The first question of each paragraph was asked before the year and may stand in the house;
the others are asked in the year, each at most once in a language. Articles `TUNING` (every third) are for
choosing weights, the other 32 for reporting: they share neither texts nor questions.
**Languages.** Each city is like one of the house's sixteen: its zone, its country, its first language. XQuAD
has three of their languages; Dutch, Swedish and Danish are played by German, Catalan, Korean and Hebrew by
Spanish: 7/16 English, 6/16 German, 3/16 Spanish. So fewer pairs of people are foreign to each other than
in life. As in the made-up texts, four of five people elsewhere speak English too and three of five of
those write it: 48 % of the people of other cities ask, tell and offer in English, 71 % of all.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import house.vocabulary
from house.agora.bench.alliance import Issue, town
from house.agora.routing.facts import Town

QUESTIONS = 800  # a year: with more, who writes English would have to ask the same words again
FEWER = 300  # of the articles for tuning
LANGUAGES = ("en", "de", "es")
PLAYED_BY = {"nl": "de", "sv": "de", "da": "de", "ca": "es", "ko": "es", "he": "es", "en": "en"}
SENTENCES = 2  # of a piece
RIGHT, WRONG = 0.7, 0.15  # tags; the others are missing
EVERY = 3  # of the articles, the first is for tuning

THEMES = {
    "towns": "Warsaw Southern_California Victoria_(Australia) Fresno,_California Newcastle_upon_Tyne "
    "Jacksonville,_Florida Kenya Rhine",
    "past": "Normans Huguenot Black_Death Genghis_Khan Yuan_dynasty Imperialism French_and_Indian_War",
    "belief": "Martin_Luther Islamism United_Methodist_Church",
    "learning": "Teacher Private_school Harvard_University University_of_Chicago",
    "rules": "European_Union_law Scottish_Parliament Civil_disobedience "
    "Intergovernmental_Panel_on_Climate_Change",
    "money": "1973_oil_crisis Economic_inequality Construction",
    "shows": "Super_Bowl_50 Sky_(United_Kingdom) American_Broadcasting_Company Doctor_Who "
    "Victoria_and_Albert_Museum",
    "life": "Amazon_rainforest Ctenophora Pharmacy Immune_system Chloroplast",
    "machines": "Nikola_Tesla Steam_engine Apollo_program Packet_switching",
    "numbers": "Computational_complexity_theory Oxygen Geology Prime_number Force",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """`pieces`, `sentences` and `questions` by language; a question has the same place in each."""

    article: str
    pieces: dict[str, list[str]]
    sentences: dict[str, list[str]]
    questions: dict[str, list[str]]


def read(folder: Path) -> list[Subject]:
    """The 240 paragraphs of xquad-r's three files, in the files' order."""
    data = {
        tag: json.loads((folder / f"{tag}.json").read_text(encoding="utf-8"))["data"]
        for tag in LANGUAGES
    }
    return [
        _subject(articles[0]["title"], dict(zip(LANGUAGES, paragraphs, strict=True)))
        for articles in zip(*data.values(), strict=True)
        for paragraphs in zip(*(article["paragraphs"] for article in articles), strict=True)
    ]


def _subject(article: str, paragraphs: dict[str, dict]) -> Subject:
    sentences = {
        tag: [sentence.strip() for sentence in paragraph["sentences"] if sentence.strip()]
        for tag, paragraph in paragraphs.items()
    }
    pieces = {
        tag: [" ".join(each[n : n + SENTENCES]) for n in range(0, len(each), SENTENCES)]
        for tag, each in sentences.items()
    }
    asked = {
        tag: {question["id"]: question["question"].strip() for question in paragraph["qas"]}
        for tag, paragraph in paragraphs.items()
    }
    order = sorted(set.intersection(*map(set, asked.values())))
    questions = {tag: [of[key] for key in order] for tag, of in asked.items()}
    return Subject(article, pieces, sentences, questions)


class Real:
    """The tuning third of the articles, or the rest. Deals out its questions: one for each alliance."""

    def __init__(self, subjects: Sequence[Subject], *, tuning: bool) -> None:
        names = list(dict.fromkeys(subject.article for subject in subjects))
        mine = {name for n, name in enumerate(names) if (n % EVERY == 0) == tuning}
        themes = {name: theme for theme, named in THEMES.items() for name in named.split()}
        self.subjects = [subject for subject in subjects if subject.article in mine]
        self.issues = [
            Issue(number, themes[subject.article], subject.article)
            for number, subject in enumerate(self.subjects)
        ]
        self._left: dict[tuple[int, str], list[str]] = {}
        path = Path(house.vocabulary.__file__).parent / "data" / "cities.json"
        cities = json.loads(path.read_text(encoding="utf-8"))
        self._cities = [city for city in cities if city["country"] != "XX"]

    def town(self, rng: random.Random, number: int) -> tuple[Town, str]:
        like = rng.choice(self._cities)
        zone = like["time_zone"]
        language = PLAYED_BY[like["languages"][0]]
        region = zone.partition("/")[0]
        return town(rng, number, like["country"], region, (language,)), zone

    def said(self, rng: random.Random, issue: Issue, language: str) -> str:
        return rng.choice(self.subjects[issue.number].pieces[language])

    def offer(self, rng: random.Random, issues: Sequence[Issue], language: str) -> str:
        return " ".join(
            rng.choice(self.subjects[issue.number].sentences[language]) for issue in issues
        )

    def strength(self, rng: random.Random, issues: Sequence[Issue]) -> str:
        return self.offer(rng, issues, "en")

    def asked_before(self, rng: random.Random, issue: Issue, language: str) -> str:
        return self.subjects[issue.number].questions[language][0]

    def asks(self, rng: random.Random, issue: Issue, language: str) -> str:
        key = issue.number, language
        if key not in self._left:
            self._left[key] = self.subjects[issue.number].questions[language][1:]
            rng.shuffle(self._left[key])
        return self._left[key].pop() if self._left[key] else ""

    def tag(self, rng: random.Random, issue: Issue) -> str:
        drawn = rng.random()
        if drawn < RIGHT:
            return issue.topic
        return rng.choice(sorted(THEMES)) if drawn < RIGHT + WRONG else ""

    def asked_under(self, rng: random.Random, issue: Issue) -> frozenset[str]:
        return frozenset(filter(None, [self.tag(rng, issue)]))

    def offers(self, text: str, issue: int) -> bool:
        """Whether what somebody offers holds a sentence of this subject."""
        return any(
            each in text for tag in LANGUAGES for each in self.subjects[issue].sentences[tag]
        )

    def texts(self) -> list[tuple[str, str]]:
        """(text, language) of all that can be told or asked here: what may have to be embedded."""
        return list(
            dict.fromkeys(
                (text, tag)
                for subject in self.subjects
                for tag in LANGUAGES
                for text in (*subject.pieces[tag], *subject.questions[tag])
            )
        )
