"""A refusal says why, what would allow it, and leads there."""

import pytest
from django.urls import reverse

from house.front.remedies import ways_on
from house.partners.models import Seat
from house.partners.viewing import viewer_for
from tests.factories import PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db
WRITE = "alex:entry_new"


def refusal(client, name=WRITE):
    answer = client.get(reverse(name))
    assert answer.status_code == 403
    return " ".join(answer.content.decode().split())


def labels(viewer):
    return [way.label for way in ways_on(viewer)]


def test_an_associate_is_told_which_levels_include_it_and_led_there(client_factory, associate):
    page = refusal(client_factory(associate.person))
    assert "Your city&#x27;s Associate partnership does not include this." in page
    assert "Partner, Premium" in page
    assert "Nothing was changed." in page
    assert f'href="{reverse("partners:partnership")}"' in page
    assert f'href="{reverse("front:levels")}"' in page


def test_her_coordinator_is_named_and_written_to_through_the_house(client_factory, associate):
    """Neither of them is told the other's address."""
    coordinator = SeatFactory(
        partnership=associate.seat.partnership, kind=Seat.Kind.COORDINATOR
    ).person
    page = refusal(client_factory(associate.person))
    assert f"Ask {coordinator.name}, who coordinates for your city" in page
    assert f'href="{reverse("people:write", args=[coordinator.code])}"' in page
    assert coordinator.email not in page


@pytest.mark.parametrize("gone", ["suspended", "unseated"])
def test_nobody_is_sent_to_a_coordinator_who_has_left(associate, gone):
    seat = SeatFactory(partnership=associate.seat.partnership, kind=Seat.Kind.COORDINATOR)
    if gone == "suspended":
        seat.person.is_active = False
        seat.person.save()
    else:
        seat.person = None
        seat.save()
    assert labels(viewer_for(associate.person)) == [
        "See what your partnership includes",
        "Compare the levels",
    ]


def test_who_belongs_nowhere_is_offered_the_ways_in(client_factory):
    page = refusal(client_factory(PersonFactory()))
    assert "no running partnership" in page
    for name in ("partners:join", "front:join", "front:levels"):
        assert f'href="{reverse(name)}"' in page


def test_a_visitor_comes_back_to_where_she_wanted_to_go():
    first, *others = ways_on(viewer_for(PersonFactory(is_active=False)), "/alex/new/?kind=a")
    assert first.href == f"{reverse('account_login')}?next=%2Falex%2Fnew%2F%3Fkind%3Da"
    assert [way.label for way in others] == ["Apply to join", "Compare the levels"]


def test_the_foundations_people_are_told_to_ask_the_office():
    expert = viewer_for(PersonFactory(is_expert=True))
    assert ways_on(expert) == []


def test_every_way_leads_somewhere(client_factory, associate):
    client = client_factory(associate.person)
    SeatFactory(partnership=associate.seat.partnership, kind=Seat.Kind.COORDINATOR)
    for way in ways_on(viewer_for(associate.person)):
        assert client.get(way.href).status_code == 200, way.label


def test_the_ways_cost_two_questions(associate, django_assert_max_num_queries):
    SeatFactory(partnership=associate.seat.partnership, kind=Seat.Kind.COORDINATOR)
    viewer = viewer_for(associate.person)
    with django_assert_max_num_queries(2):
        ways_on(viewer)


LONG = "<p>Long thought &amp; carefully put</p>"


def handed_back(response):
    assert "What you wrote" in response.text
    assert "Long thought &amp; carefully put</textarea>" in response.text


def test_words_for_what_is_gone_are_handed_back(client_factory, member):
    """A note on a draft that its author threw away meanwhile, say: nothing else has them."""
    own = client_factory(member.person)
    gone = reverse("alex:entry_review", args=["zzzzzzzzzz"])
    response = own.post(gone, {"text": LONG, "anchor": "fields", "next": "/one/two/three/"})
    assert response.status_code == 404
    handed_back(response)
    assert response.text.count("<textarea") == 1
    unspaced = own.post(gone, {"text": "公共自行车和骑车的人们教会了这座城市什么"})
    assert "公共自行车和骑车的人们教会了这座城市什么</textarea>" in unspaced.text
    assert "What you wrote" not in own.post(gone, {"text": "ok"}).text
    assert "What you wrote" not in own.get(gone, {"text": LONG}).text


def test_words_for_what_is_refused_are_handed_back(client_factory, associate):
    sent = {"title": LONG}
    response = client_factory(associate.person).post(reverse("showcase:new"), sent)
    assert response.status_code == 403
    handed_back(response)


def test_others_can_not_have_their_words_said_here(client_factory, member):
    """A form on somebody else's page, sent by her browser to an address of ours."""
    own = client_factory(member.person)
    own.handler.enforce_csrf_checks = True
    for address in ("/there-is-nothing/", reverse("alex:entry_review", args=["zzzzzzzzzz"])):
        response = own.post(address, {"text": LONG})
        assert response.status_code in {403, 404}
        assert "Long thought" not in response.text
