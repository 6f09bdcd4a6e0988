"""The page of a city's partnership, and the page of its seats: who sees what, and at which price."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from house.partners import ledger
from house.partners.models import (
    CityDomain,
    Hold,
    Invitation,
    JoinRequest,
    PartnershipChange,
    RightException,
    Seat,
)
from house.partners.viewing import viewer_for
from tests.factories import PartnershipFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(member):
    return SeatFactory(
        partnership=member.seat.partnership, kind=Seat.Kind.COORDINATOR, title="Head of economy"
    )


def read(client, name, *args, **query):
    return client.get(reverse(f"partners:{name}", args=args), query)


def text(client, name, *args, **query):
    answer = read(client, name, *args, **query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


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
        assert read(client, name, *args).status_code == 200, name


def test_hole_5_the_pages_of_a_city_are_for_its_own_people(
    client_factory, coordinator, member, neighbour
):
    """Another city's people, also their coordinator, find nothing."""
    other = SeatFactory(partnership=neighbour.seat.partnership, kind=Seat.Kind.COORDINATOR)
    expected = {
        ("partnership", ()): 404,
        ("seats", ()): 404,
        ("seat_new", ()): 404,
        ("invitation_new", ()): 404,
        ("seat", (member.seat.code,)): 404,
        ("seat_free", (member.seat.code,)): 404,
        ("seat_move", (member.seat.code,)): 404,
        ("seat_hand_over", (member.seat.code,)): 404,
        ("seat_brief", (member.seat.code,)): 404,
        ("benefit_use", ("one-on-one",)): 404,
    }
    hers = client_factory(other.person)
    for (name, args), status in expected.items():
        assert read(hers, name, *args, city="city-aaa").status_code == status, name
    mine = client_factory(member.person)
    for name in ("seats", "seat_new", "invitation_new"):
        assert read(mine, name).status_code == 403, "a member does not manage"
    for name, args in expected:
        assert read(client_factory(PersonFactory()), name, *args).status_code in {403, 404}, name
        assert read(client_factory(), name, *args).status_code == 302, "a visitor signs in"


def test_hole_5_a_city_does_not_read_what_another_holds_and_asks(client, member, neighbour):
    from house.partners.models import Benefit

    secret = "zzsecret plan"
    ledger.hold(
        neighbour.city, Benefit.objects.get(pk="one-on-one"), key="k",
        by=viewer_for(neighbour.person), what_for=secret,
    )  # fmt: skip
    kept = Hold.objects.get()
    client.force_login(member.person)
    assert secret not in text(client, "partnership")
    answer = client.post(reverse("partners:benefit_release", args=[kept.code]))
    assert answer.status_code == 404
    kept.refresh_from_db()
    assert kept.state == Hold.State.HELD


def test_who_sits_for_two_cities_sees_each(client, member, neighbour):
    SeatFactory(partnership=neighbour.seat.partnership, person=member.person)
    client.force_login(member.person)
    page = text(client, "partnership")
    assert "The partnership of City aaa" in page
    assert "?city=city-bbb" in page
    assert "The partnership of City bbb" in text(client, "partnership", city="city-bbb")


# -- What the page says --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "may", "may_not"),
    [
        ("associate", "read the Agora", "ask and answer in the Agora"),
        ("partner", "ask and answer in the Agora", "ask for a full-day visit by the foundation"),
    ],
)
def test_rights_are_told_in_plain_words_with_what_is_missing(client, level, may, may_not):
    seat = SeatFactory(partnership=PartnershipFactory(level=level))
    client.force_login(seat.person)
    page = text(client, "partnership")
    included, missing = page.split("Not included now")
    assert may in included
    assert may_not in missing
    assert "Included at: " in missing
    assert "Nobody speaks for your city here yet" in missing


def test_a_premium_city_lacks_nothing(client):
    seat = SeatFactory(partnership=PartnershipFactory(level="premium"))
    client.force_login(seat.person)
    assert "That is everything a partnership brings." in text(client, "partnership")


def test_an_exception_is_told_with_its_end_and_reason(client, associate):
    today = timezone.now().date()
    RightException.objects.create(
        city=associate.city, capability="agora.write", is_granted=True, starts_on=today,
        ends_on=today + datetime.timedelta(days=9), reason="Guest of the summit",
    )  # fmt: skip
    client.force_login(associate.person)
    page = text(client, "partnership")
    assert "ask and answer in the Agora" in page.split("Not included now")[0]
    assert page.count("Guest of the summit") == 2, "beside the right, and where it ends"


