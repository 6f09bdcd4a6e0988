"""Search as one types, in a real browser, with the Content Security Policy and Trusted Types in force."""

import re

import pytest
from playwright.sync_api import expect

from house.retrieval import outbox
from tests.factories import EntryFactory, TopicFactory
from tests.journeys.waiting import forgive


@pytest.fixture
def shelf(live_house):
    """Three entries anybody may find, one of them a failure in Swedish."""
    bikes = TopicFactory(slug="bike-sharing")
    entries = [
        EntryFactory(
            title="Bicycles in the canal", summary="A fleet of bicycles without a repair shop.",
            outcome="failed", topics=[bikes], fields={"challenge": "<p>Bicycles stood broken.</p>"},
        ),
        EntryFactory(
            title="Night limits for holiday homes", summary="Registration of hosts.", outcome="worked",
            kind="policy", fields={"summary_text": "<p>Hosts register each home.</p>"},
        ),
        EntryFactory(
            title="Cyklar i hamnen", summary="Hyrcyklar utan verkstad.", outcome="failed",
            language="sv", topics=[bikes], fields={"challenge": "<p>Cyklarna gick sönder.</p>"},
        ),
    ]  # fmt: skip
    for entry in entries:
        outbox.touch("entry", entry.pk)
    outbox.drain()
    return entries


def titles(page):
    return page.locator("#results .row__title")


def test_results_follow_what_is_typed(visit, shelf):
    page = visit("/search/")
    page.locator("#q").fill("bicycles")
    page.wait_for_url("**/search/?q=bicycles*")

    expect(titles(page)).to_have_text(["Bicycles in the canal"])
    expect(page.locator("#announcer")).to_have_text("1 result")
    expect(page.locator("#q")).to_be_focused()


def test_search_needs_no_scripts(visit, shelf):
    page = visit("/search/", scripts=False)
    page.locator("#q").fill("hosts")
    page.locator("#search button[type=submit]").first.click()

    expect(titles(page)).to_have_text(["Night limits for holiday homes"])


def test_filter_narrows_and_stays_open_and_focused(visit, shelf):
    page = visit("/search/")
    page.locator("#facet-outcome summary").click()
    page.locator("#outcome-failed").check()
    expect(titles(page)).to_have_count(2)

    assert sorted(titles(page).all_inner_texts()) == ["Bicycles in the canal", "Cyklar i hamnen"]
    expect(page.locator("#facet-outcome[open]")).to_have_count(1)
    expect(page.locator("#outcome-failed")).to_be_focused()
    page.locator("#results .chip").click()
    expect(titles(page)).to_have_count(3)


def test_found_title_carries_its_language(visit, shelf):
    page = visit("/search/?q=hyrcyklar")

    assert page.locator("#results .row__title").first.get_attribute("lang") == "sv"


def test_suggestions_are_chosen_by_keyboard(visit, shelf):
    page = visit("/search/")
    field = page.locator("#q")
    field.press_sequentially("bi")
    page.get_by_role("option").first.wait_for()
    with page.expect_response("**/search/suggest/?q=bik"):
        field.press("k")
    option = page.get_by_role("option").first
    option.wait_for()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    field.press("Enter")

    page.wait_for_url("**/topics/bike-sharing/")


def test_escape_closes_the_suggestions_and_keeps_the_words(visit, shelf):
    page = visit("/search/")
    field = page.locator("#q")
    field.press_sequentially("bicy")
    page.get_by_role("option").first.wait_for()
    field.press("Escape")

    expect(page.get_by_role("option")).to_have_count(0)
    assert field.input_value() == "bicy"


def test_too_many_searches_are_told_in_a_sentence(visit, shelf, settings):
    page = visit("/search/")
    settings.SEARCH_RATE = 0
    page.locator("#q").fill("bicycles")
    page.locator("#toasts p").wait_for()

    expect(page.locator("#toasts")).to_contain_text("too fast")
    assert page.locator("#q").input_value() == "bicycles"
    forgive(page, "429")


def test_html_in_an_entry_stays_text(visit, live_house):
    entry = EntryFactory(
        title="<img src=x onerror=alert(1)> bicycles", slug="evil", summary="<b>bold</b> bicycles"
    )
    outbox.touch("entry", entry.pk)
    outbox.drain()
    page = visit("/search/")
    page.locator("#q").fill("bicycles")
    page.wait_for_url("**/search/?q=bicycles*")

    expect(titles(page)).to_have_text(["<img src=x onerror=alert(1)> bicycles"])
    expect(page.locator("#results img")).to_have_count(0)


def test_foreign_html_is_refused_by_the_browser(visit, live_house):
    """Nobody but a swap of our own server's page may turn text into HTML."""
    page = visit("/search/")
    refused = page.evaluate(
        "(() => { try { document.body.innerHTML = '<i>x</i>'; return 'let in'; } catch (e) { return e.name; } })()"
    )

    assert refused == "TypeError"
    page.complaints.clear()  # the browser reports the attempt


def test_unknown_question_is_answered_honestly(visit, shelf):
    page = visit("/ask/")
    page.locator("#q").fill("Which cheese keeps best on the moon?")
    page.locator("#q").press("Enter")
    page.locator("#unknown").wait_for()

    expect(page.locator("#unknown")).to_have_text("I don’t know")
    expect(page.locator("#announcer")).to_have_text("I don’t know")


def test_filters_need_no_scripts(visit, shelf):
    page = visit("/search/", scripts=False, width=390)
    page.locator("#filters > summary").click()
    page.locator("#facet-outcome summary").click()
    page.locator("#outcome-worked").check()
    page.locator("#filters noscript button, #filters button").last.click()

    expect(titles(page)).to_have_text(["Night limits for holiday homes"])
    expect(page.locator("#results .chip")).to_have_text(re.compile(r"Worked\s*$"))


def test_axe_finds_nothing_on_open_suggestions(axe, shelf):
    def typed(page):
        page.locator("#q").press_sequentially("bicy")
        page.get_by_role("option").first.wait_for()
        page.locator("#q").press("ArrowDown")
        # Results stand paler while newer ones are on their way; what is judged is the page at rest.
        page.wait_for_url("**q=bicy*")
        page.locator(".htmx-request").first.wait_for(state="detached")
        page.evaluate("Promise.allSettled(document.getAnimations().map((each) => each.finished))")

    assert axe("/search/", prepare=typed) == []


def test_way_back_from_an_entry_finds_the_same_results(visit, shelf):
    page = visit("/search/")
    page.locator("#q").fill("bicycles")
    page.wait_for_url("**/search/?q=bicycles*")
    page.locator("#results .row__title a").first.click()
    page.wait_for_url("**/alex/**")
    page.go_back()

    expect(page.locator("#q")).to_have_value("bicycles")
    expect(titles(page)).to_have_text(["Bicycles in the canal"])
