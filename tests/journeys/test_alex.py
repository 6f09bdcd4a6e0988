"""What the room is for, from the door to the result, as three people would do it."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from house.alex import actions
from house.alex.models import Adoption, Entry
from house.partners.viewing import viewer_for
from house.retrieval import outbox
from house.vocabulary.models import City
from tests.factories import EntryFactory, PartnershipFactory, PersonFactory, SeatFactory
from tests.journeys.sound import silence
from tests.journeys.waiting import editor, forgive, until


@pytest.fixture
def ghent(live_house):
    """A member of Ghent, with a seat."""
    return seated("ghent", "Roosje Maes")


def seated(slug, name):
    city = City.objects.get(slug=slug)
    person = PersonFactory(name=name, city=city)
    SeatFactory(partnership=PartnershipFactory(city=city), person=person, title="Policy adviser")
    return person


@pytest.fixture
def published(ghent, curator):
    entry = actions.create_entry(
        "case_study",
        by=viewer_for(ghent),
        content={
            "title": "Night permits that nobody counted",
            "summary": "Hosts had to register; nobody checked the nights.",
            "topics": ["short-term-rental"],
            "outcome": "failed",
            "outcome_why": "Platforms gave no data, and three inspectors could not count the nights.",
            "audience": "public",
            "candour": "city",
            "fields": {
                "challenge": "<p>Homes were let by the night all summer.</p>",
                "approach": "<p>A permit for thirty nights a year.</p><h2>Fee</h2><p>Forty euro.</p>",
                "outcome_story": "<p>A tenth of the permit numbers were invented.</p>",
            },
        },
    )
    actions.submit_entry(entry, by=viewer_for(ghent))
    actions.publish_entry(entry, by=viewer_for(curator))
    outbox.drain()
    return entry


def test_visitor_reads_and_asks(visit, published):
    page = visit("/alex/")
    page.get_by_role("heading", name="Failures worth reading").wait_for()
    page.get_by_role("link", name=published.title).first.click()
    page.wait_for_url("**" + published.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text(published.title)
    expect(page.locator("#outcome")).to_contain_text("Failed")
    page.get_by_role("link", name="Ghent").first.wait_for()

    page.goto("/ask/")
    page.locator("#q").fill("Why could three inspectors not count the nights of the permits?")
    page.keyboard.press("Enter")
    # With a model it quotes, without one it may only name what lies nearest: both lead to the entry.
    page.locator("#answer").get_by_role("link", name=published.title).first.click()
    page.wait_for_url("**" + published.get_absolute_url() + "*")


def test_member_writes_a_failed_case_talks_with_the_curator_and_sees_it_published(
    visit, ghent, curator
):
    writing = visit("/alex/new/", person=ghent)
    writing.get_by_role("button", name="Case study").click()
    writing.get_by_label("Title").fill("Scooters in the canal")
    writing.get_by_label("Summary").fill("A tender for scooters that was lost in appeal.")
    writing.get_by_label("It failed", exact=False).check()
    writing.get_by_label("Why did it come out so?").fill("The clause on fleets was too vague.")
    for name, words in (
        ("The challenge", "Scooters lay everywhere."),
        ("What we did", "A tender for two operators."),
        ("What came of it", "The court annulled it."),
    ):
        editor(writing, name).click()
        writing.keyboard.type(words)
    writing.get_by_label("Type to narrow").fill("deelscooter")
    writing.locator("[data-words]:visible input").first.check()
    writing.get_by_label("A description of my city", exact=False).check()
    writing.get_by_label("Describe your city").fill("a mid-size port city")
    expect(writing.locator("[data-credit-preview]")).to_contain_text("a mid-size port city")
    writing.get_by_role("button", name="Hand in", exact=True).click()
    writing.get_by_text("Handed in. A curator reads it").wait_for()
    entry = Entry.objects.get()
    assert entry.state == "submitted"

    reviewing = visit("/alex/reviews/", person=curator)
    reviewing.get_by_role("link", name="Scooters in the canal").click()
    reviewing.get_by_role("button", name="I read it").wait_for()
    reviewing.wait_for_load_state()
    assert "Ghent" not in reviewing.locator("main").inner_text()
    assert "Roosje" not in reviewing.locator("main").inner_text()
    reviewing.get_by_role("button", name="I read it").click()
    reviewing.get_by_label("Write to each other").fill("Which clause was it?")
    reviewing.get_by_role("button", name="Say it").click()
    reviewing.get_by_text("Which clause was it?").wait_for()

    writing.reload()
    writing.get_by_text("Which clause was it?").wait_for()
    writing.get_by_role("link", name="Go on writing").click()
    editor(writing, "What we would do differently").click()
    writing.keyboard.type("Name the largest fleet in the tender.")
    writing.get_by_role("button", name="Save draft").click()
    writing.get_by_text("Your draft is saved").wait_for()

    reviewing.get_by_role("button", name="Publish").click()
    reviewing.get_by_text("changed the text while you were reading").wait_for()
    forgive(reviewing, "409")
    reviewing.get_by_role("button", name="Publish").click()
    reviewing.get_by_text("Published. Its readers find it").wait_for()

    writing.goto("/alex/")
    writing.get_by_role("link", name="Scooters in the canal").first.click()
    told = writing.locator("main")
    expect(told).to_contain_text("a mid-size port city")
    expect(told).to_contain_text("Name the largest fleet")
    writing.wait_for_load_state()
    assert "Ghent" not in told.inner_text()


def test_another_city_takes_it_home(visit, published):
    gothenburg = seated("gothenburg", "Ebba Sund")
    page = visit(published.get_absolute_url(), person=gothenburg)
    page.get_by_role("link", name="We took it home").click()
    page.get_by_label("Adapted it").check()
    page.get_by_label("What you changed").fill("We asked for the data first.")
    page.get_by_role("button", name="Note it").click()
    page.get_by_role("heading", name="What came of it in Gothenburg").wait_for()
    page.get_by_label("After 6 months").check()
    page.get_by_label("Worked").check()
    page.get_by_label("What came of it", exact=False).fill("Nine in ten hosts are known.")
    page.get_by_role("button", name="Note the result").click()
    page.get_by_text("Proven re-use lifts").wait_for()
    for words in ("Gothenburg", "We asked for the data first.", "Nine in ten hosts are known."):
        expect(page.locator("#family")).to_contain_text(words)
    assert Adoption.objects.get().city.slug == "gothenburg"


def test_similar_entries_come_while_one_reads(visit, published, ghent):
    other = EntryFactory(
        title="Another rule for short stays", topics=list(published.topics.all()), outcome="mixed"
    )
    outbox.touch("entry", other.pk)
    outbox.drain()
    page = visit(published.get_absolute_url())
    page.get_by_role("heading", name="Similar entries").scroll_into_view_if_needed()
    page.get_by_role("link", name=other.title).wait_for()


@pytest.fixture
def recording(ghent, curator):
    by = viewer_for(ghent)
    facts = {
        "title": "Seminar on pay floors",
        "summary": "An hour on pay floors.",
        "topics": ["platform-work"],
        "audience": "public",
        "candour": "city",
    }
    entry = actions.create_entry("recording", by=by, content=facts)
    cues = [
        {
            "start": 4 * number,
            "end": 4 * number + 4,
            "speaker": "Ann",
            "text": f"Sentence {number}.",
        }
        for number in range(60)
    ]
    said = actions.keep_transcript(entry, cues, by=by, language="en")
    sound = actions.attach_file(entry, silence(240), by=by, media_type="audio/ogg")
    fields = {
        "event": "Seminar",
        "transcript": said.code,
        "media": {"attachment": sound.code},
        "chapters": [{"start": 80, "title": "Questions"}],
    }
    actions.save_draft(entry, {"fields": fields}, by=by, revision=1)
    actions.submit_entry(entry, by=by)
    actions.publish_entry(entry, by=viewer_for(curator))
    return entry


def test_transcript_seeks_follows_and_is_searched(visit, recording):
    page = visit(recording.get_absolute_url())
    second = lambda: page.locator("[data-player]").evaluate("player => player.currentTime")  # noqa: E731
    until(lambda: page.locator("[data-player]").evaluate("player => player.readyState") >= 1)
    page.get_by_role("link", name="Questions").click()
    until(lambda: second() >= 80)
    current = page.locator("[data-transcript] [aria-current]")
    until(lambda: int(re.search(r"Sentence (\d+)", current.inner_text())[1]) >= 20)  # it plays on
    expect(page).to_have_url(re.compile("#t=80$"))

    page.get_by_label("Search inside").fill("sentence 42")
    expect(page.locator(".is-here")).to_contain_text("Sentence 42.")
    expect(page.locator("[data-searches-transcript] [role=status]")).to_contain_text("1 of 1")
    page.get_by_label("Search inside").fill("elephant")
    page.get_by_text("Not said in this recording").wait_for()

    page.goto(recording.get_absolute_url() + "#t=120")
    page.reload()
    until(lambda: second() == 120)


# -- Looks ---------------------------------------------------------------------------------------


def addresses(entry):
    names = (
        "entry", "entry_versions", "entry_diff", "entry_share", "entry_preview", "entry_files", "entry_review",
        "entry_withdraw", "entry_label", "entry_discard", "entry_freshness",
    )  # fmt: skip
    return [reverse(f"alex:{name}", args=[entry.slug]) for name in names]


def test_axe_finds_nothing_on_the_pages_of_an_entry(axe, published, ghent):
    actions.save_draft(published, {"title": "A second text"}, by=viewer_for(ghent), revision=1)
    actions.say(published, "A word between us.", by=viewer_for(ghent))
    said = {path: axe(path, person=ghent) for path in addresses(published)}
    assert {path: found for path, found in said.items() if found} == {}


def test_axe_finds_nothing_in_the_room(axe, published, recording, ghent, curator):
    gothenburg = seated("gothenburg", "Ebba Sund")
    paths = [
        ("/alex/", None), (published.get_absolute_url(), None), (recording.get_absolute_url(), None),
        ("/alex/mine/", ghent), ("/alex/new/", ghent), ("/alex/reviews/", curator),
        (reverse("alex:entry_adopt", args=[published.slug]), gothenburg),
    ]  # fmt: skip
    said = {path: axe(path, person=person) for path, person in paths}
    assert {path: found for path, found in said.items() if found} == {}


def test_pages_fit_the_smallest_phone(visit, published, recording, ghent):
    for path in [*addresses(published)[:4], recording.get_absolute_url(), "/alex/", "/alex/new/",
                 reverse("alex:entry_edit", args=[published.slug])]:  # fmt: skip
        page = visit(path, width=320, height=640, person=ghent)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path
