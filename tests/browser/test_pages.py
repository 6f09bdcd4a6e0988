"""What holds on every page: no barrier that axe knows, nothing wider than a phone, no complaint of the browser."""

import pytest

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
    "/accounts/sign-in/",
]
SIGHTS = [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]


@pytest.fixture
def told(live_house):
    """A few entries, so that lists are not only empty."""
    from house.vocabulary.models import City, Topic

    ghent, topic = City.objects.get(slug="ghent"), Topic.objects.get(slug="bike-sharing")
    for outcome in ("failed", "worked", "mixed"):
        EntryFactory(
            title=f"A bicycle scheme that {outcome}", outcome=outcome, city=ghent, topics=[topic],
            fields={"differently": "<p>Begin with the repair shop.</p>"},
        )  # fmt: skip
    return ghent


@pytest.mark.parametrize(("width", "theme"), SIGHTS)
@pytest.mark.parametrize("path", PUBLIC)
def test_axe_finds_nothing(axe, told, path, width, theme):
    assert axe(path, width=width, theme=theme) == []


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing_on_her_own_desk(axe, told, width, theme):
    assert axe("/", width=width, theme=theme, person=PersonFactory(is_curator=True)) == []


@pytest.mark.parametrize("path", [*PUBLIC, "/nothing-here/"])
def test_page_fits_the_smallest_phone(visit, told, path):
    page = visit(path, width=320, height=640)
    page.complaints[:] = [said for said in page.complaints if "404" not in said]

    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("path", PUBLIC)
def test_page_works_without_scripts(visit, told, path):
    page = visit(path, scripts=False)

    assert page.locator("h1").count() == 1
    assert page.locator("nav.rooms a").first.is_visible()


@pytest.mark.parametrize("path", ["/", "/search/", "/cities/ghent/"])
def test_first_load_is_light(visit, told, path):
    """As a compressing server would send it: text is counted after gzip, fonts and images as they are."""
    import gzip

    page = visit("/healthz")
    loads = []
    page.on("response", lambda load: loads.append(load))
    page.goto(path, wait_until="networkidle")
    weight = 0
    for load in loads:
        body = load.body()
        is_text = any(
            word in load.headers["content-type"] for word in ("text", "javascript", "svg", "json")
        )
        weight += len(gzip.compress(body)) if is_text else len(body)

    assert len(loads) < 12
    assert weight < 150_000
