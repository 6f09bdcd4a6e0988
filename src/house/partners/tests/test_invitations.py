"""Invitations: the link, the proof of the address, and who gets a seat by them (holes 9, 14, 17)."""

import datetime
import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from house.access.models import JournalRow
from house.ground.errors import Forbidden, Refused
from house.partners.actions import invitations as acts
from house.partners.actions.seats import create_seat
from house.partners.models import CityDomain, Invitation, Seat
from house.partners.models.invitation import LASTS
from house.partners.viewing import viewer_for
from house.people import proof
from house.people.models import Person
from tests.factories import PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db
ADDRESS = "mila@city.example"


@pytest.fixture(autouse=True)
def work_is_done_at_once(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def coordinator(member):
    return SeatFactory(
        partnership=member.seat.partnership, kind=Seat.Kind.COORDINATOR, title="Head of economy"
    )


@pytest.fixture
def domain(member):
    return CityDomain.objects.create(
        city=member.city, domain="city.example", verified_at=timezone.now(), proof="office"
    )


@pytest.fixture
def seat(coordinator):
    return SeatFactory(partnership=coordinator.partnership, person=None, title="Mobility planner")


@pytest.fixture
def invited(seat, coordinator, domain, django_capture_on_commit_callbacks):
    """An invitation whose mail has gone: `.link`, `.token`."""
    with django_capture_on_commit_callbacks(execute=True):
        made = acts.invite(
            seat,
            email=ADDRESS,
            name="Mila Ruiz",
            by=viewer_for(coordinator.person),
            words="Come in",
        )
    return with_link(made)


def with_link(invitation):
    invitation.refresh_from_db()
    found = re.search(r"http://localhost:8000(/partnership/invitation/\S+)", mail.outbox[-1].body)
    invitation.link = found.group(1)
    invitation.token = invitation.link.rstrip("/").rsplit("/", 1)[-1]
    return invitation


def code_of_the_latest_mail():
    return re.search(r"^    (\S+)$", mail.outbox[-1].body, re.MULTILINE).group(1)


def prove(client, invitation):
    client.post(invitation.link, {"act": "code"})
    return client.post(invitation.link, {"act": "prove", "code": code_of_the_latest_mail()})


def seats_taken(seat):
    return Seat.objects.filter(partnership=seat.partnership, person__isnull=False).count()


# -- The way in ----------------------------------------------------------------------------------


def test_a_colleague_takes_her_seat_by_link_code_and_button(client, invited, seat):
    assert client.get(invited.link).status_code == 200
    prove(client, invited)
    assert "Take the seat" in client.get(invited.link).content.decode()
    answer = client.post(invited.link, {"act": "accept"})
    assert answer.status_code == 302
    person = Person.objects.get(email=ADDRESS)
    seat.refresh_from_db()
    assert seat.person == person
    assert (person.name, person.city_id, person.job_title) == (
        "Mila Ruiz",
        "aaa",
        "Mobility planner",
    )
    assert viewer_for(person).city_ids == {"aaa"}
    assert client.get(answer.headers["Location"]).status_code == 200, (
        "she is signed in, at her brief"
    )


def test_who_is_signed_in_with_that_address_needs_no_code(client, invited, seat):
    person = PersonFactory(email=ADDRESS)
    client.force_login(person)
    client.post(invited.link, {"act": "accept"})
    seat.refresh_from_db()
    assert seat.person == person


def test_taking_it_twice_gives_one_seat(client, invited, seat):
    prove(client, invited)
    client.post(invited.link, {"act": "accept"})
    rows = JournalRow.objects.filter(act="invitation.accept").count()
    taken = seats_taken(seat)
    acts.accept_invitation(invited.code, invited.token, address=ADDRESS)
    assert seats_taken(seat) == taken
    assert JournalRow.objects.filter(act="invitation.accept").count() == rows == 1


def test_the_mail_says_who_what_and_why_in_both_bodies(invited, coordinator):
    (sent,) = mail.outbox
    assert sent.to == [ADDRESS]
    html = sent.alternatives[0].content
    for body in (sent.body, html):
        assert coordinator.person.name in body
        assert "Mobility planner" in body
        assert "Come in" in body
        assert invited.link in body
        assert "You get this because a coordinator of City aaa typed your address." in body


def test_names_cannot_break_out_of_a_mail(
    seat, coordinator, domain, django_capture_on_commit_callbacks
):
    """Hole 8: what a person typed stays text in the HTML body, and one line in the subject."""
    coordinator.person.name = "Eve <b>\nBcc: all@city.example"
    coordinator.person.save()
    with django_capture_on_commit_callbacks(execute=True):
        acts.invite(
            seat,
            email=ADDRESS,
            name="<script>",
            by=viewer_for(coordinator.person),
            words="<i>now</i>",
        )
    (sent,) = mail.outbox
    html = sent.alternatives[0].content
    assert "<b>" not in html
    assert "<script>" not in html
    assert "<i>" not in html
    assert "\n" not in sent.subject
    assert sent.recipients() == [ADDRESS]


# -- What does nothing ---------------------------------------------------------------------------


def test_hole_9_a_mail_scanner_that_submits_every_form_changes_nothing(
    client_factory, invited, seat
):
    """Safe Links opens the page, runs it and sends its forms, without cookies of its own."""
    before = (Person.objects.count(), Invitation.objects.values().get(), len(mail.outbox))
    for act in ("code", "prove", "accept", ""):
        scanner = client_factory(enforce_csrf_checks=True)
        assert scanner.get(invited.link).status_code == 200
        scanner.cookies.clear()
        answer = scanner.post(invited.link, {"act": act, "code": "x"})
        assert answer.status_code == 403
    seat.refresh_from_db()
    assert seat.person is None
    assert (Person.objects.count(), Invitation.objects.values().get(), len(mail.outbox)) == before


def test_hole_9_the_link_without_the_code_grants_nothing(client, invited, seat):
    answer = client.post(invited.link, {"act": "accept"})
    assert answer.status_code == 409
    seat.refresh_from_db()
    assert seat.person is None
    assert not Person.objects.filter(email=ADDRESS).exists()


def test_hole_9_a_code_of_another_browser_proves_nothing(client_factory, invited, seat):
    hers, other = client_factory(), client_factory()
    hers.post(invited.link, {"act": "code"})
    answer = other.post(invited.link, {"act": "prove", "code": code_of_the_latest_mail()})
    assert answer.status_code == 422
    other.post(invited.link, {"act": "accept"})
    seat.refresh_from_db()
    assert seat.person is None


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda link: link[:-6] + "/", "This link is not complete"),
        (lambda link: link.replace("/invitation/", "/invitation/x"), "This link is not complete"),
        (lambda link: link[:-1] + "x/", "This link is not complete"),
    ],
    ids=["truncated", "foreign code", "altered"],
)
def test_hole_9_a_spoilt_link_says_so_and_grants_nothing(client, invited, seat, spoil, says):
    for answer in (
        client.get(spoil(invited.link)),
        client.post(spoil(invited.link), {"act": "code"}),
        client.post(spoil(invited.link), {"act": "accept"}),
    ):
        assert answer.status_code == 410
        assert says in answer.content.decode()
        assert "Mobility planner" not in answer.content.decode()
    assert len(mail.outbox) == 1
    seat.refresh_from_db()
    assert seat.person is None


