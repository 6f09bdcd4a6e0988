"""Rules of cities compared, in a real browser."""

import pytest
from playwright.sync_api import expect

from house.office.demo import seed_people
from house.office.demo_clauses import seed
from house.people.models import Person


@pytest.fixture
def rules(live_house, settings, tmp_path):
    settings.PAGES_FILE = tmp_path / "pages"
    seed_people()
    seed()


def press_until(page, locator, most=90):
    """Tab until it has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if locator.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError("not reached by the keyboard")


def test_a_member_compares_four_cities_by_keyboard_and_exports(visit, rules):
    page = visit("/atlas/rules/", person=Person.objects.get(email="premium@example.org"))
    press_until(page, page.locator("#field"))
    page.keyboard.type("Shared")
    press_until(page, page.locator(".rules-cities summary"))
    page.keyboard.press("Enter")
    for slug in (
        "amsterdam",
        "barcelona",
        "new-york-city",
        "toronto",
        "dallas",
        "seoul",
        "singapore",
        "tel-aviv",
    ):
        box = page.locator(f"input[value={slug}]")
        if box.is_checked() != (slug in {"dallas", "seoul", "singapore", "tel-aviv"}):
            box.focus()
            page.keyboard.press("Space")
    press_until(page, page.get_by_role("button", name="Compare"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/atlas/rules/?field=shared-vehicles*")
    columns = page.locator(".rules thead th")
    expect(columns).to_have_text(["Question", "Dallas", "Seoul", "Singapore", "Tel Aviv"])
    row = page.locator(".rules__row", has_text="Licence or permit")
    expect(row.locator(".answer__words")).to_have_text(["Yes", "Unknown", "Yes", "Yes"])
    text = row.locator("summary").first
    text.focus()
    page.keyboard.press("Enter")
    expect(row.locator("blockquote").first).to_be_visible()
    link = page.get_by_role("link", name="CSV")
    link.focus()
    with page.expect_download() as got:
        page.keyboard.press("Enter")
    assert got.value.suggested_filename == "rules-shared-vehicles.csv"


def test_the_comparison_is_sound_for_everybody(rules, axe):
    def unfold(page):
        page.locator(".answer__text summary").first.click()

    assert axe("/atlas/rules/?field=short-term-rental&only=differences", prepare=unfold) == []


def test_on_paper_the_text_behind_each_answer_stands_with_it(visit, rules):
    page = visit("/atlas/rules/?field=short-term-rental&city=amsterdam&city=toronto")
    text = page.locator(".answer__text blockquote").first
    expect(text).to_be_hidden()
    page.emulate_media(media="print")
    expect(text).to_be_visible()
