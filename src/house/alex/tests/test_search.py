import datetime
from dataclasses import asdict

import pytest

from house.access.candour import Candour
from house.access.viewer import VISITOR, Viewer
from house.alex import actions
from house.alex.models import Contact
from house.alex.search import SOURCE, document, documents, facts, people, prior
from house.alex.tests.texts import looking
from house.retrieval.sources import source_for
from tests.factories import CityFactory, EntryFactory, SeatFactory, TopicFactory

pytestmark = pytest.mark.django_db
OFFICE = Viewer(is_office=True, capabilities=frozenset({"alex.review"}))


def test_entries_are_registered():
    assert source_for("entry") is SOURCE


def test_a_document_says_what_search_may_filter_by():
    city = CityFactory(code="ams", slug="amsterdam")
    entry = EntryFactory(
        title="Bays",
        language="nl",
        outcome="mixed",
        audience="city",
        city=city,
        topics=[TopicFactory(slug="bike-sharing")],
        period_from=datetime.date(2019, 1, 1),
        fields={"challenge": "<p>Too many <b>bikes</b>.</p>", "cost": "€5", "partners": ["A", "B"]},
    )
    made = document(entry)
    assert (made.title, made.language, made.audience, made.version) == ("Bays", "nl", "city:ams", 1)
    assert made.facets == {
        "kind": ("case_study",),
        "topic": ("bike-sharing",),
        "city": ("amsterdam",),
        "country": ("NL",),
        "outcome": ("mixed",),
        "language": ("nl",),
    }
    assert made.period == (datetime.date(2019, 1, 1), None)
    assert [(p.heading, p.anchor, p.text) for p in made.passages] == [
        ("", "summary", "What it is about."),
        ("Key facts", "facts", "Cost: €5\nPartners: A, B"),
        ("The challenge", "challenge", "Too many bikes."),
    ]


def test_headings_inside_a_section_stand_in_the_path():
    html = "<p>Before.</p><h3>First <em>step</em></h3><p>Paint.</p><h3>Empty</h3>"
    made = document(EntryFactory(summary="", fields={"approach": html}))
    assert [(p.heading, p.text) for p in made.passages] == [
        ("What we did", "Before."),
        ("What we did › First step", "Paint."),
    ]


def test_imported_sections_keep_their_ids_and_pages():
    section = {
        "external_id": "law#7",
        "heading": "Chapter 2 › Art. 7",
        "text": "Thirty.",
        "page": 3,
    }
    made = document(EntryFactory(summary="", source_id="law", sections=[section]))
    (passage,) = made.passages
    assert (passage.external_id, passage.heading, passage.page, passage.anchor) == (
        "law#7", "Chapter 2 › Art. 7", 3, "s1",
    )  # fmt: skip


def test_a_transcript_is_found_by_turn_speaker_and_chapter():
    cues = [
        {"start": 0, "end": 4, "speaker": "Ada", "text": "Good morning."},
        {"start": 4, "end": 9, "speaker": "Ada", "text": "We begin."},
        {"start": 9, "end": 12, "speaker": "Bo", "text": "Pay floors work."},
        {"start": 60, "end": 64, "speaker": "Bo", "text": "Questions?"},
    ]
    chapters = [{"start": "1:00", "title": "Questions"}, {"start": 0, "title": "Talk"}]
    taken = actions.take_in(
        "r", "recording", {"title": "Hearing", "fields": {"chapters": chapters}}, by=OFFICE, cues=cues
    )  # fmt: skip
    made = document(taken.entry)
    assert [(p.speaker, p.start, p.heading, p.text) for p in made.passages] == [
        ("Ada", 0, "Talk", "Good morning. We begin."),
        ("Bo", 9, "Talk", "Pay floors work."),
        ("Bo", 60, "Questions", "Questions?"),
    ]


@pytest.mark.parametrize("state", ["draft", "submitted", "in_review", "withdrawn"])
def test_what_readers_do_not_see_is_not_in_the_index(state):
    assert document(EntryFactory(state=state)) is None


@pytest.mark.parametrize("candour", [Candour.DESCRIBED, Candour.SEALED])
def test_the_index_is_not_told_a_hidden_city_or_author(candour, member):
    entry = EntryFactory(
        author=member.person,
        city=member.city,
        owner_seat=member.seat,
        owner_role="Head of canaries",
        candour=candour,
        described_as="A port city",
    )
    Contact.objects.create(entry=entry, person=member.person)
    told = repr(asdict(document(entry))) + repr(facts(entry, VISITOR))
    for secret in (member.person.name, member.city.name, member.city.slug, "canaries"):
        assert secret not in told
    for viewer in (VISITOR, looking(member), OFFICE):
        assert people([entry], viewer) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_documents_cost_the_same_however_many(rows, django_assert_num_queries):
    pks = [EntryFactory(kind="recording", city=CityFactory()).pk for _ in range(rows)]
    with django_assert_num_queries(3):
        assert len(list(documents(pks))) == rows


def test_reuse_lifts_ever_less_and_silence_sinks():
    lifted = [prior(EntryFactory(reuse_count=count)) for count in (0, 1, 2, 50)]
    assert lifted[0] == 0
    assert lifted == sorted(lifted)
    assert lifted[-1] <= 1
    due = EntryFactory(state="review_due", reuse_count=50)
    assert -1 <= prior(due) < 0
    assert prior(EntryFactory(ended_on=datetime.date(2024, 1, 1))) < 0


def test_members_are_told_whom_to_ask_and_the_public_only_the_role(member, neighbour):
    entry = EntryFactory(
        title="Bays",
        author=member.person,
        city=member.city,
        owner_seat=member.seat,
        owner_role="Bicycle coordinator",
        candour="person",
    )
    other = SeatFactory(
        partnership=member.seat.partnership, person__name="Ask Me", person__city=member.city
    ).person
    Contact.objects.create(entry=entry, person=other, about="the paint")
    assert [(c.name, c.role, c.why) for c in people([entry], looking(neighbour))] == [
        (member.person.name, "Bicycle coordinator", "Owns “Bays”."),
        ("Ask Me", "", "To be asked about the paint."),
    ]
    assert [(c.name, c.role, c.url) for c in people([entry], VISITOR)] == [
        ("Bicycle coordinator", "", "")
    ]


def test_who_gives_only_her_city_is_not_named_in_any_part(member, neighbour):
    entry = EntryFactory(
        author=member.person,
        city=member.city,
        owner_seat=member.seat,
        owner_role="Bicycle coordinator",
        candour="city",
    )
    Contact.objects.create(entry=entry, person=member.person)
    assert [c.name for c in people([entry], looking(neighbour))] == ["Bicycle coordinator"]


@pytest.mark.parametrize("rows", [1, 3])
def test_people_cost_the_same_however_many_entries(
    rows, member, neighbour, django_assert_num_queries
):
    entries = [
        EntryFactory(
            author=member.person, city=member.city, owner_seat=member.seat, candour="person"
        )
        for _ in range(rows)
    ]
    viewer = looking(neighbour)
    with django_assert_num_queries(3):
        assert len(people(entries, viewer)) == 1


def test_facts_read_only_what_cards_load(member, django_assert_num_queries):
    from house.alex.models import Entry

    EntryFactory(city=member.city, period_from=datetime.date(2019, 5, 1), outcome="failed")
    entry = Entry.objects.visible_to(VISITOR).for_cards().get()
    with django_assert_num_queries(0):
        told = facts(entry, VISITOR)
    assert (told.year, told.city, told.outcome) == (2019, member.city.name, "failed")
