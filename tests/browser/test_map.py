"""The map of initiatives in a real browser: by keyboard alone, its list the map's equal, and axe."""

import datetime
import re

from django.utils import timezone
from playwright.sync_api import expect

from house.atlas.initiatives import asking
from house.atlas.initiatives.tests.making import make_initiative
from house.vocabulary.models import City


def places():
    for number, (code, kinds) in enumerate(
        (("ams", ["repair-cafe"]), ("ams", ["makerspace"]), ("cph", ["repair-cafe"]))
    ):
        city = City.objects.get(pk=code)
        make_initiative(
            f"Place {number}", kinds=kinds, city=city, time_zone=city.time_zone, opening_hours="24/7",
            latitude=city.latitude + number / 100, longitude=city.longitude,
            description="Where people share what they need a few times a year.",
        )  # fmt: skip


def test_map_and_list_are_used_by_keyboard_alone(visit, live_house):
    places()
    page = visit("/atlas/map/", width=390, height=844)
    page.locator("[data-ready]").wait_for(state="attached")
    expect(page.locator("[data-told]")).to_contain_text("3 initiatives")
    page.locator("#f-kinds > summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Repair café").focus()
    page.keyboard.press("Space")
    expect(page.locator("#results")).to_contain_text("2 initiatives")
    expect(page.locator("#results .place")).to_have_count(2)
    page.wait_for_url(re.compile("kind=repair-cafe"))
    page.get_by_role("checkbox", name="Makerspace").focus()
    page.keyboard.press("Space")
    expect(page.locator("#results")).to_contain_text("3 initiatives")
    expect(page.locator("[data-chosen]")).to_have_text("2")
    page.keyboard.press("Space")
    expect(page.locator("#results .place")).to_have_count(2)
    page.get_by_role("combobox", name="City").focus()
    page.keyboard.type("Amst")
    expect(page.locator("#results .place")).to_have_count(1)
    canvas = page.get_by_role("application")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    here = page.get_by_role("region", name="Chosen on the map")
    expect(here.get_by_role("link", name="Place 0")).to_be_focused()
    page.keyboard.press("Escape")
    expect(canvas).to_be_focused()
    page.get_by_label("Only in the part of the map that I see").focus()
    page.keyboard.press("Space")
    expect(page.locator("#results .place")).to_have_count(1)
    page.get_by_role("button", name="Further").focus()
    for _step in range(9):
        page.keyboard.press("Enter")
    expect(page.locator("#results")).to_contain_text("Place 0")
    page.get_by_role("link", name="Place 0").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Place 0")


def test_back_brings_the_former_list(visit, live_house):
    places()
    page = visit("/atlas/map/")
    page.locator("[data-ready]").wait_for(state="attached")
    page.locator("#f-kinds > summary").click()
    page.get_by_role("checkbox", name="Repair café").check()
    expect(page.locator("#results .place")).to_have_count(2)
    page.wait_for_url(re.compile("kind=repair-cafe"))
    page.go_back()
    expect(page.locator("#results .place")).to_have_count(3)
    expect(page).not_to_have_url(re.compile("kind="))


def test_pages_of_the_list_leave_the_map_where_it_is(visit, live_house):
    for number in range(25):
        make_initiative(f"Place {number:02}", latitude=50 + number / 100, longitude=4)
    page = visit("/atlas/map/")
    page.locator("[data-ready]").wait_for(state="attached")
    page.evaluate("window.here = true")
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("#results .place")).to_have_count(5)
    expect(page.locator("#results")).to_be_focused()
    page.wait_for_url(re.compile("page=2"))
    expect(
        page.locator("#results").get_by_role("button", name="Show on the map Place 24")
    ).to_be_visible()
    assert page.evaluate("window.here")


