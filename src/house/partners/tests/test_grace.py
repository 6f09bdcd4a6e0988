import datetime

import pytest
from django.utils import timezone

from house.partners.viewing import viewer_for
from tests.factories import PartnershipFactory, SeatFactory

pytestmark = pytest.mark.django_db


def seat_of(ended, grace):
    """In a partnership that ends so many days from today."""
    ends_on = timezone.now().date() + datetime.timedelta(days=ended)
    return SeatFactory(
        partnership=PartnershipFactory(
            ends_on=ends_on, grace_days=grace, last_day=ends_on + datetime.timedelta(days=grace)
        )
    )


@pytest.mark.parametrize(
    ("ended", "grace", "is_told"),
    [(0, 30, False), (-1, 30, True), (-30, 30, True), (-31, 30, False)],
)
def test_everybody_of_a_city_in_its_grace_is_told_when_it_closes(client, ended, grace, is_told):
    seat = seat_of(ended, grace)
    client.force_login(seat.person)
    page = client.get("/").content.decode()
    assert ("Your city’s partnership ended on" in page) == is_told
    closes = seat.partnership.last_day
    assert (f"open until {closes.day} {closes:%B %Y}" in page) == is_told


def test_a_visitor_is_told_nothing_of_it(client):
    seat_of(-1, 30)
    assert "partnership ended" not in client.get("/").content.decode()


def test_the_grace_costs_no_query(django_assert_num_queries):
    seat = seat_of(-1, 30)
    with django_assert_num_queries(2):
        viewer = viewer_for(seat.person)
    assert viewer.grace == (seat.partnership.ends_on, seat.partnership.last_day)
