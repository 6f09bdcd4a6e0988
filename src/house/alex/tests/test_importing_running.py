import json

import pytest
from django.db import connection

from house.access.viewer import VISITOR, Viewer
from house.alex import actions
from house.alex.actions import writing
from house.alex.actions.steps import lay_version
from house.alex.importing.options import Options
from house.alex.importing.running import Progress, run_import
from house.alex.models import Entry, Transcript, Version
from house.alex.parts import content_of
from house.alex.tests import hostile
from house.ground.errors import Forbidden, Refused
from house.ground.text import clean
from house.partners.viewing import viewer_for
from house.retrieval.models import OutboxRow, Passage
from house.retrieval.passages import own_id
from house.retrieval.search import search
from tests.factories import CityFactory, TopicFactory

pytestmark = pytest.mark.django_db
OFFICE = Viewer(is_office=True, capabilities=frozenset({"alex.review"}))
READER = Viewer(is_member=True, city_ids=frozenset({"zzz"}))


@pytest.fixture(autouse=True)
def by_words_alone(settings):
    settings.EMBEDDINGS_URL = "none"


class Kept(Progress):
    def __init__(self):
        self.rows = []
        self.bytes = self.passages = self.total = 0

    def begin(self, total_bytes):
        self.total = total_bytes

    def advance(self, done_bytes, passages):
        self.bytes += done_bytes
        self.passages += passages

    def report(self, rows):
        self.rows += rows


def write(path, *rows):
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows))
    return path


def run(*paths, dry=False, by=OFFICE, **options):
    kept = Kept()
    result = run_import(paths, Options(**options), by=by, dry=dry, progress=kept)
    return result.counts, kept


def told(kept):
    return [(row.source_id, row.status, row.reason) for row in kept.rows]


def found(question, viewer=READER):
    return {hit.thing.source_id for hit in search(question, viewer=viewer).hits}


def test_documents_are_published_to_the_alliance_and_their_words_found_at_once(tmp_path):
    path = write(
        tmp_path / "x.jsonl",
        hostile.passage(1, text="Zonnebloemen op het dak."),
        hostile.passage(2, page=3),
    )
    counts, kept = run(path)

    assert counts == {"created": 1, "updated": 0, "unchanged": 0, "refused": 0, "left": 0}
    entry = Entry.objects.get()
    assert (entry.source_id, entry.kind, entry.state, entry.audience) == (
        "rules",
        "policy",
        "published",
        "alliance",
    )
    assert (entry.author, entry.outcome, entry.external) == (None, "", "github:example/rules")
    assert [section["external_id"] for section in entry.current.sections] == ["rules#1", "rules#2"]
    assert set(Passage.objects.values_list("external_id", flat=True)) == {"rules#1", "rules#2"}
    assert not OutboxRow.objects.exists()
    assert found("zonnebloemen") == {"rules"}
    assert found("zonnebloemen", VISITOR) == set()
    assert kept.total == kept.bytes == path.stat().st_size


@pytest.mark.parametrize(
    ("said", "kind"),
    [("law", "policy"), ("policy", "policy"), ("research", "research"), ("case", "case_study"),
     ("case-or-concept", "case_study"), ("organisation", "case_study"), ("technology", "technology")],
)  # fmt: skip
def test_kinds_of_the_corpus_map_by_table(tmp_path, said, kind):
    run(write(tmp_path / "x.jsonl", hostile.passage(1, kind=said)))
    assert Entry.objects.get().kind == kind


def test_importing_again_changes_only_what_changed(tmp_path):
    a, b = hostile.passage(1, doc="a"), hostile.passage(1, doc="b")
    run(write(tmp_path / "x.jsonl", a, b))
    counts, _ = run(tmp_path / "x.jsonl")
    assert counts["unchanged"] == 2
    assert Version.objects.count() == 2

    counts, kept = run(write(tmp_path / "x.jsonl", a, b | {"text": "Something quite new: tulips."}))
    assert told(kept) == [("a", "unchanged", ""), ("b", "updated", "")]
    assert Version.objects.count() == 3
    assert found("tulips") == {"b"}


