"""Journeys across rooms in a real Chromium. They borrow the browser of tests/browser."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from house.partners.models import Right
from tests.browser.conftest import axe, chromium, live_house, visit

__all__ = ["axe", "chromium", "live_house", "visit"]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(autouse=True)
def rights(live_house):
    """The default table. A live test empties every table behind itself, this one too."""
    if not Right.objects.exists():
        import_module("house.partners.migrations.0002_default_rights").fill(apps, None)
