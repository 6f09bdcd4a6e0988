"""The radar in a real browser: axe on its pages, and a curator who goes through what came in by key alone."""

import pytest
from playwright.sync_api import expect

from house.partners.viewing import viewer_for
from house.radar import actions
from house.radar.models import Story
from house.radar.tests.making import make_source, make_story


@pytest.fixture
def stories(live_house, curator):
    source = make_source(name="De Kade")
    picked = make_story(
        "Kades halveren klachten", "Corrals halve complaints", language="nl", source=source
    )
    note = {"note": "Copy the method before you paint.", "language": "en", "audience": "public"}
    actions.pick(picked, by=viewer_for(curator), **note)
    return picked, *(make_story(f"Story {number}", source=source) for number in (1, 2, 3))


def test_the_radar_has_no_barrier_that_axe_finds(axe, stories, curator):
    picked = stories[0]
    paths = ("/radar/", picked.get_absolute_url(), "/radar/desk/", "/radar/sources/")
    assert axe(*paths, person=curator) == []


def test_a_curator_goes_through_what_came_in_by_key_alone(visit, stories, curator):
    page = visit("/radar/desk/", person=curator)
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(page.get_by_text("Dropped. You can take it back below.")).to_be_visible()
    expect(page.locator("[data-triage-row]")).to_have_count(2)
    page.wait_for_load_state()  # the keys work once their script has run
    page.keyboard.press("z")
    expect(page.get_by_text("Taken back.", exact=True)).to_be_visible()
    expect(page.locator("[data-triage-row]")).to_have_count(3)
    page.wait_for_load_state()
    for key in "xjxm":
        page.keyboard.press(key)
    expect(page.get_by_text("Merged. You can take it back below.")).to_be_visible()
    expect(page.locator("[data-triage-row]")).to_have_count(2)
    page.wait_for_load_state()
    page.keyboard.press("p")
    page.get_by_label("Why should a city read this?").fill("It is short.")
    page.get_by_label("Everyone").check()
    page.get_by_role("button", name="Pick", exact=True).click()
    expect(page.get_by_text("Picked. Who follows its topics or cities is told.")).to_be_visible()
    assert Story.objects.filter(state="picked", audience="public").count() == 2
