"""A real Chromium against the live house. Journeys use `visit` and, signed in, `visit(..., person=…)`.

    def test_it(visit, live_house):
        page = visit("/", width=390, theme="dark")

Every page collects what the browser complains about (script errors, refused by the Content
Security Policy, failed loads); the fixture fails the test that caused any of it.
"""

import os
import shutil
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client

from house.vocabulary.loading import load_vocabulary
from house.vocabulary.models import City, CityFact, Topic

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
]
AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
PATIENCE = 30_000  # milliseconds, for a crowded machine
_browsers = []
_vocabulary = {}
SIGHTS = [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]
BUILT = Path(__file__).parents[2] / "src/house/front/static/front/front.js"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests of this process, also where another folder borrows this fixture."""
    if _browsers:
        yield _browsers[0]
        return
    if CHROMIUM is None:
        pytest.skip("Chromium is absent: install Debian's package `chromium`")
    if not BUILT.exists():
        pytest.skip("the frontend is not built: run `make frontend/ready`")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)

    # Playwright keeps an event loop in this thread; Django would take every query for a mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        _browsers.append(playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS))
        yield _browsers[0]
        _browsers.pop().close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def live_house(live_server, transactional_db, filled):
    """The live server with the cities, topics and rights of the house.

    A live test empties every table behind itself, those that a migration filled too.
    """
    if _vocabulary:
        for model, rows in _vocabulary.items():
            model.objects.bulk_create(rows)
    else:  # some three hundred queries, once for each process
        load_vocabulary()
        _vocabulary.update({model: list(model.objects.all()) for model in (City, CityFact, Topic)})
    with all_answered():
        yield live_server


@contextmanager
def all_answered():
    """Waits at the end until the server has answered what a closing page still sent.

    Otherwise the tables would be emptied under it, and the database would say that they are locked.
    """
    asked, answered = [], []

    def begin(**_facts):
        asked.append(True)

    def finish(**_facts):
        answered.append(True)

    request_started.connect(begin)
    request_finished.connect(finish)
    yield
    end = time.monotonic() + 30
    while len(answered) < len(asked) and time.monotonic() < end:
        time.sleep(0.05)
    request_started.disconnect(begin)
    request_finished.disconnect(finish)


@pytest.fixture
def visit(chromium, live_house):
    """Opens a page of the house as anybody, or signed in as `person`."""
    contexts, complaints = [], []

    def open_page(
        path, *, width=1440, height=900, theme="light", person=None, scripts=True, bypass_csp=False,
        reduced_motion="reduce", bell=False,
    ):  # fmt: skip
        context = chromium.new_context(
            base_url=live_house.url,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            java_script_enabled=scripts,
            bypass_csp=bypass_csp,
            reduced_motion=reduced_motion,
        )
        contexts.append(context)
        if person is not None:
            client = Client()
            client.force_login(person)
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies(
                [{"name": name, "value": client.cookies[name].value, "url": live_house.url}]
            )
        context.set_default_timeout(PATIENCE)
        if person is not None and not bell:
            # It asks after the page has come, when a test may be writing: the tests' database in memory
            # then says that it is locked, which a database in a file never does.
            context.route("**/notices/bell/", lambda route: route.fulfill(status=200, body=""))
        page = context.new_page()
        page.complaints = complaints
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: _listen(message, complaints))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _listen(message, complaints):
    if message.type == "error" or "Content Security Policy" in message.text:
        complaints.append(f"{message.text} ({message.location.get('url', '')})")


@pytest.fixture
def axe(visit):
    """What axe has against a page, in short sentences: on a desk and a phone, in light and in dark.

    Its rules of WCAG 2.2 A and AA, and of good practice. `prepare(page)` may open or fill something.
    """

    def look(*paths, prepare=None, **options):
        page = visit(paths[0], bypass_csp=True, **options)
        said = []
        for path in paths:
            page.goto(path)
            if prepare is not None:
                prepare(page)
            page.add_script_tag(path=AXE)
            said += [f"{path} {one}" for one in _complaints(page)]
        return said

    return look


def _complaints(page):
    said = []
    for width, theme in SIGHTS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        said += [
            f"{width} {theme} {rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]
    return said