@pytest.mark.parametrize(
    ("days", "says"),
    [(400, "The contract runs until"), (-3, "Everything stays open until")],
)
def test_the_term_is_told_in_words(client, days, says):
    today = timezone.now().date()
    ends = today + datetime.timedelta(days=days)
    seat = SeatFactory(
        partnership=PartnershipFactory(ends_on=ends, last_day=ends + datetime.timedelta(days=30))
    )
    client.force_login(seat.person)
    assert says in text(client, "partnership")


def test_what_ends_stands_in_the_order_of_days(client, coordinator):
    today = timezone.now().date()
    Invitation.objects.create(
        seat=SeatFactory(partnership=coordinator.partnership, person=None), email="a@b.example",
        name="Ada", sent_at=timezone.now(), expires_at=timezone.now() + datetime.timedelta(days=3),
    )  # fmt: skip
    PartnershipChange.objects.create(
        partnership=coordinator.partnership, act="level", level="premium",
        effective_on=today + datetime.timedelta(days=2),
    )  # fmt: skip
    client.force_login(coordinator.person)
    page = text(client, "partnership")
    ends = page.split('id="ends"')[1].split('id="seats"')[0]
    assert ends.index("Level changes to Premium") < ends.index("The invitation to Ada")


def test_invitations_are_not_told_to_members(client, member, coordinator):
    Invitation.objects.create(
        seat=SeatFactory(partnership=coordinator.partnership, person=None), email="a@b.example",
        name="Zzada", sent_at=timezone.now(), expires_at=timezone.now() + datetime.timedelta(days=3),
    )  # fmt: skip
    client.force_login(member.person)
    assert "Zzada" not in text(client, "partnership")


# -- Use it --------------------------------------------------------------------------------------


def test_use_it_holds_one_unit_once(client, member):
    client.force_login(member.person)
    typed = {"what_for": "Our heat plan", "key": "same"}
    for _twice in range(2):
        answer = client.post(reverse("partners:benefit_use", args=["one-on-one"]), typed)
        assert answer.status_code == 302
    kept = Hold.objects.get()
    assert (kept.what_for, kept.seat, kept.person) == ("Our heat plan", member.seat, member.person)
    page = text(client, "partnership")
    assert "Our heat plan" in page
    client.post(reverse("partners:benefit_release", args=[kept.code]))
    kept.refresh_from_db()
    assert kept.state == Hold.State.RELEASED


def test_when_nothing_is_left_nothing_typed_is_lost(client, member):
    client.force_login(member.person)
    address = reverse("partners:benefit_use", args=["one-on-one"])
    client.post(address, {"what_for": "First", "key": "1"})
    answer = client.post(address, {"what_for": "Second wish", "key": "2"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Second wish" in page
    assert "Everything of this period is asked for or used" in page


def test_hole_1_what_the_level_lacks_cannot_be_used_by_address(client, associate):
    client.force_login(associate.person)
    answer = client.post(
        reverse("partners:benefit_use", args=["full-day-visit"]), {"what_for": "Come", "key": "1"}
    )
    assert answer.status_code == 403
    assert not Hold.objects.exists()


# -- What it costs -------------------------------------------------------------------------------


def furnish(partnership, rows):
    for number in range(rows):
        SeatFactory(partnership=partnership)
        Invitation.objects.create(
            seat=SeatFactory(partnership=partnership, person=None), email=f"a{number}@b.example",
            name="Ada", sent_at=timezone.now(),
            expires_at=timezone.now() + datetime.timedelta(days=3),
        )  # fmt: skip
        JoinRequest.objects.create(
            city=partnership.city, email=f"j{number}@b.example", name="Jo", title="T"
        )
        CityDomain.objects.create(city=partnership.city, domain=f"d{number}.example")
        PartnershipChange.objects.create(
            partnership=partnership, act="extended", effective_on=datetime.date(2020, 1, 1)
        )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_much_for_many_seats(client, coordinator, rows, django_assert_num_queries):
    furnish(coordinator.partnership, rows)
    client.force_login(coordinator.person)
    text(client, "partnership")  # grants what is due
    with django_assert_num_queries(21):
        text(client, "partnership")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_seats_ask_as_much_for_many(client, coordinator, rows, django_assert_num_queries):
    furnish(coordinator.partnership, rows)
    client.force_login(coordinator.person)
    with django_assert_num_queries(14):
        text(client, "seats")
