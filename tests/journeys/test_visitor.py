"""A visitor finds a city, reads the free issue, finds an initiative by keyboard alone, and applies to join."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from house.atlas.initiatives.tests.making import make_initiative
from house.magazine.demo.load import seed
from house.partners.models import Application
from house.partners.viewing import operator
from house.vocabulary.models import City
from tests.factories import PersonFactory

pytestmark = pytest.mark.usefixtures("takes_mail")


@pytest.fixture
def world(live_house):
    seed(operator())
    for code, name, kinds in (
        ("ams", "Repaircafé Oost", ["repair-cafe"]),
        ("ams", "Tool library North", ["tool-library"]),
        ("cph", "Reparationscafé Amager", ["repair-cafe"]),
    ):
        city = City.objects.get(pk=code)
        make_initiative(
            name, kinds=kinds, city=city, latitude=city.latitude, longitude=city.longitude,
            time_zone=city.time_zone, description="Where neighbours mend what broke, on the first Saturday.",
        )  # fmt: skip
    return PersonFactory(email="office@example.org", name="Noor Winters", is_office=True)


def test_finds_a_city_reads_the_free_issue_finds_a_place_by_keyboard_and_applies(visit, world):
    page = visit("/")
    a_city_is_found(page)
    the_free_issue_is_read(page)
    a_place_is_found_by_keyboard(page)
    she_applies(page)
    the_office_sees_it(visit, world)


def a_city_is_found(page):
    page.locator("main").get_by_role("link", name="Amsterdam", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Amsterdam")


def the_free_issue_is_read(page):
    page.get_by_role("link", name="Magazine").first.click()
    page.locator("main a[href='/magazine/1/']").first.click()
    expect(page.locator("main")).to_contain_text("Five ways to count a home")
    page.get_by_role("link", name="Five ways to count a home").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Five ways to count a home")
    assert len(page.locator("article").first.inner_text()) > 1500  # all of it, not only a teaser


def a_place_is_found_by_keyboard(page):
    """From the article on: no pointer, no script's focus."""
    for key in "gl":
        page.keyboard.press(key)
    expect(page.get_by_role("heading", level=1)).to_have_text("Cities side by side")
    tab_to(page, page.locator("main a[href='/atlas/map/']").first)
    page.keyboard.press("Enter")
    expect(page.locator("[data-told]")).to_contain_text("3 initiatives")

    tab_to(page, page.get_by_role("searchbox", name="Name"))
    page.keyboard.type("cafe")
    expect(page.locator("#results .place")).to_have_count(2)
    tab_to(page, page.get_by_role("combobox", name="City"))
    page.keyboard.type("Amst")
    expect(page.locator("#results .place")).to_have_count(1)

    tab_to(page, page.get_by_role("application"))
    page.keyboard.press("Enter")
    here = page.get_by_role("region", name="Chosen on the map")
    expect(here.get_by_role("link", name="Repaircafé Oost")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Repaircafé Oost")
    expect(page.locator("main")).to_contain_text("neighbours mend what broke")


def tab_to(page, wanted):
    wanted.wait_for()
    for _step in range(90):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not come to {wanted}")


def she_applies(page):
    page.get_by_role("link", name="Join the alliance").last.click()
    page.locator("main a[href='/join/city/']").first.click()
    page.get_by_label("City", exact=True).fill("Port Mirren")
    page.get_by_label(re.compile("^Country")).fill("Caldonia")
    page.get_by_label("Your name").fill("Una Fraser")
    page.get_by_label("Your role").fill("Head of transport")
    page.get_by_label("E-mail address").fill("una@portmirren.example")
    page.get_by_label(re.compile("^Why does your city")).fill("A place that mends, on every quay.")
    page.get_by_label(re.compile("^The foundation may keep")).check()
    page.wait_for_timeout(3500)  # faster than a person is refused
    page.get_by_role("button", name="Send").click()
    page.get_by_label("The code from the mail").wait_for()
    code = re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE).group(1)
    page.get_by_label("The code from the mail").fill(code)
    page.get_by_role("button", name="Prove it").click()
    page.get_by_role("heading", name="Received").wait_for()


def the_office_sees_it(visit, office):
    assert Application.objects.get().stage == "received"
    page = visit("/office/applications/", person=office)
    card = page.locator(".pipeline__card", has_text="Una Fraser")
    expect(card).to_contain_text("Port Mirren")
    card.get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("A place that mends, on every quay.")
