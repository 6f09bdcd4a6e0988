import pytest

from house.access.viewer import Viewer
from house.alex import actions
from house.alex.actions.taking_in import EditedHere, WithdrawnHere
from house.alex.models import Entry, Transcript, Version
from house.alex.tests.texts import case, looking
from house.ground.errors import Forbidden, Refused
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
OFFICE = Viewer(is_office=True, capabilities=frozenset({"alex.review"}))
DOCUMENT = {
    "title": "Huisvestingswet",
    "language": "nl",
    "licence": "public domain",
    "sections": [{"external_id": "nl-hw#1", "heading": "Artikel 1", "text": "In deze wet …"}],
}


def take(**changes):
    return actions.take_in("nl-hw", "policy", {**DOCUMENT, **changes}, by=OFFICE, external="Staat")


def test_a_document_is_published_as_it_is_and_once():
    first, second = take(), take()
    assert (first.result, second.result) == ("created", "unchanged")
    entry = Entry.objects.get()
    assert (entry.state, entry.audience, entry.slug) == ("published", "alliance", "huisvestingswet")
    assert entry.current.sections == DOCUMENT["sections"]
    assert entry.credit().name == "Staat"
    assert (entry.review_by, Version.objects.count()) == (None, 1)


def test_a_changed_document_becomes_a_version():
    take()
    assert take(title="Huisvestingswet 2014").result == "updated"
    entry = Entry.objects.get()
    assert (entry.current.number, entry.title) == (2, "Huisvestingswet 2014")
    assert entry.slug == "huisvestingswet"


def test_what_people_changed_since_is_kept(curator):
    entry = take().entry
    actions.save_draft(
        entry,
        {
            **case(),
            "fields": {
                "instrument": "Act",
                "jurisdiction": "NL",
                "status": "in_force",
                "summary_text": "<p>x</p>",
            },
        },
        by=looking(curator),
        revision=1,
    )
    actions.submit_entry(entry, by=looking(curator))
    actions.publish_entry(entry, by=looking(curator))
    assert take().result == "unchanged"
    with pytest.raises(EditedHere):
        take(title="Another")
    assert Entry.objects.get().title == case()["title"]


def test_what_was_withdrawn_stays_withdrawn(curator):
    entry = take().entry
    actions.withdraw_entry(entry, reason="Repealed.", by=looking(curator))
    assert take().result == "unchanged"
    with pytest.raises(WithdrawnHere):
        take(title="Another")
    assert Entry.objects.get().state == "withdrawn"


def test_a_transcript_is_kept_once_and_named_by_its_version():
    cues = [
        {"start": 4, "end": 9, "speaker": "Ada", "text": "Second."},
        {"start": 0, "end": 4, "speaker": "Ada", "text": "First."},
        {"start": 9, "end": 9, "text": "   "},
    ]
    for _ in range(2):
        taken = actions.take_in("r", "recording", {"title": "Hearing"}, by=OFFICE, cues=cues)
    transcript = Transcript.objects.get()
    assert taken.result == "unchanged"
    assert [cue["text"] for cue in transcript.cues] == ["First.", "Second."]
    assert transcript.is_current
    assert taken.entry.current.fields["transcript"] == transcript.code


def test_unknown_topics_are_left_out_and_known_ones_kept():
    TopicFactory(slug="housing")
    entry = take(topics=["housing", "made-up"]).entry
    assert [topic.pk for topic in entry.topics.all()] == ["housing"]


def test_a_document_without_a_title_is_refused():
    with pytest.raises(Refused, match="title"):
        take(title=" ")
    assert not Entry.objects.exists()


def test_only_the_foundation_takes_in(member):
    with pytest.raises(Forbidden):
        actions.take_in("x", "policy", DOCUMENT, by=looking(member))


def test_two_documents_of_one_title_have_two_addresses():
    take()
    other = actions.take_in("other", "policy", DOCUMENT, by=OFFICE).entry
    assert other.slug == f"huisvestingswet-{other.code}"


@pytest.mark.parametrize("title", ["New", "Mine", "Reviews"])
def test_no_entry_takes_an_address_of_the_room(title):
    assert take(title=title).entry.slug != title.lower()


@pytest.mark.parametrize(
    ("kind", "fields", "years"),
    [
        ("research", {"year": "2018"}, (2018, 2018)),
        ("policy", {"in_force_from": "2019-04", "in_force_until": "2021"}, (2019, 2021)),
        ("policy", {"in_force_from": "2019", "in_force_until": "2001"}, (2019, None)),
        ("policy", {"in_force_from": "once"}, (None, None)),
    ],
)
def test_a_filter_by_years_knows_when_a_policy_held_or_a_study_appeared(kind, fields, years):
    entry = actions.take_in("x", kind, {"title": "X", "fields": fields}, by=OFFICE).entry
    told = tuple(date and date.year for date in (entry.period_from, entry.period_until))
    assert told == years
    assert entry.current.period_from is None