def test_hole_9_the_token_of_another_invitation_opens_nothing(client, invited, coordinator, seat):
    other = SeatFactory(partnership=seat.partnership, person=None)
    stranger = acts.invite(
        other, email="x@city.example", name="X", by=viewer_for(coordinator.person)
    )
    address = reverse("partners:invitation", args=[stranger.code, invited.token])
    assert client.get(address).status_code == 410


def test_hole_9_an_invitation_without_a_mail_has_no_token(seat, coordinator, domain):
    """Before its mail goes no token is right, not even an empty one or the digest that is kept."""
    made = acts.invite(seat, email=ADDRESS, name="M", by=viewer_for(coordinator.person))
    assert made.digest == ""
    for token in ("", "0" * 64, made.digest):
        assert acts.opened_by(made.code, token) is None


def test_hole_9_only_a_digest_of_the_token_is_kept(invited):
    assert len(invited.token) >= 43, "256 bits"
    for table in (Invitation.objects.values(), JournalRow.objects.values()):
        assert invited.token not in str(list(table))


def test_hole_9_an_expired_invitation_grants_nothing(client, invited, seat):
    prove(client, invited)
    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    answer = client.post(invited.link, {"act": "accept"})
    assert answer.status_code == 410
    assert "has expired" in answer.content.decode()
    with pytest.raises(Refused, match="expired"):
        acts.accept_invitation(invited.code, invited.token, address=ADDRESS)
    seat.refresh_from_db()
    assert seat.person is None
    assert not Person.objects.filter(email=ADDRESS).exists()


