"""The editor under the house's strict policy: the fixture `visit` fails a test that the browser complains about."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

import house.alex.tests
from house.alex import actions
from house.alex.models import Draft
from house.partners.viewing import viewer_for
from tests.journeys.waiting import editor, forgive, until

CLIPBOARD = Path(house.alex.tests.__file__).parent / "clipboard"
FROM_WORD = (
    "<h2>Night permits for Ebbhaven</h2>"
    '<p>We asked every host to register; see <a href="https://example.org/register?a=1&amp;b=2">the register</a>.'
    " It was <strong>not</strong> enough.</p>"
    "<h3>What we did</h3>"
    "<ul><li><p>Counted listings</p><ul><li><p>by street</p></li><li><p>by month</p></li></ul></li>"
    "<li><p>Wrote to <em>every</em> host</p></li></ul>"
    "<ol><li><p>Draft</p><ol><li><p>legal check</p></li></ol></li><li><p>Vote</p></li></ol>"
    "<h4>Figures</h4>"
    "<table><tbody><tr><th><p><strong>Year</strong></p></th>"
    '<th colspan="2"><p><strong>Permits</strong></p></th></tr>'
    "<tr><td><p>2019</p></td><td><p>asked 40</p></td><td><p>given 31</p></td></tr></tbody></table>"
    "<p>Added later.</p>"
)


@pytest.fixture
def draft(live_house, member):
    return actions.create_entry("case_study", by=viewer_for(member.person))


@pytest.fixture
def page(visit, draft, member):
    return visit(reverse("alex:entry_edit", args=[draft.slug]), person=member.person)


def text(page):
    return editor(page, "The challenge")


def html(page):
    """The field that is sent, once the editor has copied its text there."""
    page.keyboard.press("Tab")
    return page.locator("textarea[name=challenge]").evaluate("field => field.value")


def kept(entry):
    return Draft.objects.get(entry=entry).content


def paste(page, clipboard, plain="plain"):
    """A real paste: the page's own copy puts the HTML on the clipboard, two keys bring it in."""
    page.evaluate(
        """([html, plain]) => document.addEventListener("copy", (event) => {
            event.preventDefault();
            event.stopImmediatePropagation();
            event.clipboardData.setData("text/html", html);
            event.clipboardData.setData("text/plain", plain);
        }, {once: true, capture: true})""",
        [clipboard, plain],
    )
    text(page).focus()
    page.keyboard.type("x")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")


@pytest.mark.parametrize("source", ["word_desktop.txt", "word_web.txt"])
def test_paste_from_word_keeps_headings_lists_tables_and_links_and_nothing_else(page, source):
    paste(page, (CLIPBOARD / source).read_text(encoding="utf-8"))
    assert html(page) == FROM_WORD


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "google_docs.txt",
            (
                '<h2>Title</h2><p><strong>bold</strong> and <a href="https://example.org">link</a></p>'
                "<ul><li><p>one</p><ul><li><p>under</p></li></ul></li><li><p>two</p></li></ul>"
                "<table><tbody><tr><td><p>a</p></td></tr></tbody></table>"
            ),
        ),
        (
            "libreoffice.txt",
            (
                '<h2>Heading</h2><p><strong>Bold</strong> text with <a href="https://example.org/">a link</a>.</p>'
                "<ul><li><p>One</p><ul><li><p>Under</p></li></ul></li></ul>"
                "<table><tbody><tr><th><p>Year</p></th></tr><tr><td><p>2019</p></td></tr></tbody></table>"
            ),
        ),
    ],
)
def test_paste_from_other_writers_keeps_as_much(page, source, expected):
    paste(page, (CLIPBOARD / source).read_text(encoding="utf-8"))
    assert html(page) == expected


def test_paste_keeps_what_stands_in_the_house(page, draft):
    paste(page, (CLIPBOARD / "word_desktop.txt").read_text(encoding="utf-8"))
    found = until(lambda: kept(draft)["fields"].get("challenge"))
    assert found == FROM_WORD.replace(
        '<a href="https://example.org/register?a=1&amp;b=2">',
        '<a href="https://example.org/register?a=1&amp;b=2" rel="noopener noreferrer nofollow">',
    )


def test_hostile_paste_brings_words_alone(page):
    paste(
        page,
        '<p onclick="x()" style="position:fixed">Kept<script>alert(1)</script>'
        '<img src=x onerror="alert(1)"><a href="javascript:alert(1)">words</a>'
        "<svg><script>alert(1)</script></svg><iframe srcdoc='x'></iframe></p>",
    )
    assert html(page) == "<p>Keptwords</p>"


def test_paste_of_plain_text_makes_paragraphs(page):
    paste(page, "", "One.\n\nTwo.")
    assert html(page) == "<p>One.</p><p>Two.</p>"


def test_everything_can_be_written_by_keyboard_alone(page):
    text(page).focus()
    page.keyboard.type("Rents")
    page.keyboard.press("Alt+F10")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Heading"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "textbox"
    page.keyboard.press("Enter")
    page.keyboard.type("- one")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+]")
    page.keyboard.type("under one")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("bold")
    assert html(page) == (
        "<h2>Rents</h2><ul><li><p>one</p><ul><li><p>under one</p></li></ul></li></ul>"
        "<p><strong>bold</strong></p>"
    )


def test_toolbar_is_one_stop_and_moves_by_arrows(page):
    text(page).focus()
    page.keyboard.press("Alt+F10")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.command") == "em"
    expect(page.locator("[role=toolbar]").first.locator("[tabindex='0']")).to_have_count(1)
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.dataset.command") == "redo"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "textbox"


