import pytest

from house.vocabulary.languages import LANGUAGES
from house.vocabulary.loading import load_vocabulary
from house.vocabulary.models import City, CityFact, Topic

pytestmark = pytest.mark.django_db


def test_the_sixteen_cities_have_sourced_figures():
    load_vocabulary()

    real = City.objects.real()
    assert real.count() == 16
    for city in real:
        population = CityFact.objects.get(city=city, name="population")
        assert population.value > 10_000
        assert population.source
        assert population.url.startswith("https://")
        assert population.year


def test_every_topic_has_a_label_in_every_language():
    load_vocabulary()

    assert Topic.objects.count() >= 60
    for topic in Topic.objects.all():
        assert set(topic.labels) >= set(LANGUAGES), topic.slug


def _rows() -> list[list[dict]]:
    # by key: PostgreSQL gives rows of one name in the order in which they were written last
    return [list(model.objects.order_by("pk").values()) for model in (Topic, City, CityFact)]


def test_loading_again_changes_nothing():
    first = load_vocabulary()
    rows = _rows()

    assert load_vocabulary() == first
    assert rows == _rows()


def test_topics_make_a_tree_without_circles():
    load_vocabulary()

    broader = dict(Topic.objects.values_list("slug", "broader_id"))
    for start in broader:
        seen, at = set(), start
        while at is not None:
            assert at not in seen, f"{at} is broader than itself"
            seen.add(at)
            at = broader.get(at)
