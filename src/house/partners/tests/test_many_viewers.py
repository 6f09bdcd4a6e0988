"""`viewers_for` is `viewer_for` of many: for each kind of person, with circles and exceptions."""

import datetime

import pytest
from django.utils import timezone

from house.partners.models import Circle, Partnership, RightException
from house.partners.viewing import viewer_for, viewers_for
from house.people.models import Person
from tests.factories import CityFactory, PartnershipFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def persons(member, neighbour, associate, curator, office):
    day = datetime.timedelta(days=1)
    today = timezone.now().date()
    ended = SeatFactory(
        partnership=PartnershipFactory(
            ends_on=today - 40 * day, last_day=today - 10 * day, city=CityFactory(code="end")
        )
    ).person
    in_grace = SeatFactory(
        partnership=PartnershipFactory(
            ends_on=today - 4 * day, last_day=today + 10 * day, city=CityFactory(code="gra")
        )
    ).person
    in_two_cities = SeatFactory(kind="coordinator").person
    SeatFactory(person=in_two_cities, partnership=PartnershipFactory(level="premium"))
    circle = Circle.objects.create(name="Two")
    circle.persons.add(member.person, office)
    circle.cities.add(neighbour.city)
    facts = {"starts_on": today - day, "ends_on": today + day, "reason": "Because"}
    RightException.objects.create(
        city=member.city, capability="meetings.book", is_granted=False, **facts
    )
    RightException.objects.create(
        person=associate.person, capability="agora.write", is_granted=True, **facts
    )
    PersonFactory(is_active=False)
    PersonFactory(is_expert=True)
    return [member.person, ended, in_grace, in_two_cities]


def test_each_is_the_viewer_that_she_is_alone(persons):
    everybody = list(Person.objects.all())
    made = viewers_for(everybody)
    for person in everybody:
        alone = viewer_for(person)
        assert made[person.pk] == alone
        assert made[person.pk].denied == alone.denied
        assert made[person.pk].grace == alone.grace
    assert len({viewer.level for viewer in made.values()}) == 4
    assert any(viewer.circle_ids for viewer in made.values())
    assert any(viewer.denied for viewer in made.values())


@pytest.mark.parametrize("count", [1, 30])
def test_many_cost_what_one_costs(django_assert_num_queries, count):
    found = [SeatFactory().person for _ in range(count)]
    assert Partnership.objects.count() == count
    viewers_for(found)
    with django_assert_num_queries(4):
        viewers_for(found)