def test_table_is_made_walked_and_left_by_keyboard(page):
    text(page).focus()
    page.get_by_role("button", name="Insert a table").first.click()
    page.keyboard.type("Year")
    page.keyboard.press("Tab")
    page.keyboard.type("Homes")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Delete column").first.click()
    for _ in range(2):
        page.locator("#id_challenge-editor td").first.click()
        page.get_by_role("button", name="Delete row").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("Below")
    assert html(page) == (
        "<table><tbody><tr><th><p>Year</p></th><th><p>Homes</p></th></tr></tbody></table><p>Below</p>"
    )
    # Tab has left the text: it traps nobody.
    assert page.evaluate("document.activeElement.id") != "id_challenge-editor"


def test_link_is_set_by_a_dialog_that_gives_focus_back(page):
    text(page).focus()
    page.keyboard.type("register")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    page.get_by_label("Address of the link").fill("javascript:alert(1)")
    page.keyboard.press("Enter")
    page.get_by_text("Write a web address").wait_for()
    page.get_by_label("Address of the link").fill("example.org/register")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "textbox"
    assert html(page) == '<p><a href="https://example.org/register">register</a></p>'


def test_axe_finds_nothing_on_the_writing_page(axe, draft, member):
    path = reverse("alex:entry_edit", args=[draft.slug])
    assert axe(path, person=member.person) == []


# -- Nothing typed is lost -----------------------------------------------------------------------


def test_text_is_saved_while_one_writes(page, draft):
    page.get_by_label("Title").fill("Night permits")
    text(page).focus()
    page.keyboard.type("Keys in boxes.")
    page.locator("[data-saved][data-kind=good]").wait_for()
    page.get_by_label("Title").focus()
    until(lambda: kept(draft)["fields"].get("challenge") == "<p>Keys in boxes.</p>")
    assert kept(draft)["title"] == "Night permits"
    until(lambda: re.fullmatch(r"Saved \d\d:\d\d", page.locator("[data-saved]").inner_text()))


def test_a_lost_session_keeps_the_text_until_one_is_back(page, draft, member, visit):
    page.get_by_label("Title").fill("Before")
    page.locator("[data-saved][data-kind=good]").wait_for()
    cookies = page.context.cookies()
    page.context.clear_cookies(name="house")
    page.get_by_label("Title").fill("Typed after the session ended")
    text(page).focus()
    page.keyboard.type("A long paragraph.")
    page.get_by_text("You were signed out").first.wait_for()
    forgive(page, "401")
    assert kept(draft)["title"] == "Before"

    page.context.add_cookies(cookies)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(reverse("alex:entry_edit", args=[draft.slug]))
    page.get_by_text("We put back what you typed").wait_for()
    expect(page.get_by_label("Title")).to_have_value("Typed after the session ended")
    expect(text(page)).to_have_text("A long paragraph.")
    until(lambda: kept(draft)["title"] == "Typed after the session ended")


def test_who_writes_on_in_what_was_thrown_away_is_told_and_handed_her_words(page, draft, member):
    """In another window, say: neither the saving that goes by itself nor the button loses a word."""
    actions.discard_draft(draft, by=viewer_for(member.person))
    page.get_by_label("Title").fill("Typed after it was gone")
    page.get_by_text("somebody has removed this meanwhile").first.wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("heading", name="What you wrote")).to_be_visible()
    expect(page.locator("textarea").first).to_have_value("Typed after it was gone")
    forgive(page, "404")


def test_kept_text_is_only_offered_where_the_draft_went_on(page, draft, member):
    page.get_by_label("Title").fill("Before")
    page.locator("[data-saved][data-kind=good]").wait_for()
    cookies = page.context.cookies()
    page.context.clear_cookies(name="house")
    page.get_by_label("Title").fill("Typed offline")
    page.get_by_text("You were signed out").first.wait_for()
    forgive(page, "401")
    revision = Draft.objects.get(entry=draft).revision
    newer = {"title": "Written elsewhere"}
    actions.save_draft(draft, newer, by=viewer_for(member.person), revision=revision)

    page.context.add_cookies(cookies)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(reverse("alex:entry_edit", args=[draft.slug]))
    expect(page.get_by_label("Title")).to_have_value("Written elsewhere")
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Title")).to_have_value("Typed offline")
    until(lambda: kept(draft)["title"] == "Typed offline")


def test_two_writers_see_both_texts(page, draft, member):
    actions.save_draft(draft, {"title": "Theirs"}, by=viewer_for(member.person), revision=1)
    page.get_by_label("Title").fill("Mine")
    expect(page.locator(".conflict")).to_contain_text("Theirs")
    assert kept(draft)["title"] == "Mine"
    page.get_by_role("button", name="Take theirs").click()
    expect(page.get_by_label("Title")).to_have_value("Theirs")
    until(lambda: kept(draft)["title"] == "Theirs")


def test_form_works_without_scripts(visit, draft, member):
    page = visit(reverse("alex:entry_edit", args=[draft.slug]), person=member.person, scripts=False)
    page.get_by_label("Title").fill("By hand")
    page.locator("textarea[name=challenge]").fill("One.\n\nTwo.")
    page.get_by_role("button", name="Hand in", exact=True).click()
    forgive(page, "422")
    page.get_by_role("alert").wait_for()
    expect(page.get_by_label("Title")).to_have_value("By hand")
    assert kept(draft)["fields"]["challenge"] == "<p>One.</p><p>Two.</p>"