def test_a_filter_that_brings_nothing_says_so_and_keeps_the_list(visit, live_house):
    places()
    page = visit("/atlas/map/")
    page.locator("[data-ready]").wait_for(state="attached")
    page.context.set_offline(offline=True)
    page.locator("#f-kinds > summary").click()
    page.get_by_role("checkbox", name="Repair café").check()
    expect(page.locator("#toasts")).not_to_be_empty()
    expect(page.locator("#results .place")).to_have_count(3)
    page.context.set_offline(offline=False)
    page.get_by_role("checkbox", name="Makerspace").check()
    expect(page.locator("#results .place")).to_have_count(3)
    expect(page.locator("#results")).to_contain_text("Repair café, Makerspace")
    assert [one for one in page.complaints if "DISCONNECTED" not in one] == []
    page.complaints.clear()  # that there was no line was meant


def test_a_word_of_the_name_narrows_list_and_map_as_it_is_typed(visit, live_house):
    places()
    page = visit("/atlas/map/")
    told = page.locator("[data-told]")
    expect(told).to_contain_text("3 initiatives")
    page.get_by_role("searchbox", name="Name").focus()
    page.keyboard.type("PLACE 2")
    expect(page.locator("#results .place")).to_have_count(1)
    expect(told).to_contain_text("One initiative")
    page.wait_for_url(re.compile("q=PLACE"))
    page.reload()
    expect(told).to_contain_text("One initiative")
    page.get_by_role("searchbox", name="Name").fill("")
    expect(page.locator("#results .place")).to_have_count(3)
    expect(told).to_contain_text("3 initiatives")


def test_the_map_has_no_barrier_that_axe_finds(axe, live_house, curator):
    places()
    code = make_initiative(
        "One more", latitude=1, email="a@place.example", contact_is_public=True
    ).code
    assert axe("/atlas/", "/atlas/map/", f"/atlas/map/{code}/", "/atlas/map/suggest/", "/atlas/map/kinds/",
               "/atlas/map/embed/") == []  # fmt: skip
    assert axe("/atlas/map/desk/", "/atlas/map/import/", person=curator) == []


def test_without_javascript_the_list_and_a_picture_are_there(visit, live_house):
    places()
    page = visit("/atlas/map/?kind=makerspace", scripts=False)
    expect(page.locator("#results .place")).to_have_count(1)
    expect(page.get_by_alt_text("Where these initiatives are")).to_be_visible()
    page.locator("#f-kinds > summary").click()
    page.get_by_role("checkbox", name="Repair café").check()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("#results .place")).to_have_count(3)
    page.get_by_role("searchbox", name="Name").fill("place 1")
    page.keyboard.press("Enter")
    expect(page.locator("#results .place")).to_have_count(1)


def test_paper_shows_the_picture_in_place_of_the_moving_map(visit, live_house):
    places()
    page = visit("/atlas/map/")
    page.locator("[data-ready]").wait_for(state="attached")
    expect(page.locator(".atlas-map__picture")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".atlas-map__picture")).to_be_visible()
    expect(page.locator("[data-canvas]")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("combobox", name="City").focus()
    page.keyboard.type("Amst")
    expect(page.locator("#results .place")).to_have_count(2)
    expect(page.locator(".atlas-map__picture")).to_have_attribute(
        "src", re.compile(r"picture\.svg\?.*city=")
    )


def test_an_initiative_answers_the_yearly_letter(visit, live_house):
    """In a browser, which sends no origin from a page that keeps its referrer to itself wholly."""
    one = make_initiative(
        "Still here", email="a@place.example", contact_is_public=True,
        confirmed_on=datetime.date(2020, 1, 1),
    )  # fmt: skip
    (ask,) = asking.ask_due()
    digest = asking.digest_of("a-secret-of-the-letter")
    type(ask).objects.filter(pk=ask.pk).update(
        sent_at=timezone.now(), digest=digest, sent_to=asking.bound(digest, one.email)
    )
    page = visit("/atlas/map/still-true/a-secret-of-the-letter/", width=390)
    page.get_by_label("Yes, all of it").check()
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("Thank you, we have your answer.")).to_be_visible()
    one.refresh_from_db()
    assert one.confirmed_on == timezone.now().date()
