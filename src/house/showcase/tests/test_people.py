"""The public sees whom it may see: by her own word, for as long as it stands."""

import pytest
from django.urls import reverse
from django.utils import timezone

from house.ground.errors import Forbidden
from house.partners.viewing import viewer_for
from house.people import erasure
from house.showcase import actions
from house.showcase.models import Contact, Face
from tests.factories import CityFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(member):
    person = PersonFactory(name="Canary Colleague", email="canary@example.org", city=member.city)
    SeatFactory(partnership=member.seat.partnership, person=person)
    return person


def city_page(client):
    return client.get("/cities/city-aaa/").content.decode()


def test_a_person_stands_on_her_citys_page_only_while_she_says_so(client_factory, colleague):
    visitor, own = client_factory(), client_factory(colleague)
    assert "Canary" not in city_page(visitor)
    own.post(reverse("showcase:me"), {"agrees": "on", "words": "I mend things."})
    page = city_page(visitor)
    assert "Canary Colleague" in page
    assert "I mend things." in page
    assert "canary@example.org" not in page
    own.post(reverse("showcase:me"), {"words": "I mend things."})
    assert "Canary" not in city_page(visitor)


def test_who_lost_her_seat_is_seen_no_more(client, colleague, member):
    actions.show_face(colleague, by=viewer_for(colleague))
    assert "Canary" in city_page(client)
    member.seat.partnership.city
    colleague_seat = type(member.seat).objects.get(person=colleague)
    colleague_seat.person = None
    colleague_seat.save()
    assert "Canary" not in city_page(client)


def test_nobody_agrees_for_another(client_factory, colleague, member, by, shown):
    made = shown(member)
    with pytest.raises(Forbidden):
        actions.show_face(colleague, by=by)
    actions.ask_contact(made, colleague, by=by, agrees=True, shows_address=True)
    asked = Contact.objects.get()
    assert asked.agreed_at is None
    with pytest.raises(Forbidden):
        actions.agree_as_contact(asked, by=by, shows_address=True)
    visitor, own = client_factory(), client_factory(colleague)
    assert "Canary" not in visitor.get(made.get_absolute_url()).content.decode()
    address = reverse("showcase:contact", args=[asked.code])
    own.post(address, {"answer": "yes"})
    page = visitor.get(made.get_absolute_url()).content.decode()
    assert "Canary Colleague" in page
    assert "canary@example.org" not in page
    own.post(address, {"answer": "yes", "shows_address": "1"})
    assert "canary@example.org" in visitor.get(made.get_absolute_url()).content.decode()
    own.post(address, {"answer": "no"})
    assert "Canary" not in visitor.get(made.get_absolute_url()).content.decode()


def test_who_moved_to_another_city_is_no_longer_its_contact(client, colleague, member, by, shown):
    made = shown(member)
    actions.ask_contact(made, colleague, by=by, agrees=False, shows_address=False)
    actions.agree_as_contact(Contact.objects.get(), by=viewer_for(colleague), shows_address=True)
    assert "canary@example.org" in client.get(made.get_absolute_url()).content.decode()
    colleague.city = CityFactory(code="moved")
    colleague.save()
    assert "anary" not in client.get(made.get_absolute_url()).content.decode()


def test_who_is_erased_is_gone_from_the_public_face(client, colleague, member, by, shown):
    made = shown(member)
    actions.show_face(colleague, by=viewer_for(colleague))
    actions.ask_contact(made, colleague, by=by, agrees=False, shows_address=False)
    actions.agree_as_contact(Contact.objects.get(), by=viewer_for(colleague), shows_address=True)
    colleague.erase_after = timezone.now()
    colleague.save()
    erasure.erase(colleague.pk)
    assert not Face.objects.exists()
    assert not Contact.objects.exists()
    assert "Canary" not in client.get(made.get_absolute_url()).content.decode()
