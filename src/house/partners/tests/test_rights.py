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
        "partnership.read", "radar.read", "atlas.correct"}  # fmt: skip
PART = {
    "alex.write", "agora.write", "gatherings.attend", "gatherings.host", "topics.suggest", "showcase.publish",
}  # fmt: skip
EXPECTED = {"associate": READ, "partner": READ | PART, "premium": READ | PART | {"visits.request"}}
# And what the foundation's people and those who speak for a city may do.
EXPERT = {
    "alex.read", "alex.write", "alex.everywhere", "magazine.read", "agora.read", "agora.write", "gatherings.read",
    "gatherings.attend", "gatherings.host", "topics.suggest", "people.directory", "radar.read",
}  # fmt: skip
CURATOR = EXPERT | {
    "alex.review", "agora.moderate", "office.today", "office.import", "showcase.curate", "magazine.edit", "radar.curate",
    "atlas.curate",
}  # fmt: skip
OFFICE = CURATOR | {
    "alex.oversee", "showcase.publish", "office.partnerships", "office.people", "office.rights", "office.ledger",
    "office.journal", "office.work", "office.reveal", "gatherings.run", "meetings.offer", "visits.plan",
}  # fmt: skip


@pytest.mark.parametrize("capability", sorted(CAPABILITIES))
@pytest.mark.parametrize("level", ["associate", "partner", "premium"])
def test_the_default_table_is_the_designs(level, capability):
    seat = SeatFactory(partnership=PartnershipFactory(level=level))
    decision = rights.decide(viewer_for(seat.person), capability)
    assert decision.allowed == (capability in EXPECTED[level])


@pytest.mark.parametrize(
    ("flag", "expected"), [("is_expert", EXPERT), ("is_curator", CURATOR), ("is_office", OFFICE)]
)
def test_the_foundations_people_stand_under_the_same_table(flag, expected):
    viewer = viewer_for(PersonFactory(**{flag: True}))
    more = {"meetings.offer"} if flag == "is_expert" else set()
    allowed = {name for name in CAPABILITIES if rights.decide(viewer, name).allowed}
    assert allowed == expected | more


@pytest.mark.parametrize("kind", ["contact", "coordinator"])
def test_who_speaks_for_a_city_looks_after_its_seats(kind):
    seat = SeatFactory(partnership=PartnershipFactory(level="associate"), kind=kind)
    assert viewer_for(seat.person).capabilities == READ | {"partnership.manage"}


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
    viewer_for(member.person)  # the cells of a version are read once in a process
    with django_assert_num_queries(2):
        viewer_for(member.person)
