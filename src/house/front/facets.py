"""The filters beside a search: what may be chosen, how many each holds, what is chosen already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise

from house.access.viewer import Viewer
from house.front.forms import FACET_LABELS, KNOWN_LABELS
from house.retrieval.search import Filters
from house.vocabulary.models import City, Topic

MOST = 40  # values of one facet; a longer list is not read but searched

Labels = Mapping[str, str | Promise]


@dataclass(frozen=True, slots=True)
class Facet:
    """`choices` are (value, label, count, is chosen), as `components/facet.html` reads them."""

    name: str
    label: str | Promise
    choices: list[tuple[str, str | Promise, int, bool]]

    @property
    def is_used(self) -> bool:
        return any(chosen for *_rest, chosen in self.choices)


@dataclass(frozen=True, slots=True)
class Chosen:
    """One filter in force; `without` is the address that drops it."""

    label: str | Promise
    without: str


def facets_for(
    counts: Mapping[str, Sequence[tuple[str, int]]], filters: Filters, viewer: Viewer
) -> list[Facet]:
    """Counted values with their labels, what is chosen first."""
    facets = []
    for name, label in FACET_LABELS.items():
        chosen = getattr(filters, name)
        counted = dict(counts.get(name, ()))
        # What is chosen comes first, even where it counts nothing now.
        counted = {value: counted.pop(value, 0) for value in chosen} | counted
        labels = _labels(name, counted, viewer)
        choices = [
            (value, labels[value], count, value in chosen)
            for value, count in counted.items()
            if value in labels
        ][:MOST]
        facets.append(Facet(name, label, choices))
    return facets


def chosen_of(facets: Sequence[Facet], address: QueryDict) -> list[Chosen]:
    found = []
    for facet in facets:
        for value, label, _count, is_chosen in facet.choices:
            if is_chosen:
                found.append(Chosen(label, _without(address, facet.name, value)))
    for name in ("since", "until"):
        if year := address.get(name):
            found.append(Chosen(year, _without(address, name, year)))
    return found


def _without(address: QueryDict, name: str, value: str) -> str:
    rest = address.copy()
    rest.setlist(name, [other for other in rest.getlist(name) if other != value])
    rest.pop("page", None)
    return f"?{rest.urlencode()}"


def _labels(name: str, values: Mapping[str, int], viewer: Viewer) -> Labels:
    if name in KNOWN_LABELS:
        known = KNOWN_LABELS[name]
        # A language that the house does not speak is shown by its tag.
        return {
            value: known.get(value, value)
            for value in values
            if value in known or name == "language"
        }
    if name == "topic":
        topics = Topic.objects.visible_to(viewer).in_bulk(list(values))
        return {slug: topic.label() for slug, topic in topics.items()}
    cities = City.objects.visible_to(viewer)
    if name == "city":
        return {city.slug: city.label() for city in cities.filter(slug__in=values)}
    return dict(cities.filter(country__in=values).values_list("country", "country_name"))
