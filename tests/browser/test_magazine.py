"""The magazine in a real browser: an editor makes an issue from the proposal and publishes it; a visitor reads."""

import datetime
import io

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from house.alex.models import Entry
from house.magazine.demo.load import seed
from house.magazine.models import Article, Issue
from house.partners.viewing import operator
from tests.factories import EntryFactory, PersonFactory


@pytest.fixture
def sample(live_house):
    seed(operator())
    return Issue.objects.get(is_sample=True)


@pytest.fixture
def news(live_house, member):
    for number in (1, 2):
        entry = EntryFactory(
            title=f"A tool library in its year {number}", city=member.city, audience="public", state="published",
            fields={"differently": "<p>Begin with the repair shop.</p>"},
        )  # fmt: skip
        Entry.objects.filter(pk=entry.pk).update(published_at=timezone.now())


def test_the_magazine_has_no_barrier_that_axe_finds(axe, sample, curator, news):
    paths = ("/magazine/", "/magazine/1/", "/magazine/1/five-ways-to-count-a-home/", "/magazine/2/")
    assert axe(*paths) == []
    assert axe("/magazine/next/", "/magazine/moved/new/", person=curator) == []


@pytest.fixture
def desk(sample, curator):
    """Articles in each state: a draft, one that waits for its reader, one to be changed, one with a time."""
    issue = Issue.objects.create(number=3, month=sample.month, title="To come", live=False)
    office, body = PersonFactory(is_office=True), Article.objects.filter(live=True)[0].body.raw_data
    for slug in ("draft", "waits", "back", "timed"):
        made = Article.objects.create(
            issue=issue, title=f"The {slug}", slug=slug, live=False, body=list(body)
        )
        revision = made.save_revision(user=curator)
        if slug in {"waits", "back"}:
            state = made.get_workflow().start(made, curator)
        if slug == "back":
            state.current_task_state.reject(user=office, comment="Say who paid for it.")
        if slug == "timed":
            made.go_live_at = timezone.now() + datetime.timedelta(days=3)
            revision = made.save_revision(user=curator)
            revision.publish(user=curator)
    return "/magazine/desk/", {each.slug: each.pk for each in Article.objects.filter(issue=issue)}


def test_the_desk_has_no_barrier_that_axe_finds(axe, visit, desk, curator):
    home, keys = desk
    issue = Issue.objects.get(number=3).pk
    snippets = f"{home}snippets/magazine"
    paths = [home, f"{snippets}/issue/", f"{snippets}/issue/edit/{issue}/", f"{snippets}/article/"]
    paths += [f"{snippets}/article/edit/{key}/" for key in keys.values()]
    paths += [f"{home}going-out/{issue}/", f"{home}images/", f"{home}images/add/"]
    paths += [f"{snippets}/article/?q=draft", f"{snippets}/article/?q=zz", f"{home}images/?q=zz"]
    assert axe(*paths, person=curator) == []

    page = visit(f"{snippets}/article/edit/{keys['back']}/", person=curator)
    expect(page.get_by_text("asks for changes: “Say who paid for it.”")).to_be_visible()
    expect(page.get_by_role("textbox", name="Text").first).to_be_visible()
    expect(page.locator("#header-title[aria-level='1']")).to_have_text("The back")
    # What was found is told as it comes.
    page.goto(f"{snippets}/article/")
    for words, told in (("draft", "There is 1 match"), ("zz", "No articles match your query.")):
        page.get_by_label("Search term").fill(words)
        expect(page.get_by_role("alert").filter(has_text=told)).to_be_visible()
    expect(page.get_by_role("heading", name="There is 1 match")).to_have_count(0)
    # Nothing leads to what is not here.
    expect(page.get_by_role("link", name="Account")).to_have_count(0)
    page.goto(home)
    expect(page.locator(".sidebar-menu-item--active")).to_have_count(0)


def test_an_editor_makes_an_issue_and_a_visitor_reads_it(visit, news, curator):
    page = visit("/magazine/next/", person=curator)
    for number in (1, 2):
        row = page.locator(".proposed__row", has_text=f"A tool library in its year {number}")
        row.get_by_role("button", name="Take it").click()
        expect(row.get_by_role("button", name="Take out")).to_be_visible()
    page.get_by_label("Title of the issue").fill("Tools that stay")
    page.get_by_role("button", name="Make it an issue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tools that stay")

    # Each article is approved at the desk; the issue brings them out.
    issue = Issue.objects.get()
    keys = list(Article.objects.values_list("pk", flat=True))
    places = [(f"article/edit/{pk}", "goes out with issue 1") for pk in keys]
    for place, said in [*places, (f"issue/edit/{issue.pk}", "published")]:
        page.goto(f"/magazine/desk/snippets/magazine/{place}/")
        page.get_by_role("button", name="More actions").click()
        page.get_by_role("button", name="Publish", exact=True).click()
        expect(page.locator(".messages .success").first).to_contain_text(said)

    page = visit(f"/magazine/{issue.number}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tools that stay")
    page.get_by_role("link", name="A tool library in its year 1").click()
    expect(page.get_by_text("Begin with the repair shop.").first).to_be_visible()


def test_an_article_prints_in_the_size_of_other_pages(visit, sample):
    """Where a page of paper ends within its columns, nothing grows beyond the sheet and shrinks the print."""
    page = visit("/magazine/1/five-ways-to-count-a-home/")
    sizes = []
    for path in ("/magazine/", "/magazine/1/five-ways-to-count-a-home/"):
        page.goto(path)
        sheet = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages[0]
        words = []
        sheet.extract_text(
            visitor_text=lambda text, cm, tm, _font, size, words=words: words.append(
                (text, round(abs(size * tm[3] * cm[3]), 1))
            )
        )
        sizes.append(next(size for text, size in words if "Digital House" in text))
    assert sizes[0] == sizes[1]
