"""What holds on every page: no barrier that axe knows, nothing wider than a phone, no complaint of the browser."""

import gzip

import pytest
from playwright.sync_api import expect

from house.retrieval import outbox
from tests.factories import EntryFactory, PersonFactory

PUBLIC = [
    "/",
    "/search/",
    "/ask/",
    "/cities/",
    "/cities/ghent/",
    "/topics/",
    "/topics/bike-sharing/",
    "/pattern-book/",
    "/alex/",
    "/alex/a-bicycle-scheme-that-failed/",
    "/search/?q=bicycle",
    "/ask/?q=Why+do+bicycle+schemes+fail",
    "/accounts/sign-in/",
]


@pytest.fixture
def told(live_house):
    """A few entries, so that lists are not only empty."""
    from house.vocabulary.models import City, Topic

    ghent, topic = City.objects.get(slug="ghent"), Topic.objects.get(slug="bike-sharing")
    for outcome in ("failed", "worked", "mixed"):
        entry = EntryFactory(
            title=f"A bicycle scheme that {outcome}", outcome=outcome, city=ghent, topics=[topic],
            fields={"differently": "<p>Begin with the repair shop.</p>"},
        )  # fmt: skip
        outbox.touch("entry", entry.pk)
    outbox.drain()
    return ghent


def test_axe_finds_nothing_on_public_pages(axe, told):
    assert axe(*PUBLIC) == []


def test_axe_finds_nothing_on_pages_of_a_member(axe, told, member):
    paths = ["/", "/people/me/", "/people/me/edit/", "/alex/new/", "/alex/mine/", "/mailbox/"]
    assert axe(*paths, person=member.person) == []


def test_axe_finds_nothing_at_the_desk(axe, told):
    paths = ["/", "/office/", "/office/journal/", "/office/import/", "/alex/reviews/"]
    assert axe(*paths, person=PersonFactory(is_office=True, is_curator=True)) == []


def test_axe_finds_nothing_on_an_open_menu(axe, told, member):
    assert (
        axe(
            "/cities/",
            person=member.person,
            prepare=lambda page: page.locator(".menu summary").click(),
        )
        == []
    )


def test_axe_finds_nothing_on_an_open_dialog(axe, told):
    assert (
        axe("/cities/", prepare=lambda page: page.locator(".foot [data-opens=keys]").click()) == []
    )


def test_pages_fit_the_smallest_phone_and_twice_the_letters(visit, told):
    """320 px is what 1280 px leave at a zoom of 400 %; 640 px are half of them, with all text doubled."""
    page = visit("/healthz")
    too_wide = []
    for path in [*PUBLIC, "/nothing-here/"]:
        page.goto(path)
        for width, size in ((320, "100%"), (640, "200%")):
            page.set_viewport_size({"width": width, "height": 640})
            page.evaluate(
                "size => document.documentElement.style.setProperty('font-size', size)", size
            )
            if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
                too_wide.append((path, size, needed))
    page.complaints[:] = [said for said in page.complaints if "404" not in said]

    assert too_wide == []


def test_pages_work_without_scripts(visit, told):
    page = visit("/healthz", scripts=False)
    for path in PUBLIC:
        page.goto(path)

        expect(page.locator("h1")).to_have_count(1)
        page.locator("nav.rooms a").first.wait_for()


@pytest.mark.parametrize("path", ["/", "/search/?q=bicycle", "/cities/ghent/", "/alex/"])
def test_first_load_is_light(visit, told, path):
    """The page as it was sent; its files as the static server sends them, which has packed their text before."""
    page = visit("/healthz")
    loads = []
    page.on("response", lambda load: loads.append(load))  # noqa: PLW0108 -- playwright marks the function
    page.goto(path, wait_until="networkidle")
    weight = page.evaluate("performance.getEntriesByType('navigation')[0].encodedBodySize")
    for load in loads[1:]:
        is_text = any(
            word in load.headers["content-type"] for word in ("text", "javascript", "svg")
        )
        weight += len(gzip.compress(load.body())) if is_text else len(load.body())

    assert len(loads) < 12
    assert 60_000 < weight < 150_000
