"""Places and topics of our vocabulary in what documents say of themselves. Only what is sure is matched."""

import re
from collections.abc import Iterable

from house.vocabulary.models import City, Topic

# As a place this may also be a state.
_AMBIGUOUS = {"washington"}
_MOST_TOPICS = 5
_LONGEST_LABEL = 5  # words
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class Vocabulary:
    """Read once for each import."""

    def __init__(self) -> None:
        self._cities: dict[str, str] = {}
        # every row: cities and topics are public
        for city in City.objects.filter(is_invented=False):
            for name in {city.name, *city.names.values()}:
                for told in (name, f"{name} {city.country_name}"):
                    self._cities.setdefault(_plain(told), city.code)
        self._topics: dict[str, dict[str, str]] = {}
        # every row: as above
        for topic in Topic.objects.all():
            self._topics.setdefault("", {})[topic.slug.replace("-", " ")] = topic.slug
            for language, label in topic.labels.items():
                names = [label, *topic.alt_labels.get(language, [])]
                for name in names:
                    self._topics.setdefault(language, {}).setdefault(_plain(name), topic.slug)

    def city(self, place: str) -> str:
        """The code of the city that a place surely names, or an empty string."""
        for told in (place, re.split(r"\s[–—-]\s|[,;(]", place, maxsplit=1)[0]):
            name = _plain(told)
            if name not in _AMBIGUOUS and name in self._cities:
                return self._cities[name]
        return ""

    def topics(
        self, *, given: Iterable[str], title: str, headings: Iterable[str], language: str
    ) -> list[str]:
        """Slugs: named ones by slug or any language's label, then labels that stand in title or headings.

        In a heading only labels of two words or more count: "Housing" may head anything.
        """
        found: dict[str, None] = {}
        for name in given:
            plain = _plain(name)
            slug = next((each[plain] for each in self._topics.values() if plain in each), None)
            if slug:
                found[slug] = None
        labels = {**self._topics.get("en", {}), **self._topics.get(language, {})}
        for slug in _labels_in(title, labels, fewest=1):
            found[slug] = None
        for heading in dict.fromkeys(headings):
            for slug in _labels_in(heading, labels, fewest=2):
                found[slug] = None
        return list(found)[:_MOST_TOPICS]


def _labels_in(text: str, labels: dict[str, str], *, fewest: int) -> Iterable[str]:
    words = _WORD.findall(_plain(text))
    for start in range(len(words)):
        for end in range(min(len(words), start + _LONGEST_LABEL), start + fewest - 1, -1):
            slug = labels.get(" ".join(words[start:end]))
            if slug:
                yield slug
                break


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold().replace(".", "")))
