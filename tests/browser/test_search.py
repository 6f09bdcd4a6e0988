"""Search as one types, in a real browser, with the Content Security Policy and Trusted Types in force."""

import pytest
from playwright.sync_api import expect

from house.retrieval import outbox
from tests.factories import EntryFactory, TopicFactory


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
    return page.locator("#results .row__title").all_inner_texts()


def test_results_follow_what_is_typed(visit, shelf):
    page = visit("/search/")
    page.locator("#q").fill("bicycles")
    page.wait_for_url("**/search/?q=bicycles*")

    assert titles(page) == ["Bicycles in the canal"]
    expect(page.locator("#announcer")).to_have_text("1 result")
    assert page.locator("#q").evaluate("e => e === document.activeElement")


def test_search_needs_no_scripts(visit, shelf):
    page = visit("/search/", scripts=False)
    page.locator("#q").fill("hosts")
    page.locator("#search button[type=submit]").first.click()

    assert titles(page) == ["Night limits for holiday homes"]


def test_filter_narrows_and_stays_open_and_focused(visit, shelf):
    page = visit("/search/")
    page.locator("#facet-outcome summary").click()
    with page.expect_response("**/search/?*outcome=failed*"):
        page.locator("#outcome-failed").check()
    page.wait_for_function("document.querySelectorAll('#results .row__title').length === 2")

    assert sorted(titles(page)) == ["Bicycles in the canal", "Cyklar i hamnen"]
    assert page.locator("#facet-outcome").evaluate("e => e.open")
    assert page.evaluate("document.activeElement.id") == "outcome-failed"
    page.locator("#results .chip").click()
    assert len(titles(page)) == 3


def test_found_title_carries_its_language(visit, shelf):
    page = visit("/search/?q=hyrcyklar")

    assert page.locator("#results .row__title").first.get_attribute("lang") == "sv"


def test_suggestions_are_chosen_by_keyboard(visit, shelf):
    page = visit("/search/")
    field = page.locator("#q")
    field.press_sequentially("bik")
    option = page.get_by_role("option").first
    option.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
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

    assert "too fast" in page.locator("#toasts").inner_text()
    assert page.locator("#q").input_value() == "bicycles"
    page.complaints.clear()  # the browser logs every 429


def test_html_in_an_entry_stays_text(visit, live_house):
    entry = EntryFactory(
        title="<img src=x onerror=alert(1)> bicycles", slug="evil", summary="<b>bold</b> bicycles"
    )
    outbox.touch("entry", entry.pk)
    outbox.drain()
    page = visit("/search/")
    page.locator("#q").fill("bicycles")
    page.wait_for_url("**/search/?q=bicycles*")

    assert titles(page) == ["<img src=x onerror=alert(1)> bicycles"]
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

    assert titles(page) == ["Night limits for holiday homes"]
    assert page.locator("#results .chip").inner_text().endswith("Worked")


def test_axe_finds_nothing_on_open_suggestions(axe, shelf):
    def typed(page):
        page.locator("#q").press_sequentially("bicy")
        page.get_by_role("option").first.wait_for()
        page.locator("#q").press("ArrowDown")
        # Results stand paler while newer ones are on their way; what is judged is the page at rest.
        page.wait_for_url("**q=bicy*")
        page.locator(".htmx-request").first.wait_for(state="detached")
        page.wait_for_timeout(300)

    assert axe("/search/", prepare=typed) == []


def test_way_back_from_an_entry_finds_the_same_results(visit, shelf):
    page = visit("/search/")
    page.locator("#q").fill("bicycles")
    page.wait_for_url("**/search/?q=bicycles*")
    page.locator("#results .row__title a").first.click()
    page.wait_for_url("**/alex/**")
    page.go_back()

    assert page.locator("#q").input_value() == "bicycles"
    assert titles(page) == ["Bicycles in the canal"]
