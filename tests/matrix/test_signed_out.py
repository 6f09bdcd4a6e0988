"""Whose session ended between the form and its sending is asked to sign in, and what she typed waits for her."""

from importlib import import_module

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tests.matrix.test_matrix import Browser

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("alex:entry_edit", {"title": "What I had written", "lock": "1"}),
        ("alex:entry_review", {"text": "What I had written"}),
        ("alex:entry_withdraw", {"reason": "What I had written"}),
    ],
)
def test_what_she_typed_waits_until_she_has_signed_in_again(world, name, typed):
    browser = Browser()
    browser.cookies[settings.SESSION_COOKIE_NAME] = world.sessions["signed out"]
    with transaction.atomic():
        answer = browser.post(reverse(name, args=["entry-city"]), typed)
        key = answer.cookies[settings.SESSION_COOKIE_NAME].value
        kept = import_module(settings.SESSION_ENGINE).SessionStore(key).load()
        transaction.set_rollback(True)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert "What+I+had+written" in str(kept)
    assert "zzcitycase" not in answer.content.decode().lower()
