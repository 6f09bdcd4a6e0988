"""Journeys across rooms in a real Chromium. They borrow the browser of tests/browser."""

from pathlib import Path

import pytest

from tests.browser.conftest import axe, chromium, live_house, visit
from tests.journeys.mailing import AUTHSERV

__all__ = ["axe", "chromium", "live_house", "visit"]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture
def takes_mail(settings):
    """Mails are sent into `mail.outbox`, and the house takes answers."""
    settings.REPLY_ADDRESS = "reply@house.example"
    settings.INTAKE_AUTHSERV = AUTHSERV
    settings.DEFAULT_FROM_EMAIL = "Digital House <house@house.example>"
    settings.EMBEDDINGS_URL = "none"
    settings.MAIL_CARRIER = "django.core.mail.backends.locmem.EmailBackend"
