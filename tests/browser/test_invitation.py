"""An invitation from the mail to the seat, in a real browser: it sends an origin, and keeps one session."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from house.partners.actions.invitations import digest_of
from house.partners.models import Invitation
from tests.factories import CityFactory, PartnershipFactory, SeatFactory

pytestmark = pytest.mark.slow


def test_a_colleague_comes_in_by_link_code_and_button(visit, live_house, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    seat = SeatFactory(
        partnership=PartnershipFactory(city=CityFactory(code="ams")), person=None, title="Planner"
    )
    invitation = Invitation.objects.create(
        seat=seat, email="mila@city.example", name="Mila Ruiz", digest=digest_of("token"),
        sent_at=timezone.now(), expires_at=timezone.now() + timezone.timedelta(days=1),
    )  # fmt: skip
    page = visit(f"/partnership/invitation/{invitation.code}/token/")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").wait_for()
    code = re.search(r"^    (\S+)$", mail.outbox[-1].body, re.MULTILINE).group(1)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Prove my address").click()
    page.get_by_role("button", name="Take the seat").click()
    page.wait_for_url("**/brief/")
    assert "Planner" in page.get_by_role("heading", level=1).inner_text()
    seat.refresh_from_db()
    assert seat.person.email == "mila@city.example"