def test_hole_9_a_withdrawn_invitation_grants_nothing(client, invited, seat, coordinator):
    prove(client, invited)
    acts.withdraw_invitation(invited, by=viewer_for(coordinator.person))
    assert "withdrawn" in client.post(invited.link, {"act": "accept"}).content.decode()
    with pytest.raises(Refused, match="withdrawn"):
        acts.accept_invitation(invited.code, invited.token, address=ADDRESS)
    seat.refresh_from_db()
    assert seat.person is None


def test_hole_9_a_new_mail_voids_the_old_link_at_once(
    client, invited, coordinator, django_capture_on_commit_callbacks
):
    old = invited.link
    with django_capture_on_commit_callbacks() as waiting:
        acts.resend_invitation(invited, by=viewer_for(coordinator.person))
    assert client.get(old).status_code == 410, "also before the new mail has gone"
    for send in waiting:
        send()
    assert client.get(old).status_code == 410
    assert client.get(with_link(invited).link).status_code == 200
    assert invited.expires_at > timezone.now() + LASTS - datetime.timedelta(minutes=1)


def test_hole_9_another_person_signed_in_gets_nothing(client, invited, seat):
    somebody = PersonFactory()
    client.force_login(somebody)
    page = client.get(invited.link).content.decode()
    assert "for another address" in page
    assert ADDRESS not in page
    assert client.post(invited.link, {"act": "accept"}).status_code == 409
    seat.refresh_from_db()
    assert seat.person is None
    assert viewer_for(somebody).city_ids == frozenset()


def test_hole_9_a_proof_of_another_address_is_no_proof(client, invited, seat):
    session = client.session
    proof.try_code(session, proof.new_code(session, "eve@city.example"))
    session.save()
    client.cookies["house"] = session.session_key
    assert client.post(invited.link, {"act": "accept"}).status_code == 409
    seat.refresh_from_db()
    assert seat.person is None


def test_hole_9_a_used_invitation_is_not_used_again(
    client, client_factory, invited, seat, coordinator
):
    prove(client, invited)
    client.post(invited.link, {"act": "accept"})
    seat.refresh_from_db()
    from house.partners.actions.seats import free_seat

    free_seat(seat, by=viewer_for(coordinator.person))
    again = client_factory(Person.objects.get(email=ADDRESS))
    answer = again.post(invited.link, {"act": "accept"})
    assert answer.status_code == 410
    assert "used already" in answer.content.decode()
    seat.refresh_from_db()
    assert seat.person is None, "who was removed does not come back by her old mail"


def test_a_suspended_person_takes_no_seat(invited, seat):
    PersonFactory(email=ADDRESS, is_active=False)
    with pytest.raises(Refused, match="can't take a seat"):
        acts.accept_invitation(invited.code, invited.token, address=ADDRESS)
    seat.refresh_from_db()
    assert seat.person is None


def test_the_page_of_a_link_is_kept_by_no_cache_and_told_to_no_other_site(client, invited):
    """Not "no-referrer": a browser would then send the page's own forms without an origin."""
    answer = client.get(invited.link)
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "same-origin"


# -- Who may invite whom -------------------------------------------------------------------------


def test_an_address_of_the_city_is_invited_at_once(invited):
    assert invited.state == Invitation.State.SENT
    assert invited.needs_approval is False


def test_hole_17_an_address_outside_waits_for_the_office(
    seat, coordinator, domain, office, client, django_capture_on_commit_callbacks
):
    by = viewer_for(coordinator.person)
    with django_capture_on_commit_callbacks(execute=True):
        made = acts.invite(seat, email="mila@elsewhere.example", name="Mila", by=by)
    assert made.state == Invitation.State.WAITS
    assert mail.outbox == []
    with pytest.raises(Forbidden):
        acts.approve_invitation(made, by=by)
    with pytest.raises(Refused):
        acts.resend_invitation(made, by=by)
    client.force_login(coordinator.person)
    address = reverse("partners:invitation_act", args=[made.code])
    assert client.post(address, {"act": "approve"}).status_code == 403
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        acts.approve_invitation(made, by=viewer_for(office))
        acts.approve_invitation(made, by=viewer_for(office))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "address",
    [
        '"mila@city.example"@evil.example',
        "=?utf-8?q?mila=40city.example=00?=@evil.example",
        "mila%evil.example@city.example",
        "mila@сity.example",  # a Cyrillic letter
        "mila@xn--ity-elc.example",
        "mila@city.example@evil.example",
        "mila@clty.example",  # looks like the city's own
        "mila@c1ty.example",
    ],
)
def test_hole_9_encoded_foreign_and_look_alike_addresses_are_refused(
    seat, coordinator, domain, address
):
    """The class of Discourse's CVE-2024-45051: an address that passes as a city's and is somebody else's."""
    with pytest.raises(ValidationError):
        acts.invite(seat, email=address, name="M", by=viewer_for(coordinator.person))
    assert not Invitation.objects.exists()


