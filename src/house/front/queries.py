"""Questions that the front's pages ask of several floors at once. All begin at a door."""

from collections.abc import Iterable

from house.access.viewer import Viewer
from house.people.models import Person
from house.vocabulary.models import City, CityFact, Topic


def population_of(facts: Iterable[CityFact]) -> float:
    return next((fact.value for fact in facts if fact.name == "population"), 0.0)


def cities_with_population(viewer: Viewer) -> list[tuple[City, float]]:
    """Every real city with the number that draws its skyline, in two queries."""
    people = dict(
        CityFact.objects.visible_to(viewer)
        .filter(name="population")
        .values_list("city_id", "value")
    )
    return [(city, people.get(city.pk, 0.0)) for city in City.objects.visible_to(viewer).real()]


def people_of(city: City, viewer: Viewer) -> list[Person]:
    """Those of the city whom the viewer may see."""
    return list(Person.objects.visible_to(viewer).filter(city=city, is_active=True)[:24])


def topic_tree(viewer: Viewer) -> list[tuple[Topic, list[Topic]]]:
    """Each top concept with the concepts below it, whatever their depth, in one query."""
    topics = list(Topic.objects.visible_to(viewer))
    parents = {topic.pk: topic.broader_id for topic in topics}
    below: dict[str, list[Topic]] = {topic.pk: [] for topic in topics if topic.broader_id is None}
    for topic in topics:
        root = topic.pk
        while parents[root] is not None:
            root = parents[root]
        if root != topic.pk:
            below[root].append(topic)
    return [(topic, below[topic.pk]) for topic in topics if topic.pk in below]
