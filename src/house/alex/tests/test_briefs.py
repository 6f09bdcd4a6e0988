"""What a seat's brief tells of the lexicon, and to whom (hole 5)."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from house.alex.models import Adoption, Draft
from house.partners.models import Seat, Tenure
from tests.factories import EntryFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(member):
    return SeatFactory(
        partnership=member.seat.partnership, kind=Seat.Kind.COORDINATOR, title="Head of economy"
    )


def brief(client, seat):
    return client.get(reverse("partners:seat_brief", args=[seat.code]))


def test_the_brief_tells_what_the_seat_owns_and_owes(client, member):
    today = timezone.now().date()
    EntryFactory(title="Bays of 2019", owner_seat=member.seat, city=member.city, review_by=today)
    adopted = EntryFactory(title="Lent tools")
    Adoption.objects.create(
        entry=adopted, city=member.city, stage="reuses", recorded_by=member.person,
        started_on=today - datetime.timedelta(days=200),
    )  # fmt: skip
    client.force_login(member.person)
    page = " ".join(brief(client, member.seat).content.decode().split())
    assert page.count("Bays of 2019") == 2, "as owned and as promised"
    assert "Is it still true? The date has passed." in page
    assert "Lent tools" in page
    assert "After 6 months" in page
    assert "After 12 months" not in page


def test_a_successor_finds_what_her_predecessor_left(client, member):
    """Of the seat, not of the person: what those who sat here took home is told to who sits here now."""
    before = member.person
    now = timezone.now()
    Tenure.objects.create(seat=member.seat, person=before, began_at=now, ended_at=now)
    Adoption.objects.create(
        entry=EntryFactory(title="Lent tools"), city=member.city, stage="reuses", recorded_by=before,
        started_on=now.date() - datetime.timedelta(days=400),
    )  # fmt: skip
    entry = EntryFactory(title="Her draft", owner_seat=member.seat, author=before, city=member.city)
    Draft.objects.create(entry=entry)
    member.seat.person = PersonFactory()
    member.seat.save()
    client.force_login(member.seat.person)
    page = brief(client, member.seat).content.decode()
    for told in ("Lent tools", "Her draft", before.name, "entries being written or reviewed"):
        assert told in page


def test_hole_5_a_brief_is_for_its_holder_its_coordinator_and_the_office(
    client_factory, member, neighbour, coordinator, curator, office
):
    EntryFactory(title="zzowned", owner_seat=member.seat, city=member.city, audience="city")
    colleague = SeatFactory(partnership=member.seat.partnership).person
    stranger = SeatFactory(
        partnership=neighbour.seat.partnership, kind=Seat.Kind.COORDINATOR
    ).person
    expected = {
        member.person: 200, coordinator.person: 200, office: 200, colleague: 403, neighbour.person: 404,
        stranger: 404, curator: 403, PersonFactory(): 403, None: 302,
    }  # fmt: skip
    for person, status in expected.items():
        answer = brief(client_factory(person), member.seat)
        assert answer.status_code == status, person
        assert ("zzowned" in answer.content.decode()) == (status == 200)


def test_a_former_holder_reads_no_more(client, member):
    client.force_login(member.person)
    assert brief(client, member.seat).status_code == 200
    member.seat.person = None
    member.seat.save()
    assert brief(client, member.seat).status_code in {403, 404}


@pytest.mark.parametrize("candour", ["described", "sealed"])
def test_whose_an_entry_is_that_hides_its_city_is_told_to_the_holder_alone(
    client_factory, member, coordinator, office, candour
):
    """Else a brief would say which city a sealed failure came from."""
    EntryFactory(
        title="zzhidden", owner_seat=member.seat, city=member.city, candour=candour,
        audience="alliance", described_as="a port city",
    )  # fmt: skip
    for person, tells in ((member.person, True), (coordinator.person, False), (office, False)):
        assert ("zzhidden" in brief(client_factory(person), member.seat).content.decode()) == tells
    member.seat.person = None
    member.seat.save()
    close = client_factory(coordinator.person).get(
        reverse("partners:seat", args=[member.seat.code])
    )
    assert "owns nothing" in close.content.decode(), "not even that there is one"


def test_a_predecessors_private_draft_stays_hers(client, member):
    EntryFactory(
        title="zzprivate", owner_seat=member.seat, city=member.city, author=PersonFactory(),
        audience="private",
    )  # fmt: skip
    client.force_login(member.person)
    assert "zzprivate" not in brief(client, member.seat).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_brief_asks_as_much_for_many(client, member, rows, django_assert_num_queries):
    for _number in range(rows):
        entry = EntryFactory(owner_seat=member.seat, city=member.city)
        Draft.objects.create(entry=entry)
        Adoption.objects.create(
            entry=EntryFactory(), city=member.city, stage="reuses", recorded_by=member.person,
            started_on=datetime.date(2020, 1, 1),
        )  # fmt: skip
    client.force_login(member.person)
    with django_assert_num_queries(21):
        brief(client, member.seat)
