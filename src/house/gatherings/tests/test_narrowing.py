"""An event for fewer people than before: who may not see it any more loses her place, and is told why."""

import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from house.gatherings import actions, emails
from house.gatherings.models import Event, JoinLink, Registration, SessionPlace
from house.gatherings.tests.making import make_event, make_member
from house.gatherings.tests.test_changing import typed
from house.gatherings.tests.test_invitations import calendar_in, letter
from house.notices.models import Letter
from house.partners.viewing import viewer_for
from house.people.export import archive_of
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def come(person, event):
    return actions.register(event, by=viewer_for(person), seat="online")


def stand():
    return {row.person.name: row.state for row in Registration.objects.select_related("person")}


@pytest.fixture
def comers(member, neighbour):
    """One of another city has the only place; then wait another of hers and two of the member's city."""
    event = make_event(seats_online=1)
    persons = [neighbour.person, make_member(neighbour), member.person, make_member(member)]
    for name, person in zip(("far", "farther", "near", "nearer"), persons, strict=True):
        person.name = name
        person.save(update_fields=["name"])
        come(person, event)
    return event


def narrow(client, event, city, **more):
    page = reverse("gatherings:event_edit", args=[event.slug])
    told = typed(client.get(page).context["form"]) | {"audience": "city", "city": city.pk}
    return client.post(page, told | more)


def test_the_form_says_how_many_lose_sight_and_saves_nothing_until_that_is_agreed(
    client, member, office, comers
):
    client.force_login(office)
    refused = narrow(client, comers, member.city)
    page = refused.content.decode()

    assert refused.status_code == 422
    assert "2 people who registered would not see this event any more." in page
    assert 'name="release" value="2"' in page
    assert (
        narrow(client, comers, member.city, release=1).status_code == 422
    )  # not what she agreed to
    assert Event.objects.get().audience == "alliance"
    assert stand() == {
        "far": "confirmed", "farther": "waiting", "near": "waiting", "nearer": "waiting",
    }  # fmt: skip

    assert narrow(client, comers, member.city, release=2).status_code == 302
    assert Event.objects.get().audience == "city"
    assert stand() == {
        "far": "cancelled", "farther": "cancelled", "near": "offered", "nearer": "waiting",
    }  # fmt: skip


def test_who_lost_her_place_is_told_why_and_nothing_that_is_newer(
    client, neighbour, member, office
):
    event = make_event(title="Open to all")
    mine = come(neighbour.person, event)
    come(member.person, event)
    _method, asked = calendar_in(letter("gatherings.registered", mine))
    client.force_login(office)
    secret = {"title": "The secret plan", "place": "Cellar", "begins": "2031-03-01T10:00"}
    narrow(client, event, member.city, release=1, ends="2031-03-01T11:00", **secret)

    posted = Letter.objects.filter(kind="gatherings.released")
    assert [each.person_id for each in posted] == [neighbour.person.pk]
    told = letter("gatherings.released", mine)
    method, gone = calendar_in(told)
    whole = told.as_string()
    assert told["Subject"] == "Your place was released: Open to all"
    assert "for fewer people than when you registered" in " ".join(whole.split())
    assert not any(
        word in whole for word in ("secret", "Cellar", "20310301", "March 2031", event.slug)
    )
    assert (method, gone["UID"], gone["STATUS"]) == ("CANCEL", asked["UID"], "CANCELLED")
    assert gone["DTSTART"].dt == event.starts_at
    assert gone["SEQUENCE"] > asked["SEQUENCE"]

    client.force_login(neighbour.person)
    assert client.get(event.get_absolute_url()).status_code == 404


def test_her_own_data_names_the_event_as_she_knew_it(neighbour, member, office):
    event = make_event(title="Open to all")
    by = viewer_for(office)
    come(neighbour.person, event)
    come(member.person, event)
    JoinLink.objects.create(event=event, person=neighbour.person, url="https://meet.example/far")
    JoinLink.objects.create(event=event, person=member.person, url="https://meet.example/near")
    actions.change_event(
        event, by=by, audience="city", city=member.city, title="The secret plan", releasing=1
    )

    with archive_of(neighbour.person) as made, zipfile.ZipFile(made) as archive:
        mine = json.loads(archive.read("gatherings.json"))
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert [(row["event__title"], row["state"]) for row in mine] == [("Open to all", "cancelled")]
    assert "The secret plan" not in everything
    assert "meet.example" not in everything
    with archive_of(member.person) as made, zipfile.ZipFile(made) as archive:
        assert "The secret plan" in archive.read("gatherings.json").decode()
        assert "near" in archive.read("gathering-links.json").decode()


def test_who_came_again_after_it_was_opened_anew_gets_the_letters_of_who_comes(
    neighbour, member, office
):
    event = make_event()
    mine, by = come(neighbour.person, event), viewer_for(office)
    actions.change_event(event, by=by, audience="city", city=member.city, releasing=1)
    actions.change_event(event, by=by, audience="alliance", city=None)

    again = come(neighbour.person, event)

    assert (again.pk, again.state) == (mine.pk, "confirmed")
    viewer = viewer_for(neighbour.person)
    assert emails.write("gatherings.released", again, neighbour.person, viewer) is None
    told = emails.write("gatherings.registered", again, neighbour.person, viewer)
    assert event.slug in told.body


def test_who_was_given_a_place_without_seeing_the_event_keeps_it(client, member, neighbour, office):
    """The office invited her from outside: another change of who sees it takes nothing from her."""
    event = make_event(audience="city", city=neighbour.city)
    guest = PersonFactory(name="guest")
    actions.give_place(event, guest, by=viewer_for(office), seat="online", reason="She speaks")
    client.force_login(office)

    assert narrow(client, event, member.city).status_code == 302
    assert stand() == {"guest": "confirmed"}


def test_whose_place_is_released_leaves_her_sessions_to_who_waits_there(neighbour, member, office):
    event, by = make_event(), viewer_for(office)
    session = actions.save_session(
        event, by=by, title="Workshop", starts_at=event.starts_at, minutes=60, takes_places=True, capacity=1,
    )  # fmt: skip
    actions.publish_programme(event, by=by)
    for person in (neighbour.person, member.person):
        session.refresh_from_db()
        actions.choose_session(session, come(person, event), by=viewer_for(person))

    actions.change_event(event, by=by, audience="city", city=member.city, releasing=1)

    place = SessionPlace.objects.get()
    assert (place.registration.person, place.is_waiting) == (member.person, False)


def test_many_lose_sight_in_as_many_queries_as_few(member, neighbour, office):
    """But for one more that asks 25 doors at once, before the change and after it."""

    def narrowed(count):
        event = make_event()
        for number in range(count):
            come(make_member(neighbour if number % 3 else member), event)
        with CaptureQueriesContext(connection) as asked:
            actions.change_event(
                event, by=viewer_for(office), audience="city", city=member.city, releasing=count
            )
        lost = Registration.objects.filter(event=event, state="cancelled").count()
        return lost, len(asked)

    (few, asked_few), (many, asked_many) = narrowed(3), narrowed(30)

    assert (few, many) == (2, 20)
    assert asked_many == asked_few + 2
