"""Seats: the seat stays, people come and go, and somebody always speaks for the city."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from house.access.models import JournalRow
from house.ground.errors import Forbidden, Refused
from house.partners.actions import seats as acts
from house.partners.models import Seat, Tenure
from house.partners.viewing import viewer_for
from tests.factories import EntryFactory, PartnershipFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def work_is_done_at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def coordinator(member):
    return SeatFactory(
        partnership=member.seat.partnership, kind=Seat.Kind.COORDINATOR, title="Head of economy"
    )


@pytest.fixture
def by(coordinator):
    return viewer_for(coordinator.person)


def acts_of(seat):
    return list(JournalRow.objects.filter(kind="partners.seat").values_list("act", flat=True))


# -- Removing and undoing ------------------------------------------------------------------------


def test_who_is_removed_loses_her_rights_at_once_and_the_seat_stays(
    client, member, by, django_capture_on_commit_callbacks
):
    entry = EntryFactory(audience="city", city=member.city, owner_seat=member.seat)
    client.force_login(member.person)
    assert client.get(entry.get_absolute_url()).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        acts.free_seat(member.seat, by=by, reason="She moved on")
    assert client.get(entry.get_absolute_url()).status_code == 404
    assert client.get(reverse("partners:partnership")).status_code == 403
    entry.refresh_from_db()
    assert entry.owner_seat == member.seat
    row = JournalRow.objects.get(act="seat.free")
    assert (row.person_id, row.reason) == (by.person_id, "She moved on")
    (sent,) = mail.outbox
    assert sent.to == [member.person.email]
    for body in (sent.body, sent.alternatives[0].content):
        assert "You get this because you held a seat of City aaa." in body


def test_removing_twice_is_removing_once(member, by):
    acts.free_seat(member.seat, by=by)
    acts.free_seat(member.seat, by=by)
    assert acts_of(member.seat) == ["seat.free"]


def test_a_removal_can_be_undone_for_a_day(member, by):
    person = member.person
    acts.free_seat(member.seat, by=by)
    acts.put_back(member.seat, by=by)
    acts.put_back(member.seat, by=by)
    member.seat.refresh_from_db()
    assert member.seat.person == person
    assert acts_of(member.seat) == ["seat.free", "seat.put-back"]


@pytest.mark.parametrize("why", ["too late", "taken", "suspended", "erased"])
def test_what_can_no_longer_be_undone(member, by, why):
    acts.free_seat(member.seat, by=by)
    match why:
        case "too late":
            then = timezone.now() - datetime.timedelta(days=2)
            Tenure.objects.update(began_at=then, ended_at=then)
        case "taken":
            member.seat.person = PersonFactory()
            member.seat.save()
        case "suspended":
            member.person.is_active = False
            member.person.save()
        case "erased":
            member.person.delete()
    with pytest.raises(Refused, match="no longer be undone"):
        acts.put_back(member.seat, by=by)


def test_a_term_begins_and_ends_with_the_seat(member, by, coordinator):
    acts.hand_over(member.seat, to=coordinator.person, by=viewer_for(PersonFactory(is_office=True)))
    terms = Tenure.objects.filter(seat=member.seat)
    assert [(term.person, term.ended_at is None) for term in terms] == [
        (coordinator.person, True),
        (member.person, False),
    ]


# -- Somebody speaks for the city ----------------------------------------------------------------


def test_the_last_coordinator_cannot_leave_without_a_successor(coordinator, by):
    for leave in (
        lambda: acts.free_seat(coordinator, by=by),
        lambda: acts.edit_seat(coordinator, by=by, title="X", team="", kind=Seat.Kind.MEMBER),
        lambda: acts.move_person(
            coordinator, to=SeatFactory(partnership=coordinator.partnership, person=None), by=by
        ),
    ):
        with pytest.raises(Refused, match="Nobody would speak for the city"):
            leave()
    coordinator.refresh_from_db()
    assert (coordinator.person_id, coordinator.kind) == (by.person_id, Seat.Kind.COORDINATOR)


def test_of_two_coordinators_one_may_leave(coordinator, by):
    SeatFactory(partnership=coordinator.partnership, kind=Seat.Kind.CONTACT)
    acts.free_seat(coordinator, by=by)
    coordinator.refresh_from_db()
    assert coordinator.person is None


def test_a_suspended_coordinator_does_not_count(coordinator, by):
    SeatFactory(
        partnership=coordinator.partnership,
        kind=Seat.Kind.COORDINATOR,
        person=PersonFactory(is_active=False),
    )
    with pytest.raises(Refused, match="Nobody would speak"):
        acts.free_seat(coordinator, by=by)


def test_the_last_coordinator_hands_her_seat_to_a_colleague(
    coordinator, member, by, django_capture_on_commit_callbacks
):
    before = coordinator.person
    with django_capture_on_commit_callbacks(execute=True):
        acts.hand_over(coordinator, to=member.person, by=by)
    assert viewer_for(member.person).coordinates == {"aaa"}
    assert viewer_for(before).city_ids == frozenset()
    member.seat.refresh_from_db()
    assert member.seat.person is None, "her old seat waits for somebody new"
    (sent,) = mail.outbox
    assert sent.to == [member.person.email]
    link = f"http://localhost:8000/partnership/seats/{coordinator.code}/brief/"
    for body in (sent.body, sent.alternatives[0].content):
        assert link in body
        assert "You get this because a coordinator of City aaa gave you the seat." in body


def test_the_mail_of_a_handover_holds_the_link_and_nothing_of_the_seat(
    coordinator, member, by, django_capture_on_commit_callbacks
):
    EntryFactory(owner_seat=coordinator, title="zzsecret", audience="city", city=member.city)
    with django_capture_on_commit_callbacks(execute=True):
        acts.hand_over(coordinator, to=member.person, by=by)
    assert "zzsecret" not in mail.outbox[0].body + mail.outbox[0].alternatives[0].content


def test_who_sits_for_another_city_is_invited_and_not_put(coordinator, neighbour, by):
    with pytest.raises(Refused, match="Only a colleague who sits for this city"):
        acts.hand_over(coordinator, to=neighbour.person, by=by)


def test_a_person_moves_and_what_the_seat_owns_does_not(member, by):
    entry = EntryFactory(owner_seat=member.seat)
    empty = SeatFactory(partnership=member.seat.partnership, person=None)
    acts.move_person(member.seat, to=empty, by=by)
    empty.refresh_from_db()
    entry.refresh_from_db()
    assert (empty.person, entry.owner_seat) == (member.person, member.seat)


def test_a_person_does_not_move_into_another_city(member, by, neighbour):
    other = SeatFactory(partnership=neighbour.seat.partnership, person=None)
    with pytest.raises(Refused, match="between seats of one city"):
        acts.move_person(member.seat, to=other, by=by)
    other.refresh_from_db()
    assert other.person is None


def test_her_profile_follows_the_city_she_sits_for(member, by):
    newcomer = PersonFactory(city=None)
    seat = SeatFactory(partnership=member.seat.partnership, person=None)
    acts.lock(seat.partnership)
    acts.fill(seat, newcomer)
    newcomer.refresh_from_db()
    assert newcomer.city == member.city


def test_who_sits_for_two_cities_keeps_her_first_in_her_profile(member, neighbour):
    other = SeatFactory(partnership=neighbour.seat.partnership, person=None)
    acts.fill(other, member.person)
    member.person.refresh_from_db()
    assert member.person.city == member.city
    assert viewer_for(member.person).city_ids == {"aaa", "bbb"}


# -- Closing -------------------------------------------------------------------------------------


def test_an_empty_seat_that_owns_nothing_is_closed(member, by):
    empty = SeatFactory(partnership=member.seat.partnership, person=None)
    acts.close_seat(empty, by=by)
    assert not Seat.objects.filter(code=empty.code).exists()


def test_a_seat_that_owns_entries_is_not_closed(member, by):
    empty = SeatFactory(partnership=member.seat.partnership, person=None)
    EntryFactory(owner_seat=empty)
    with pytest.raises(Refused, match="entries in ALEX"):
        acts.close_seat(empty, by=by)
    assert Seat.objects.filter(code=empty.code).exists()


def test_a_taken_seat_is_not_closed(member, by):
    with pytest.raises(Refused, match="Somebody sits there"):
        acts.close_seat(member.seat, by=by)


# -- Whose seats ---------------------------------------------------------------------------------


def verbs(seat, by):
    other = SeatFactory(partnership=seat.partnership, person=None)
    return [
        lambda: acts.create_seat(seat.partnership, by=by, title="X"),
        lambda: acts.edit_seat(seat, by=by, title="X", team="", kind=Seat.Kind.COORDINATOR),
        lambda: acts.free_seat(seat, by=by),
        lambda: acts.put_back(seat, by=by),
        lambda: acts.hand_over(seat, to=seat.person, by=by),
        lambda: acts.move_person(seat, to=other, by=by),
        lambda: acts.close_seat(other, by=by),
    ]


@pytest.mark.parametrize(
    "who", ["member", "other coordinator", "former coordinator", "curator", "guest"]
)
def test_hole_5_only_her_own_coordinator_touches_a_citys_seats(member, neighbour, curator, who):
    match who:
        case "member":
            person = member.person
        case "other coordinator":
            person = SeatFactory(
                partnership=neighbour.seat.partnership, kind=Seat.Kind.COORDINATOR
            ).person
        case "former coordinator":
            gone = timezone.now().date() - datetime.timedelta(days=1)
            person = SeatFactory(
                partnership=PartnershipFactory(
                    city=member.city, ends_on=gone, last_day=gone, grace_days=0
                ),
                kind=Seat.Kind.COORDINATOR,
            ).person
        case "curator":
            person = curator
        case "guest":
            person = PersonFactory()
    before = list(Seat.objects.values().order_by("pk"))
    made = verbs(member.seat, viewer_for(person))
    for verb in made:
        with pytest.raises(Forbidden):
            verb()
    assert list(Seat.objects.exclude(person=None).values().order_by("pk")) == [
        row for row in before if row["person_id"]
    ]
    assert acts_of(member.seat) == []


def test_hole_17_a_coordinator_whose_right_was_taken_manages_nothing(member, coordinator, by):
    from house.partners.models import RightException

    today = timezone.now().date()
    RightException.objects.create(
        city=member.city, capability="partnership.manage", is_granted=False, starts_on=today,
        ends_on=today, reason="Under review",
    )  # fmt: skip
    with pytest.raises(Forbidden):
        acts.free_seat(member.seat, by=viewer_for(coordinator.person))


def test_the_office_looks_after_every_citys_seats(client, member, office):
    client.force_login(office)
    for name, args in (
        ("partnership", []),
        ("seats", []),
        ("seat_new", []),
        ("invitation_new", []),
    ):
        answer = client.get(reverse(f"partners:{name}", args=args), {"city": "city-aaa"})
        assert answer.status_code == 200, name
    client.post(reverse("partners:seat_free", args=[member.seat.code]), {"reason": "Asked"})
    member.seat.refresh_from_db()
    assert member.seat.person is None
    assert client.get(reverse("partners:seats")).status_code == 404, "which city?"
