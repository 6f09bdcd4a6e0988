"""What means the same in every language of the house: topics, cities, countries.

Words seldom meet across languages; "bike sharing" and "bicicleta compartida" do here. Passages and
questions get a **mark** for each concept they name, a term of its own in the index: a Korean article
and a Dutch question both hold the mark of Seoul. A passage that names a city also names its
country, and every passage bears the mark of its language, because who asks about Swedish towns is
mostly answered in Swedish.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import house.vocabulary
from house.retrieval.analysis import analyse, fold

MARK = "\ue000"  # private use: no text holds it after `analyse`, and FTS5 takes it for a letter
UNSPACED = frozenset({"ko", "he", "zh"})  # names stand inside longer words, so look within the text
TOPIC, PLACE, LANGUAGE = 0.2, 0.1, 0.7

_SHORTEST = {"zh": 2, "ko": 2, "he": 3}

_PLACES = Path(__file__).with_name("data") / "places.json"
_VOCABULARY = Path(house.vocabulary.__file__).parent / "data"


class Concept(NamedTuple):
    mark: str
    country: str = ""  # of a city
    languages: tuple[str, ...] = ()  # of a place


def is_mark(term: str) -> bool:
    return term.startswith(MARK)


def marks_of_passage(terms: Sequence[str], text: str, language: str) -> list[str]:
    """The marks to index with a passage; `terms` is what `analyse` made of the same text."""
    found = {_language_mark(language): None}
    for concept in _concepts(terms, text, language):
        found[concept.mark] = None
        if concept.country:
            found[_mark("p", concept.country)] = None
    return list(found)


def marks_of_question(terms: Sequence[str], text: str, language: str) -> dict[str, float]:
    """The marks to search with, each with the weight of its IDF on the scale of `ranking`."""
    found: dict[str, float] = {}
    for concept in _concepts(terms, text, language):
        found[concept.mark] = PLACE if concept.languages else TOPIC
        for spoken in concept.languages:
            found[_language_mark(spoken)] = LANGUAGE
    return found


def topics_named(text: str, language: str) -> list[str]:
    """Slugs of the topics that a text names by a label of its language, as often as it names them."""
    slugs = _topics_by_mark()
    return [
        slugs[c.mark] for c in _concepts(analyse(text, language), text, language) if c.mark in slugs
    ]


def places_named(text: str, language: str) -> list[str]:
    """The towns that a text names, each by one word for all languages, as often as it names them."""
    concepts = _concepts(analyse(text, language), text, language)
    return [concept.mark[2:] for concept in concepts if concept.country]


@cache
def cities_by_place() -> dict[str, str]:
    """What `places_named` calls the house's cities → their codes."""
    cities = _read(_VOCABULARY / "cities.json")
    named = ((name, city["code"]) for city in cities for name in (city["name"], city["short_name"]))
    return {_mark("p", name)[2:]: code for name, code in named}


@cache
def broader_topics() -> dict[str, str]:
    """Topic → the broader one, where there is one."""
    topics = _read(_VOCABULARY / "topics.json")
    return {topic["slug"]: topic["broader"] for topic in topics if topic["broader"]}


@cache
def _topics_by_mark() -> dict[str, str]:
    topics = _read(_VOCABULARY / "topics.json")
    return {_mark("t", topic["slug"]): topic["slug"] for topic in topics}


def _mark(kind: str, name: str) -> str:
    return MARK + kind + "".join(letter for letter in fold(name) if letter.isalnum())


def _language_mark(language: str) -> str:
    return _mark("l", language)


def _concepts(terms: Sequence[str], text: str, language: str) -> Iterator[Concept]:
    if language in UNSPACED:
        folded = fold(text)
        for name, concept in _names_within(language):
            if name in folded:
                yield concept
        return
    starts = _names_by_first_term(language)
    for place, term in enumerate(terms):
        for rest, concept in starts.get(term, ()):
            if tuple(terms[place + 1 : place + 1 + len(rest)]) == rest:
                yield concept


@cache
def _names_within(language: str) -> tuple[tuple[str, Concept], ...]:
    shortest = _SHORTEST[language]
    folded = {(fold(name), concept) for name, concept in _names(language)}
    return tuple((name, concept) for name, concept in sorted(folded) if len(name) >= shortest)


@cache
def _names_by_first_term(language: str) -> dict[str, list[tuple[tuple[str, ...], Concept]]]:
    starts: dict[str, list[tuple[tuple[str, ...], Concept]]] = {}
    for name, concept in _names(language):
        terms = tuple(analyse(name, language))
        entry = (terms[1:], concept)
        if terms and len("".join(terms)) > 1 and entry not in starts.get(terms[0], ()):
            starts.setdefault(terms[0], []).append(entry)
    return starts


def _names(language: str) -> Iterator[tuple[str, Concept]]:
    for topic in _read(_VOCABULARY / "topics.json"):
        concept = Concept(_mark("t", topic["slug"]))
        for name in (topic["labels"].get(language), *topic["alt_labels"].get(language, ())):
            if name:
                yield name, concept
    places = _read(_PLACES)["places"]
    spoken = {place["id"]: tuple(place["languages"]) for place in places if "languages" in place}
    for place in places:
        is_city = "languages" not in place
        country = place["country"]
        concept = Concept(_mark("p", place["id"]), country if is_city else "", spoken[country])
        for name in place["names"].get(language, ()):
            yield name, concept
    for city in _read(_VOCABULARY / "cities.json"):
        languages = tuple(tag.partition("-")[0] for tag in city["languages"])
        concept = Concept(_mark("p", city["name"]), city["country"], languages)
        yield city["names"].get(language, city["name"]), concept


def _read(path: Path) -> list | dict:
    return json.loads(path.read_text(encoding="utf-8"))
