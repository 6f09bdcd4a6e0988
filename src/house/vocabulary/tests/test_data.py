"""The cities and topics as shipped."""

import json
import zoneinfo

import pytest

from house.vocabulary.context import WORDS
from house.vocabulary.languages import LANGUAGES
from house.vocabulary.loading import DATA

CITIES = json.loads((DATA / "cities.json").read_text(encoding="utf-8"))
TOPICS = json.loads((DATA / "topics.json").read_text(encoding="utf-8"))
# The fields that the alliance's own page names.
NAMED = {
    "consumer-rights", "worker-rights", "safety-and-security", "data-protection", "licensing", "zoning",
    "taxation", "regulation", "social-cohesion", "inclusion", "sustainability", "economic-resilience",
    "innovation", "housing", "tourism", "entrepreneurship", "mobility", "citizen-participation",
    "bike-sharing", "ride-hailing", "minimum-pay-for-gig-workers", "city-platforms", "commons",
    "circular-economy", "energy-transition", "poverty-reduction", "short-term-rental", "city-pass",
    "mapping-sharing-initiatives", "accessible-transport", "big-data-pilots", "student-housing",
    "renewable-energy", "social-ties", "cooperative-grassroots-development", "climate-neutrality",
    "automation-and-platformisation",
}  # fmt: skip


def test_sixteen_cities_and_one_invented():
    assert len([city for city in CITIES if not city["is_invented"]]) == 16
    assert [city["name"] for city in CITIES if city["is_invented"]] == ["Port Meridian"]


def test_every_figure_names_its_source_and_year():
    for city in CITIES:
        facts = {fact["name"]: fact for fact in city["facts"]}
        if not city["is_invented"]:
            assert set(facts) - {"area"} == {"population", "latitude", "longitude"}
            assert facts["latitude"]["value"] == city["latitude"]
        for fact in facts.values():
            assert isinstance(fact["value"], int | float)
            assert 1990 < fact["year"] < 2030
            assert fact["source"]
            assert fact["url"].startswith("https://")


def test_time_zones_exist():
    for city in CITIES:
        zoneinfo.ZoneInfo(city["time_zone"])


def test_topics_are_enough_and_cover_what_the_alliance_names():
    slugs = [topic["slug"] for topic in TOPICS]
    assert len(slugs) == len(set(slugs)) >= 60
    assert set(slugs) >= NAMED


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic["slug"])
def test_a_topic_is_labelled_in_every_language(topic):
    assert set(topic["labels"]) == set(topic["alt_labels"]) == set(LANGUAGES)
    assert topic["definition"]
    for language, others in topic["alt_labels"].items():
        words = [topic["labels"][language], *others]
        assert all(word == word.strip() and word for word in words)
        # SKOS S13: a label is preferred or alternative, never both.
        assert len({word.casefold() for word in words}) == len(words) >= 2


def test_no_two_topics_share_a_preferred_label():
    for language in LANGUAGES:
        preferred = [topic["labels"][language].casefold() for topic in TOPICS]
        assert len(preferred) == len(set(preferred))


def test_broader_topics_exist_and_never_lead_in_a_circle():
    broader = {topic["slug"]: topic["broader"] for topic in TOPICS}
    for slug, above in broader.items():
        seen, at = {slug}, above
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = broader[at]


def test_every_trait_is_a_word_of_the_house_with_its_source_and_year():
    for city in CITIES:
        for trait in city.get("traits", ()):
            assert set(trait["values"]) <= set(WORDS[trait["name"]])
            assert trait["source"]
            assert trait["url"].startswith("https://")
            assert 1900 < trait["year"] <= 2026
