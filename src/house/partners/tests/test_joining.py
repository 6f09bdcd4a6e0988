"""A colleague asks for a seat; nobody learns from it who is here, who coordinates, or what a city's domains are."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from house.ground.errors import Forbidden, Refused
from house.partners.actions.joining import approve_request, ask_to_join, decline_request
from house.partners.models import CityDomain, Invitation, JoinRequest, Seat
from house.partners.viewing import viewer_for
from house.people.models import Person
from tests.factories import PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db
ASKS = {"city": "city-aaa", "name": "Mila Ruiz", "email": "mila@aaa.example", "title": "Planner",
        "words": "I work on bikes"}  # fmt: skip


@pytest.fixture(autouse=True)
def work_is_done_at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def coordinator(member):
    return SeatFactory(
        partnership=member.seat.partnership,
        kind=Seat.Kind.COORDINATOR,
        person=PersonFactory(name="Zzcoordinator"),
    )


@pytest.fixture
def domain(member):
    return CityDomain.objects.create(
        city=member.city, domain="aaa.example", verified_at=timezone.now(), proof="office"
    )


@pytest.fixture
def asked(domain, coordinator):
    return ask_to_join(
        domain.city, email="mila@aaa.example", name="Mila Ruiz", title="Planner", words="Bikes"
    )


def code_of_the_latest_mail():
    return re.search(r"^    (\S+)$", mail.outbox[-1].body, re.MULTILINE).group(1)


def join(client, **typed):
    return client.post(reverse("partners:join"), ASKS | typed)


# -- Asking --------------------------------------------------------------------------------------


def test_a_colleague_without_an_account_asks_by_a_code(
    client, coordinator, domain, django_capture_on_commit_callbacks
):
    answer = join(client)
    assert answer.headers["Location"] == reverse("partners:join_code")
    assert mail.outbox[0].to == ["mila@aaa.example"]
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(answer.headers["Location"], {"code": code_of_the_latest_mail()})
    assert answer.headers["Location"] == reverse("partners:join_done")
    row = JoinRequest.objects.get()
    assert (row.name, row.title, row.words, row.person) == (
        "Mila Ruiz",
        "Planner",
        "I work on bikes",
        None,
    )
    assert not Person.objects.filter(email="mila@aaa.example").exists(), (
        "not before she is approved"
    )
    told = mail.outbox[1]
    assert told.to == [coordinator.person.email]
    for body in (told.body, told.alternatives[0].content):
        assert "Mila Ruiz" in body
        assert f"/partnership/requests/{row.code}/" in body
        assert "You get this because you speak for City aaa." in body


def test_nothing_is_asked_before_the_address_is_proven(client, coordinator, domain):
    join(client)
    assert client.post(reverse("partners:join_code"), {"code": "wrong"}).status_code == 422
    assert not JoinRequest.objects.exists()


@pytest.mark.parametrize(
    "email",
    ["x@elsewhere.example", "zz@gmail.com", "known@elsewhere.example", "zzcoordinator@aaa.example"],
)
def test_hole_5_the_answer_is_the_same_whoever_the_address_is(client, coordinator, domain, email):
    """Neither who is a person here nor which domains are the city's can be learned."""
    PersonFactory(email="known@elsewhere.example")
    coordinator.person.email = "zzcoordinator@aaa.example"
    coordinator.person.save()

    def answers(address):
        first = join(client, email=address)
        page = client.get(reverse("partners:join_code")).content.decode()
        wrong = client.post(reverse("partners:join_code"), {"code": "wrong"})
        body = re.sub(r'(csrf\w*"[^>]*value=")[^"]*', r"\1", wrong.content.decode())
        page = re.sub(r'(csrf\w*"[^>]*value=")[^"]*', r"\1", page)
        return (
            first.status_code, first.headers["Location"], page.replace(address, ""),
            wrong.status_code, body.replace(address, ""),
        )  # fmt: skip

    assert answers(email) == answers("mila@aaa.example")


def test_only_addresses_of_the_city_get_a_code(client, coordinator, domain):
    join(client, email="x@elsewhere.example")
    assert mail.outbox == []


def test_hole_5_the_pages_tell_no_names(client, coordinator, domain, member):
    for address in (reverse("partners:join"), reverse("partners:join_done")):
        page = client.get(address).content.decode()
        for secret in ("Zzcoordinator", member.person.name, "aaa.example"):
            assert secret not in page


