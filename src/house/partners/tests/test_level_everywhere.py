"""Whoever tells a city's level asks the changes, not the column that a clock fills."""

import datetime

import pytest
from django.utils import timezone

from house.partners.models import PartnershipChange
from house.partners.viewing import viewer_for
from tests.factories import PartnershipFactory, SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def raised():
    """A seat whose partnership became premium today; no clock has run since."""
    seat = SeatFactory(partnership=PartnershipFactory(level="associate"))
    PartnershipChange.objects.create(
        partnership=seat.partnership, act="level", level="premium",
        effective_on=timezone.now().date(),
    )  # fmt: skip
    return seat


def test_the_viewer(raised):
    assert viewer_for(raised.person).level == "premium"


def test_the_list_for_programs(raised, client):
    items = client.get("/api/v1/partnerships").json()["items"]
    assert [item["level"] for item in items] == ["premium"]


def test_the_frame_of_every_page(raised, client):
    client.force_login(raised.person)
    assert "Premium" in client.get("/").content.decode()


def test_the_city_s_own_page(raised, client):
    raised.kind = "coordinator"
    raised.save()
    client.force_login(raised.person)
    page = client.get("/partnership/").content.decode()
    assert "Premium" in page
    assert "Associate partnership" not in page


def test_the_desk(raised, client, office):
    client.force_login(office)
    (row,) = client.get("/office/partnerships/").context["rows"]
    assert row.level_label == "Premium"


def test_a_plan_for_tomorrow_is_told_to_no_program(client):
    partnership = PartnershipFactory(level="associate")
    PartnershipChange.objects.create(
        partnership=partnership, act="level", level="premium",
        effective_on=timezone.now().date() + datetime.timedelta(days=1),
    )  # fmt: skip
    items = client.get("/api/v1/partnerships").json()["items"]
    assert [item["level"] for item in items] == ["associate"]