def test_what_people_changed_or_withdrew_is_left_alone(tmp_path, office):
    rows = [hostile.passage(1, doc=doc) for doc in ("changed", "withdrawn")]
    run(write(tmp_path / "x.jsonl", *rows))
    by = viewer_for(office)
    entry = Entry.objects.get(source_id="changed")
    content = content_of(entry.current) | writing.settings_of(entry)
    lay_version(entry, content | {"sections": [{"text": "Ours now."}]}, by=by)
    entry.save()
    actions.withdraw_entry(Entry.objects.get(source_id="withdrawn"), by=by, reason="Wrong")

    new = [{**row, "text": "The source says more now."} for row in rows]
    _counts, kept = run(write(tmp_path / "x.jsonl", *new))
    assert told(kept) == [
        ("changed", "refused", "edited-here"),
        ("withdrawn", "refused", "withdrawn"),
    ]
    assert Entry.objects.get(source_id="changed").current.sections[0]["text"] == "Ours now."


def test_a_rehearsal_reports_the_same_and_writes_nothing(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    run(write(folder / "x.jsonl", hostile.passage(1, doc="old"), hostile.passage(1, doc="same")))
    write(
        folder / "x.jsonl",
        hostile.passage(1, doc="same"),
        hostile.passage(1, doc="old", text="New text."),
        hostile.passage(1, doc="new"),
        "{broken",
    )
    (folder / "talk.vtt").write_bytes(hostile.vtt("One long sentence about bicycles.", "Two."))
    before = {
        model: list(model.objects.order_by("pk").values())
        for model in (Entry, Version, Transcript, Passage)
    }
    rehearsed = run(folder, dry=True)
    after = {
        model: list(model.objects.order_by("pk").values())
        for model in (Entry, Version, Transcript, Passage)
    }
    assert after == before
    real = run(folder)
    assert rehearsed[0] == real[0]
    assert told(rehearsed[1]) == told(real[1])
    assert real[0] == {"created": 2, "updated": 1, "unchanged": 1, "refused": 1, "left": 0}


def test_captions_become_a_recording_with_seconds_and_speakers(tmp_path):
    talk = hostile.vtt(
        "<v Ann>We counted every night that was let to visitors.</v>",
        "<v Bo>And the rents did not come down.</v>",
    )
    (tmp_path / "hearing.vtt").write_bytes(talk)
    run(tmp_path / "hearing.vtt")
    entry = Entry.objects.get()
    transcript = Transcript.objects.get()

    assert (entry.kind, entry.language) == ("recording", "en")
    assert entry.current.fields["transcript"] == transcript.code
    assert entry.current.fields["speakers"] == ["Ann", "Bo"]
    assert transcript.is_current
    assert [(cue["start"], cue["speaker"]) for cue in transcript.cues] == [
        (0.0, "Ann"),
        (4.0, "Bo"),
    ]
    assert Passage.objects.filter(speaker="Bo", start=4.0).exists()
    assert run(tmp_path / "hearing.vtt")[0]["unchanged"] == 1


def test_untrue_transcripts_are_refused_unless_accepted(tmp_path):
    (tmp_path / "loop.vtt").write_bytes(hostile.vtt(*["Thank you."] * 40))
    _counts, kept = run(tmp_path / "loop.vtt")
    assert [row.reason for row in kept.rows] == ["repetition"]
    assert not Entry.objects.exists()
    assert run(tmp_path / "loop.vtt", accept_doubtful=True)[0]["created"] == 1


def test_places_and_topics_of_our_vocabulary_are_matched_where_sure(tmp_path):
    CityFactory(code="bcn", name="Barcelona", country_name="Spain", names={"fr": "Barcelone"})
    CityFactory(code="was", name="Washington D.C.", country_name="United States", names={})
    TopicFactory(slug="bike-sharing", labels={"en": "bike sharing", "nl": "deelfiets"})
    TopicFactory(slug="housing", labels={"en": "housing"})
    places = {
        "a": ("Barcelona – Eixample", "bcn"),
        "b": ("Washington DC", "was"),
        "c": ("Washington United States", None),
        "d": ("Donostia/Barcelona/Pamplona", None),
        "e": ("Barcelone", "bcn"),
    }
    rows = [
        hostile.passage(1, doc=doc, place=place, title="Bike sharing for all", heading="Housing")
        for doc, (place, _code) in places.items()
    ]
    run(write(tmp_path / "x.jsonl", *rows))

    assert dict(Entry.objects.values_list("source_id", "city_id")) == {
        doc: code for doc, (_place, code) in places.items()
    }
    entry = Entry.objects.get(source_id="a")
    assert entry.places == ["Barcelona – Eixample"]
    assert [topic.pk for topic in entry.topics.all()] == ["bike-sharing"]
    assert entry.current.topics == ["bike-sharing"]


def test_a_publisher_is_credited_and_not_the_city_it_writes_about(tmp_path):
    CityFactory(code="bcn", name="Barcelona")
    run(write(tmp_path / "x.jsonl", hostile.passage(1, place="Barcelona")))
    credit = Entry.objects.get().credit()
    assert (credit.name, credit.city) == ("github:example/rules", "")


def test_options_hold_for_all_and_are_checked_first(tmp_path, office):
    CityFactory(code="ams")
    path = write(tmp_path / "x.jsonl", hostile.passage(1))
    run(path, audience="city", city="ams", kind="research", language="nl")
    entry = Entry.objects.get()
    assert (entry.audience, entry.city_id, entry.kind, entry.language) == (
        "city",
        "ams",
        "research",
        "nl",
    )
    assert entry.current.city_id == "ams"
    for wrong in (
        {"kind": "poem"},
        {"audience": "all"},
        {"audience": "city"},
        {"audience": "circle"},
        {"audience": "private"},
        {"city": "xxx"},
        {"language": "Dutch please"},
    ):
        with pytest.raises(Refused):
            Options(**wrong).check(None)
    Options(audience="private").check(office)


def test_only_the_office_and_curators_import(tmp_path):
    for viewer in (VISITOR, READER, Viewer(person_id=1, is_expert=True)):
        with pytest.raises(Forbidden):
            run(tmp_path, by=viewer)


def test_titles_alike_have_addresses_of_their_own(tmp_path):
    rows = [hostile.passage(1, doc=f"d{number}", title="The same") for number in range(3)]
    run(write(tmp_path / "x.jsonl", *rows))
    run(write(tmp_path / "y.jsonl", hostile.passage(1, doc="d9", title="The same")))
    slugs = list(Entry.objects.order_by("pk").values_list("slug", flat=True))
    assert slugs[0] == "the-same"
    assert len(set(slugs)) == 4


def test_the_same_document_twice_in_one_import_is_taken_once(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    write(folder / "a.jsonl", hostile.passage(1))
    write(folder / "b.jsonl", hostile.passage(1, text="Other."))
    _counts, kept = run(folder)
    assert told(kept) == [("rules", "refused", "twice"), ("rules", "created", "")]


def test_equal_file_names_of_two_sources_are_kept_apart(tmp_path):
    (tmp_path / "report.md").write_text("# Report\n\nOf the one.")
    run(tmp_path / "report.md", scope="one")
    (tmp_path / "report.md").write_text("# Report\n\nOf the other.")
    run(tmp_path / "report.md", scope="two")
    assert Entry.objects.count() == 2


def test_a_batch_costs_no_query_for_each_document(tmp_path):
    from django.test.utils import CaptureQueriesContext

    counted = []
    for size in (10, 90):
        rows = [hostile.passage(1, doc=f"n{size}-{number}") for number in range(size)]
        path = write(tmp_path / f"{size}.jsonl", *rows)
        with CaptureQueriesContext(connection) as queries:
            run(path)
        counted.append(len(queries))
    # SQLite takes so many values a statement, so 80 more documents need a few more inserts.
    assert counted[1] - counted[0] < 10


def test_passages_keep_their_ids_beside_a_summary_and_when_they_are_long(tmp_path):
    long = hostile.passage(2, text=" ".join([hostile.WORDS] * 60))
    first = hostile.passage(1, summary="A summary of its own.")
    run(write(tmp_path / "x.jsonl", first, long))
    stored = list(Passage.objects.order_by("ordinal").values_list("external_id", "text"))
    named = {name: text for name, text in stored if own_id(name) == name}
    assert named["rules#1"] == first["text"]
    assert named["rules#2"].startswith(hostile.WORDS)
    assert sum(own_id(name) == "rules#2" for name, _text in stored) > 2


@pytest.mark.corpus
def test_passages_of_the_corpus_are_stored_once_with_their_ids(corpus, tmp_path):
    """Every tenth document, and all whose passages are long enough to be cut if they had no id."""
    lines = (corpus / "alex" / "passages.jsonl").read_text().strip().split("\n")
    rows = [json.loads(line) for line in lines]
    long = {row["doc"] for row in rows if len(row["text"].split()) > 250}
    chosen = {*sorted({row["doc"] for row in rows})[::10], *long}
    rows = [row for row in rows if row["doc"] in chosen]
    counts, _kept = run(write(tmp_path / "x.jsonl", *rows))

    assert long
    assert (counts["refused"], counts["created"]) == (0, len(chosen))
    stored = dict(Passage.objects.values_list("external_id", "text"))
    assert {name: text.split() for name, text in stored.items()} == {
        row["id"]: clean(row["text"]).split() for row in rows
    }
