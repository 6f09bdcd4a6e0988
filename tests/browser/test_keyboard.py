"""Everything works without a pointer."""

import pytest
from playwright.sync_api import expect


def focused(page, expression):
    return page.evaluate(f"(() => {{ const e = document.activeElement; return {expression}; }})()")


def test_first_tab_skips_to_the_page(visit):
    page = visit("/cities/")
    page.keyboard.press("Tab")
    assert focused(page, "e.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    page.wait_for_url("**/cities/#main")
    page.keyboard.press("Tab")

    assert focused(page, "e.closest('main') !== null")


def test_slash_focuses_the_question_field(visit):
    page = visit("/cities/")
    page.keyboard.press("/")

    assert focused(page, "e.name") == "q"


@pytest.mark.parametrize(
    ("letter", "path"), [("c", "/cities/"), ("t", "/topics/"), ("q", "/ask/"), ("h", "/")]
)
def test_g_and_a_letter_goes_to_a_place(visit, letter, path):
    page = visit("/pattern-book/")
    page.keyboard.press("g")
    page.keyboard.press(letter)
    page.wait_for_url(f"**{path}")


def test_question_mark_shows_the_keys_and_escape_gives_focus_back(visit):
    page = visit("/cities/")
    link = page.locator("nav.rooms a").nth(1)
    link.focus()
    page.keyboard.press("?")
    page.locator("#keys").wait_for()
    page.keyboard.press("Escape")

    page.locator("#keys").wait_for(state="hidden")
    assert focused(page, "e.href") == link.evaluate("e => e.href")


def test_single_keys_can_be_switched_off(visit):
    page = visit("/cities/")
    page.keyboard.press("?")
    page.locator("[data-keys-switch]").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("/")
    page.keyboard.press("?")

    assert focused(page, "e.tagName") == "BODY"
    page.locator("#keys").wait_for(state="hidden")


def test_keys_typed_into_a_field_are_text(visit):
    page = visit("/cities/")
    page.keyboard.press("/")
    page.keyboard.type("gc?/")

    assert page.locator("[data-ask]").input_value() == "gc?/"
    assert page.url.endswith("/cities/")


def test_every_focus_is_visible(visit):
    """Walks the page by Tab; whatever has focus shows a ring, itself or the field around it."""
    page = visit("/cities/ghent/")
    bare = []
    for _step in range(30):
        page.keyboard.press("Tab")
        if not focused(
            page,
            "e === document.body || [e, e.closest('form.ask'), e.closest('.card')].some("
            "n => n && getComputedStyle(n).outlineStyle !== 'none')",
        ):
            bare.append(focused(page, "e.outerHTML.slice(0, 80)"))

    assert bare == []


def test_theme_is_kept_without_and_with_scripts(visit):
    page = visit("/cities/", scripts=False)
    page.locator(".rooms__foot button[value=dark]").click()
    assert page.url.endswith("/cities/")
    expect(page.locator("html[data-theme=dark]")).to_have_count(1)

    page = visit("/cities/")
    with page.expect_response("**/theme/"):
        page.locator(".rooms__foot button[value=dark]").click()
    expect(page.locator("html[data-theme=dark]")).to_have_count(1)
    page.reload()
    expect(page.locator("html[data-theme=dark]")).to_have_count(1)
