"""What the demonstration promises, read from its files."""

import itertools
import json
from collections import Counter

import pytest

from house.alex.completeness import problems
from house.alex.content import is_empty, tidy
from house.alex.demo.reading import ENTRIES, adoptions, entries
from house.alex.kinds import KINDS
from house.ground.html import sanitise, to_text
from house.vocabulary.loading import DATA

ALL = list(entries())
CITIES = {
    row["code"] for row in json.loads((DATA / "cities.json").read_text()) if not row["is_invented"]
}
TOPICS = {row["slug"] for row in json.loads((DATA / "topics.json").read_text())}
each_entry = pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.name)
# Two or three of our languages write a word's worth in one or two signs.
DENSE = {"zh": 0.33, "ko": 0.5, "he": 0.75}


def test_there_are_enough_of_every_kind_and_language():
    assert len(ALL) >= 64
    assert {entry.kind for entry in ALL} == set(KINDS)
    languages = Counter(entry.content["language"] for entry in ALL)
    assert set(languages) == {
        "en",
        "nl",
        "es",
        "fr",
        "de",
        "sv",
        "da",
        "ca",
        "pt",
        "ko",
        "he",
        "zh",
    }
    assert min(languages.values()) >= 3


def test_failures_are_told_and_composite():
    told = [entry for entry in ALL if entry.content["outcome"] in {"failed", "mixed"}]
    composite = [entry for entry in told if not entry.content["city"]]
    assert len(composite) >= 10
    assert sum(entry.content["outcome"] == "failed" for entry in ALL) >= 8


def test_every_partner_city_has_its_story():
    assert {entry.content["city"] for entry in ALL} - {""} == CITIES


@pytest.mark.parametrize("topic", ["short-term-rental", "bike-sharing", "platform-work"])
def test_the_public_finds_the_three_great_topics_in_several_languages(topic):
    public = [
        entry
        for entry in ALL
        if entry.content["audience"] == "public" and topic in entry.content["topics"]
    ]
    assert len(public) >= 8
    assert len({entry.content["language"] for entry in public}) >= 4


def test_the_doors_have_something_to_hide():
    hidden = Counter(entry.content["audience"] for entry in ALL)
    assert {"alliance", "city", "circle"} <= set(hidden)


@each_entry
def test_an_entry_could_be_handed_in(entry):
    content = tidy(entry.kind, entry.content)
    assert problems(entry.kind, content) == {}
    assert set(content["topics"]) <= TOPICS
    assert content["outcome_why"]
    assert content["outcome_evidence"]
    assert content["sources"]
    assert content["city"] or content["described_as"]


@each_entry
def test_an_entry_answers_its_whole_template(entry):
    fields = tidy(entry.kind, entry.content)["fields"]
    not_asked = {"in_force_until", "doi", "media", "transcript"}
    for field in KINDS[entry.kind].fields:
        if field.key not in not_asked:
            assert not is_empty(fields.get(field.key)), field.key


@each_entry
def test_its_html_is_clean_and_long_enough_to_read(entry):
    rich = [field for field in KINDS[entry.kind].fields if field.type == "rich"]
    for field in rich:
        value = entry.content["fields"][field.key].strip()
        assert sanitise(value) == value, field.key
    if rich:
        language = entry.content["language"]
        text = " ".join(to_text(entry.content["fields"][field.key]) for field in rich)
        least = 750 * DENSE.get(language, 1)
        assert len(text) >= least


def test_recordings_have_a_transcript_of_five_to_ten_minutes():
    told = [entry for entry in ALL if entry.kind == "recording"]
    assert len(told) >= 3
    for entry in told:
        assert 60 <= len(entry.cues) <= 120
        assert 5 * 60 <= entry.cues[-1]["end"] <= 10 * 60
        assert {cue["speaker"] for cue in entry.cues} == set(entry.content["fields"]["speakers"])
        starts = [cue["start"] for cue in entry.cues]
        assert starts == sorted(starts)
        chapters = [row["start"] for row in entry.content["fields"]["chapters"]]
        assert chapters == sorted(set(chapters))
        assert chapters[-1] < entry.cues[-1]["end"]


def test_sound_is_small_and_belongs_to_an_entry():
    heard = [entry.sound for entry in ALL if entry.sound]
    assert heard == sorted(ENTRIES.glob("*.opus"))
    assert all(sound.stat().st_size < 600_000 for sound in heard)


def test_lineage_reaches_over_three_cities():
    names = {entry.name: entry for entry in ALL}
    told = adoptions()
    assert len(told) >= 8
    assert {each.stage for each in told} == {"understood", "adapted", "reuses", "stopped"}
    for each in told:
        assert each.note.startswith("Demonstration.")
        assert names[each.entry].content["city"] != each.city
        if each.result_entry:
            assert names[each.result_entry].content["city"] == each.city
    chains = [
        (names[one.entry].content["city"], one.city, two.city)
        for one, two in itertools.permutations(told, 2)
        if one.result_entry == two.entry
    ]
    assert any(len(set(chain)) == 3 for chain in chains)
