"""The page of a city's partnership, seats, and who may see what of them."""

import pytest
from django.urls import reverse

from house.partners.models import Seat
from tests.factories import SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(member):
    """Somebody who speaks for the member's city."""
    return SeatFactory(
        partnership=member.seat.partnership, kind=Seat.Kind.COORDINATOR, title="Head of economy"
    )


def test_every_page_of_a_city_opens_for_its_coordinator(client, coordinator, member):
    client.force_login(coordinator.person)
    for name, args in (
        ("partnership", []),
        ("seats", []),
        ("seat_new", []),
        ("invitation_new", []),
        ("seat", [member.seat.code]),
        ("seat_free", [member.seat.code]),
        ("seat_move", [member.seat.code]),
        ("seat_hand_over", [member.seat.code]),
        ("seat_brief", [member.seat.code]),
        ("benefit_use", ["one-on-one"]),
        ("join", []),
        ("join_done", []),
    ):
        answer = client.get(reverse(f"partners:{name}", args=args))
        assert answer.status_code == 200, (name, answer.status_code)
