"""The foundation's desk in a real browser: by keyboard, and what axe says of each page."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import PersonFactory


@pytest.fixture
def person(live_house):
    return PersonFactory(is_office=True)


def test_shift_and_space_take_a_range_of_persons(visit, person):
    for number in range(5):
        PersonFactory(name=f"Zz {number}")
    page = visit("/office/people/?q=Zz", person=person)
    boxes = page.locator("input[name=person]")
    boxes.nth(0).focus()
    page.keyboard.press("Space")
    boxes.nth(3).focus()
    page.keyboard.press("Shift+Space")
    for number in range(5):
        expect(boxes.nth(number)).to_be_checked(checked=number < 4)
    page.get_by_role("button", name="See what would change").press("Enter")
    page.wait_for_url("**/office/people/act/**")
    page.get_by_text("4 people would be changed").wait_for()


def test_without_scripts_every_box_is_ticked_by_itself(visit, person):
    victim = PersonFactory(name="Zz Alone")
    page = visit("/office/people/?q=Zz", person=person, scripts=False)
    page.locator("input[name=person]").check()
    page.get_by_role("button", name="See what would change").click()
    page.locator("input[name=reason]").fill("Left the city")
    page.get_by_role("button", name="Suspend").click()
    page.wait_for_url("**/office/people/acts/**")
    victim.refresh_from_db()
    assert not victim.is_active


# How wide each choice stands, and how wide its longest label wants it.
WIDTHS = """[...document.querySelectorAll("form[role=search] select")].map(choice => {
  const free = choice.cloneNode(true);
  free.style.cssText = "inline-size: auto; min-inline-size: 0; position: absolute";
  choice.after(free);
  const wanted = free.offsetWidth;
  free.remove();
  return [choice.name, choice.offsetWidth, wanted];
})"""


@pytest.mark.parametrize("width", [390, 800, 1440])
def test_no_label_of_a_filter_is_cut(visit, person, width):
    page = visit("/office/ledger/", person=person, width=width)
    for path in ("/office/ledger/", "/office/applications/"):
        page.goto(path)
        cut = [each for each in page.evaluate(WIDTHS) if each[1] < each[2]]
        assert cut == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_parts_of_the_desk_are_skipped_by_keyboard(visit, person):
    page = visit("/office/people/", person=person)
    page.locator("#main").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/office/people/#*")
    page.keyboard.press("Tab")
    expect(page.locator("*:focus")).to_have_text("Add a colleague of the foundation")


@pytest.mark.parametrize(("width", "is_menu"), [(1440, False), (1024, True), (390, True)])
def test_the_parts_of_the_desk_take_two_rows_at_most(visit, person, width, is_menu):
    """Of the two shapes one is shown: a row that wraps once, or a menu that opens."""
    page = visit("/magazine/next/", person=person, width=width)
    menu, row = page.locator("details.desk"), page.locator(".desk-tabs")
    expect(menu).to_be_visible(visible=is_menu)
    expect(row).to_be_visible(visible=not is_menu)
    line = page.locator(".desk-tabs a, .desk > summary").locator("visible=true").first
    shown = menu if is_menu else row
    assert shown.bounding_box()["height"] < 2.5 * line.bounding_box()["height"]
    if is_menu:
        menu.locator("summary").click()
        expect(menu.get_by_role("link", name="Ledger")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_has_nothing_against_the_desk(axe, person):
    other = PersonFactory(name="Zz Other")
    names = ("today", "journal", "work", "mail", "health", "people", "people_acts", "reveals")
    paths = [reverse(f"office:{name}") for name in names]
    paths += [
        reverse("office:person", args=[other.code]),
        reverse("office:people_act") + f"?act=suspend&person={other.code}",
        reverse("my_reveals"),
    ]
    assert axe(*paths, person=person) == []
