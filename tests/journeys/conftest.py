"""Journeys across rooms in a real Chromium. They borrow the browser of tests/browser."""

from pathlib import Path

from tests.browser.conftest import axe, chromium, live_house, visit

__all__ = ["axe", "chromium", "live_house", "visit"]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