def test_a_guest_asks_with_the_address_she_signed_in_with(client, coordinator, domain):
    guest = PersonFactory(email="rosa@elsewhere.example")
    client.force_login(guest)
    answer = client.post(reverse("partners:join"), ASKS | {"email": "mila@aaa.example"})
    assert answer.status_code == 302
    row = JoinRequest.objects.get()
    assert (row.email, row.person) == ("rosa@elsewhere.example", guest)
    assert "Waits for an answer" in client.get(reverse("partners:join")).content.decode()


def test_who_sits_for_the_city_already_is_told_so(client, member):
    client.force_login(member.person)
    answer = client.post(reverse("partners:join"), ASKS)
    assert answer.status_code == 422
    assert "You hold a seat of this city already" in answer.content.decode()


def test_asking_twice_is_asking_once(asked, domain):
    again = ask_to_join(domain.city, email="mila@aaa.example", name="Mila", title="Planner")
    assert again == asked
    assert JoinRequest.objects.count() == 1


# -- Answering -----------------------------------------------------------------------------------


def test_the_coordinator_gives_a_seat(
    client, client_factory, asked, coordinator, django_capture_on_commit_callbacks
):
    client.force_login(coordinator.person)
    address = reverse("partners:join_request", args=[asked.code])
    assert "an address of your city" in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"act": "approve", "seat": ""}).status_code == 302
    person = Person.objects.get(email="mila@aaa.example")
    assert viewer_for(person).city_ids == {"aaa"}
    assert Seat.objects.get(person=person).title == "Planner"
    (sent,) = mail.outbox
    for body in (sent.body, sent.alternatives[0].content):
        assert "gives you the seat" in body
        assert "You get this because you asked for a seat of City aaa" in body


def test_approving_twice_gives_one_seat(asked, coordinator):
    by = viewer_for(coordinator.person)
    seat = SeatFactory(partnership=coordinator.partnership, person=None)
    other = SeatFactory(partnership=coordinator.partnership, person=None)
    approve_request(asked, seat=seat, by=by)
    approve_request(asked, seat=other, by=by)
    assert Seat.objects.filter(person__email="mila@aaa.example").count() == 1
    with pytest.raises(Refused, match="answered this request already"):
        decline_request(asked, by=by, reply="No")


def test_hole_17_an_address_outside_gets_an_invitation_that_the_office_sees(coordinator, domain):
    guest = PersonFactory(email="rosa@elsewhere.example")
    asked = ask_to_join(domain.city, email=guest.email, name="Rosa", title="Researcher")
    seat = SeatFactory(partnership=coordinator.partnership, person=None)
    approve_request(asked, seat=seat, by=viewer_for(coordinator.person))
    seat.refresh_from_db()
    assert seat.person is None
    assert viewer_for(guest).city_ids == frozenset()
    assert Invitation.objects.get().state == Invitation.State.WAITS


def test_saying_no_takes_a_word_and_tells_her(
    client, asked, coordinator, django_capture_on_commit_callbacks
):
    client.force_login(coordinator.person)
    address = reverse("partners:join_request", args=[asked.code])
    assert client.post(address, {"act": "decline", "reply": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"act": "decline", "reply": "All seats are taken this year"})
    asked.refresh_from_db()
    assert asked.answer == "declined"
    assert "All seats are taken this year" in mail.outbox[0].body
    assert coordinator.person.name not in mail.outbox[0].body, "nobody is told who coordinates"
    assert not Person.objects.filter(email="mila@aaa.example").exists()


def test_hole_5_requests_are_answered_by_the_citys_own_coordinator(
    client_factory, asked, member, neighbour, coordinator
):
    other = SeatFactory(partnership=neighbour.seat.partnership, kind=Seat.Kind.COORDINATOR).person
    address = reverse("partners:join_request", args=[asked.code])
    assert client_factory(other).get(address).status_code == 404
    assert client_factory(member.person).get(address).status_code == 403
    seat = SeatFactory(partnership=neighbour.seat.partnership, person=None)
    with pytest.raises(Forbidden):
        approve_request(asked, seat=seat, by=viewer_for(other))
    with pytest.raises(Forbidden):
        decline_request(asked, by=viewer_for(other), reply="No")
    with pytest.raises(Forbidden):
        approve_request(asked, seat=seat, by=viewer_for(coordinator.person))
    asked.refresh_from_db()
    assert asked.answer == ""


def test_who_asked_sees_her_own_request_and_no_other(asked, domain):
    guest = PersonFactory(email="rosa@elsewhere.example")
    own = ask_to_join(domain.city, email=guest.email, name="Rosa", title="R")
    assert list(JoinRequest.objects.visible_to(viewer_for(guest))) == [own]
