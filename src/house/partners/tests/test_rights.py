import datetime

import pytest
from django.utils import timezone

from house.access.capabilities import CAPABILITIES
from house.access.viewer import VISITOR, Viewer
from house.ground.errors import Forbidden
from house.partners import rights
from house.partners.models import Partnership
from house.partners.viewing import viewer_for
from tests.factories import PartnershipFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db
# The table of the design, written out once more by hand.
READ = {"alex.read", "magazine.read", "agora.read", "gatherings.read", "meetings.book", "people.directory",
        "partnership.read"}  # fmt: skip
PART = {
    "alex.write", "agora.write", "gatherings.attend", "gatherings.host", "topics.suggest", "showcase.publish",
}  # fmt: skip
EXPECTED = {"associate": READ, "partner": READ | PART, "premium": READ | PART | {"visits.request"}}


@pytest.mark.parametrize("capability", sorted(CAPABILITIES))
@pytest.mark.parametrize("level", ["associate", "partner", "premium"])
def test_the_default_table_is_the_designs(level, capability):
    seat = SeatFactory(partnership=PartnershipFactory(level=level))
    decision = rights.decide(viewer_for(seat.person), capability)
    assert decision.allowed == (capability in EXPECTED[level])


@pytest.mark.parametrize("viewer", [VISITOR, Viewer(person_id=3)], ids=["visitor", "guest"])
def test_a_refusal_has_reason_and_remedy(viewer):
    decision = rights.decide(viewer, "alex.write")
    assert not decision.allowed
    assert decision.reason
    assert decision.remedy


def test_a_refusal_names_the_levels_that_include_it():
    viewer = Viewer(person_id=1, city_ids=frozenset({"ams"}), level="associate", is_member=True)
    with pytest.raises(Forbidden) as refused:
        rights.require(viewer, "alex.write")
    assert "Partner, Premium" in refused.value.remedy


def test_an_undeclared_capability_is_a_mistake_in_the_code():
    with pytest.raises(LookupError):
        rights.decide(VISITOR, "alex.fly")


@pytest.mark.parametrize(
    ("started", "ended", "grace", "runs"),
    [
        (-10, None, 0, True),
        (0, None, 0, True),
        (1, None, 0, False),  # begins tomorrow
        (-10, 0, 0, True),  # the last day still counts
        (-10, -1, 0, False),
        (-10, -1, 5, True),  # in its grace
        (-40, -31, 30, False),  # beyond any grace
    ],
)
def test_a_partnership_runs_from_its_first_day_to_the_end_of_its_grace(started, ended, grace, runs):
    today = timezone.now().date()

    def day(days):
        return None if days is None else today + datetime.timedelta(days=days)

    PartnershipFactory(
        starts_on=day(started), ends_on=day(ended), grace_days=grace,
        last_day=None if ended is None else day(ended + grace),
    )  # fmt: skip
    assert Partnership.objects.running().exists() == runs


def test_of_two_levels_the_higher_counts():
    person = PersonFactory()
    for level in ("associate", "premium"):
        SeatFactory(person=person, partnership=PartnershipFactory(level=level))
    assert viewer_for(person).level == "premium"


def test_a_lapsed_city_opens_nothing():
    yesterday = timezone.now().date() - datetime.timedelta(days=1)
    seat = SeatFactory(
        partnership=PartnershipFactory(ends_on=yesterday, last_day=yesterday, grace_days=0)
    )
    assert viewer_for(seat.person).tokens == {"public", f"person:{seat.person.pk}"}


def test_making_a_viewer_asks_two_questions(member, django_assert_num_queries):
    with django_assert_num_queries(2):
        viewer_for(member.person)
