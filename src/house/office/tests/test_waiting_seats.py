import pytest
from django.urls import reverse
from django.utils import timezone

from house.partners.models import CityDomain, Invitation
from tests.factories import SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(member):
    """Two that wait, and two that do not."""
    made = {"email": "a@elsewhere.example", "name": "Ada", "needs_approval": True}
    for number, more in enumerate(({}, {"approved_at": timezone.now()})):
        seat = SeatFactory(partnership=member.seat.partnership, person=None)
        Invitation.objects.create(seat=seat, **made | {"email": f"zz{number}@x.example"} | more)
    CityDomain.objects.create(city=member.city, domain="zzwaits.example")
    CityDomain.objects.create(
        city=member.city, domain="zzdone.example", verified_at=timezone.now(), proof="office"
    )


def test_today_tells_which_addresses_the_office_must_look_at(client, office, waiting):
    client.force_login(office)
    page = client.get(reverse("office:today")).content.decode()
    for told in ("zz0@x.example", "zzwaits.example", "/partnership/seats/?city=city-aaa"):
        assert told in page
    for done in ("zz1@x.example", "zzdone.example"):
        assert done not in page


def test_a_curator_is_not_told_of_addresses(client, curator, waiting):
    client.force_login(curator)
    page = client.get(reverse("office:today")).content.decode()
    for told in ("zz0@", "zz1@", "zzwaits", "zzdone"):
        assert told not in page
