import pytest

from house.alex.activity import wrote
from house.alex.models import Version
from tests.factories import EntryFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_a_city_lives_by_what_its_people_write_under_its_name(member, neighbour):
    mine = EntryFactory(city=member.city, author=member.person)
    # could count, and must not: what the foundation wrote about the city, and what hides its city
    EntryFactory(city=neighbour.city, author=PersonFactory(is_curator=True))
    EntryFactory(city=neighbour.city, author=neighbour.person, candour="sealed")
    signs = wrote([member.city_id, neighbour.city_id])
    assert signs == {member.city_id: Version.objects.get(entry=mine).made_at}
