"""The member directory: who of the alliance does what, speaks what, can help with what.

Everything is made from the rows that pass the door: the list, the numbers beside the filters and the
filters themselves. What a person keeps from her colleagues is taken out before a word is compared, so
that asking for it finds nothing. One read of short rows serves an alliance of some thousand persons,
alike on every database, and can't be stale.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from house.access.viewer import Viewer
from house.ground.text import folded
from house.people.cards import Card, card_of
from house.people.models import Person
from house.people.roll import belongs
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.likeness import alike_to
from house.vocabulary.models import City, Topic

SIZE = 24
MOST_WORDS = 8
MOST = 40  # values of one facet; a longer list is not read but searched
FOUNDATION = "-"  # stands among the cities for those who work for none
FACETS = ("city", "country", "topic", "language")


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address. `q` looks in name, role, "can help with" and "looks for"."""

    q: str = ""
    helps: str = ""
    looks: str = ""
    order: str = ""  # "alike": of cities like hers first
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_filtered(self) -> bool:
        return bool(self.q or self.helps or self.looks or any(self.chosen.values()))


@dataclass(frozen=True, slots=True)
class Facet:
    """`choices` are (value, label, count, is chosen), as `components/facet.html` reads them."""

    name: str
    choices: list[tuple[str, str, int, bool]]

    @property
    def is_used(self) -> bool:
        return any(chosen for *_rest, chosen in self.choices)


@dataclass(frozen=True, slots=True)
class Directory:
    cards: list[Card]
    page: Page[int]
    total: int
    facets: list[Facet]


@dataclass(frozen=True, slots=True)
class _Row:
    """One listed person as far as she may be compared and counted."""

    pk: int
    name: str
    role: str
    helps: str
    looks: str
    values: dict[str, tuple[str, ...]]


def listed(viewer: Viewer) -> QuerySet[Person]:
    """Whom the directory shows this viewer. The office, too, finds here only who chose to be found."""
    return Person.objects.visible_to(viewer).filter(belongs(), is_listed=True)


def look_up(asked: Asked, viewer: Viewer, *, page: int = 1) -> Directory:
    """The page of persons that match, and each filter's values counted under the other filters."""
    cities = City.objects.visible_to(viewer).in_bulk()
    wanted = _wanted(asked)
    rows = [row for row in _rows(viewer, cities) if _says(row, wanted)]
    if asked.order == "alike":
        rows = _alike_first(rows, cities, viewer)
    found = [row.pk for row in rows if all(_has(row, name, asked) for name in FACETS)]
    shown = Paginator(found, SIZE).get_page(page)
    persons = listed(viewer).select_related("city").in_bulk(list(shown))
    return Directory(
        # Between the two questions somebody may have left: she is left out.
        cards=[card_of(persons[pk], viewer) for pk in shown if pk in persons],
        page=shown,
        total=len(found),
        facets=_facets(rows, asked, _labels(cities.values(), viewer)),
    )


def _rows(viewer: Viewer, cities: Mapping[str, City]) -> Iterator[_Row]:
    """Everybody listed, in the order of names, without what each keeps from her colleagues."""
    through = Person.topics.through
    # every row: narrowed by the door itself
    pairs = through.objects.filter(person__in=listed(viewer)).values_list("person_id", "topic_id")
    topics: dict[int, list[str]] = defaultdict(list)
    for person, topic in pairs:
        topics[person].append(topic)
    told = listed(viewer).values_list(
        "pk", "name", "city_id", "withheld", "job_title", "can_help_with", "looks_for", "languages"
    )
    for pk, name, code, withheld, role, help_text, look_text, languages in told.order_by(
        "name", "pk"
    ):
        kept = frozenset(withheld)
        city = cities.get(code)
        yield _Row(
            pk,
            name,
            "" if "job_title" in kept else role,
            "" if "can_help_with" in kept else help_text,
            "" if "looks_for" in kept else look_text,
            {
                "city": (city.slug,) if city else (FOUNDATION,),
                "country": (city.country,) if city else (),
                "topic": () if "topics" in kept else tuple(topics[pk]),
                "language": () if "languages" in kept else tuple(languages),
            },
        )


def _alike_first(rows: list[_Row], cities: Mapping[str, City], viewer: Viewer) -> list[_Row]:
    """Her own city's before all, then by likeness; the foundation's people last. In a city by name."""
    own = next(iter(sorted(viewer.city_ids)), "")
    codes = [own, *(each.code for each in alike_to(own, viewer))] if own else []
    place = {(cities[code].slug,): number for number, code in enumerate(codes) if code in cities}
    return sorted(rows, key=lambda row: place.get(row.values["city"], len(place)))


def _says(row: _Row, wanted: Sequence[tuple[str, list[str]]]) -> bool:
    """Every word typed stands somewhere in what it was typed for."""
    told = {
        "q": (row.name, row.role, row.helps, row.looks),
        "helps": (row.helps,),
        "looks": (row.looks,),
    }
    for name, typed in wanted:
        words = "\n".join(map(folded, told[name]))  # each apart: most are plain and quickly folded
        if not all(word in words for word in typed):
            return False
    return True


def _wanted(asked: Asked) -> list[tuple[str, list[str]]]:
    """Field of the form → its words, where it has any."""
    typed = {"q": asked.q, "helps": asked.helps, "looks": asked.looks}
    split = ((name, folded(words).split()[:MOST_WORDS]) for name, words in typed.items())
    return [(name, words) for name, words in split if words]


def _has(row: _Row, name: str, asked: Asked) -> bool:
    chosen = asked.chosen.get(name, ())
    return not chosen or not set(chosen).isdisjoint(row.values[name])


def _facets(rows: list[_Row], asked: Asked, labels: Mapping[str, Mapping[str, str]]) -> list[Facet]:
    return [_facet(name, rows, asked, labels[name]) for name in FACETS]


def _facet(name: str, rows: list[_Row], asked: Asked, labels: Mapping[str, str]) -> Facet:
    others = [other for other in FACETS if other != name]
    counts = Counter(
        value
        for row in rows
        if all(_has(row, other, asked) for other in others)
        for value in set(row.values[name])
        if value in labels
    )
    chosen = asked.chosen.get(name, ())
    # What is chosen comes first, even where it counts nothing now; what nobody knows is not echoed.
    order = [value for value in chosen if value in labels]
    order += sorted(counts.keys() - set(order), key=lambda value: (-counts[value], labels[value]))
    return Facet(
        name, [(value, labels[value], counts[value], value in chosen) for value in order[:MOST]]
    )


def _labels(cities: Iterable[City], viewer: Viewer) -> dict[str, dict[str, str]]:
    known = list(cities)
    return {
        "city": {city.slug: city.label() for city in known} | {FOUNDATION: _("The foundation")},
        "country": {city.country: city.country_name for city in known},
        "topic": {topic.pk: topic.label() for topic in Topic.objects.visible_to(viewer)},
        "language": LANGUAGES,
    }