def test_hole_5_a_coordinator_invites_to_seats_of_her_city_alone(seat, neighbour, client):
    other = SeatFactory(partnership=neighbour.seat.partnership, kind=Seat.Kind.COORDINATOR)
    with pytest.raises(Forbidden):
        acts.invite(seat, email="x@city.example", name="X", by=viewer_for(other.person))
    client.force_login(other.person)
    address = f"{reverse('partners:invitation_new')}?city=city-aaa"
    assert client.get(address).status_code == 404
    typed = {"name": "X", "email": "x@city.example", "seat": seat.code}
    assert client.post(reverse("partners:invitation_new"), typed).status_code == 422
    assert not Invitation.objects.exists()


def test_hole_5_invitations_of_a_city_are_its_coordinators_and_the_offices(
    invited, coordinator, member, neighbour, office
):
    other = SeatFactory(partnership=neighbour.seat.partnership, kind=Seat.Kind.COORDINATOR)

    def seen_by(person):
        return Invitation.objects.visible_to(viewer_for(person)).count()

    people = (coordinator.person, office, member.person, neighbour.person, other.person)
    assert [seen_by(person) for person in people] == [1, 1, 0, 0, 0]


def test_one_seat_has_one_invitation_at_a_time(invited, seat, coordinator):
    by = viewer_for(coordinator.person)
    assert acts.invite(seat, email=ADDRESS, name="Mila", by=by) == invited, "the same one again"
    with pytest.raises(Refused, match="is invited to this seat"):
        acts.invite(seat, email="other@city.example", name="Other", by=by)


def test_an_expired_invitation_gives_way_to_a_new_one(invited, seat, coordinator):
    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(days=1))
    made = acts.invite(
        seat, email="other@city.example", name="Other", by=viewer_for(coordinator.person)
    )
    invited.refresh_from_db()
    assert made.pk != invited.pk
    assert invited.withdrawn_at is not None


def test_an_invited_successor_takes_the_seat_from_who_holds_it(
    client, coordinator, domain, django_capture_on_commit_callbacks
):
    """So the last coordinator hands over to somebody new, and the city is never without a voice."""
    before = coordinator.person
    with django_capture_on_commit_callbacks(execute=True):
        made = acts.invite(coordinator, email=ADDRESS, name="Mila", by=viewer_for(before))
    made = with_link(made)
    coordinator.refresh_from_db()
    assert coordinator.person == before, "until it is accepted"
    prove(client, made)
    client.post(made.link, {"act": "accept"})
    coordinator.refresh_from_db()
    assert coordinator.person.email == ADDRESS
    assert viewer_for(before).city_ids == frozenset()
    assert viewer_for(coordinator.person).coordinates == {"aaa"}


def test_a_seat_that_changed_hands_meanwhile_is_not_taken(invited, seat):
    seat.person = PersonFactory()
    seat.save()
    with pytest.raises(Refused, match="Somebody else has taken this seat"):
        acts.accept_invitation(invited.code, invited.token, address=ADDRESS)
    assert not Person.objects.filter(email=ADDRESS).exists(), "nothing is half done"


def test_hole_14_no_more_sit_than_there_are_seats(invited, seat):
    """The number was lowered after the invitation went."""
    seat.partnership.seats = 2
    seat.partnership.save()
    with pytest.raises(Refused, match="All seats"):
        acts.accept_invitation(invited.code, invited.token, address=ADDRESS)
    assert seats_taken(seat) == 2


def test_hole_14_the_last_free_seat_is_made_once(coordinator):
    partnership = coordinator.partnership
    partnership.seats = 3
    partnership.save()
    by = viewer_for(coordinator.person)
    create_seat(partnership, by=by, title="Third")
    with pytest.raises(Refused, match="All seats"):
        create_seat(partnership, by=by, title="Fourth")
    assert Seat.objects.filter(partnership=partnership).count() == 3


def test_a_new_seat_is_made_with_its_invitation_or_not_at_all(client, coordinator, domain):
    client.force_login(coordinator.person)
    typed = {"name": "X", "email": "x@clty.example", "title": "New", "kind": "member"}
    assert client.post(reverse("partners:invitation_new"), typed).status_code == 422
    assert not Seat.objects.filter(title="New").exists()
    typed["email"] = "x@city.example"
    assert client.post(reverse("partners:invitation_new"), typed).status_code == 302
    assert Seat.objects.get(title="New").person is None
