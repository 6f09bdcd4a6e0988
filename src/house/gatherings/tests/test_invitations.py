"""What a calendar is told of a registration, read by an independent reader of mails and calendars."""

import datetime

import icalendar
import pytest
from django.core import mail
from django.utils import timezone

from house.gatherings import actions, emails
from house.gatherings.answers import answered
from house.gatherings.tests.making import DAY, make_event
from house.ground.text import one_line
from house.partners.viewing import viewer_for
from tests.hostile import TITLES, is_plain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def takes_answers(settings):
    settings.REPLY_ADDRESS = "reply@house.example"


def letter(kind, registration):
    """As it is sent."""
    registration.refresh_from_db()
    person = registration.person
    message = emails.write(kind, registration, person, viewer_for(person))
    message.send()
    return mail.outbox[-1].message()


def calendar_in(message):
    (raw,) = [
        part for part in message.walk() if part.get_content_type() == "text/calendar"
    ]  # fmt: skip
    made = icalendar.Calendar.from_ical(raw.get_payload(decode=True))
    (event,) = made.walk("VEVENT")
    assert made["METHOD"] == raw.get_param("method")
    return str(made["METHOD"]), event


def come(member, event):
    return actions.register(event, by=viewer_for(member.person), seat="online")


def test_a_place_is_an_invitation_that_moves_with_the_event_and_ends_with_the_place(member, office):
    event = make_event()
    mine = come(member, event)
    method, first = calendar_in(letter("gatherings.registered", mine))
    assert (method, first["DTSTART"].dt) == ("REQUEST", event.starts_at)
    assert first["ATTENDEE"].params["RSVP"] == "TRUE"
    assert first["ATTENDEE"] == f"mailto:{member.person.email}"
    assert mail.outbox[-1].from_email.endswith("<reply@house.example>")
    assert first["ORGANIZER"] == "mailto:reply@house.example"

    answered(event.code, member.person.pk, "ACCEPTED", 0, timezone.now())
    _method, again = calendar_in(letter("gatherings.registered", mine))
    assert again["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"

    actions.change_event(
        event, by=viewer_for(office), starts_at=event.starts_at + DAY, ends_at=event.ends_at + DAY
    )
    method, moved = calendar_in(letter("gatherings.changed", mine))
    assert moved["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert (method, moved["UID"]) == ("REQUEST", first["UID"])
    assert moved["SEQUENCE"] > first["SEQUENCE"]

    mine.refresh_from_db()
    actions.cancel_registration(mine, by=viewer_for(member.person))
    method, gone = calendar_in(letter("gatherings.left", mine))
    assert (method, gone["STATUS"], gone["UID"]) == ("CANCEL", "CANCELLED", first["UID"])
    assert gone["SEQUENCE"] > moved["SEQUENCE"]


@pytest.mark.parametrize("word", ["ACCEPTED", "TENTATIVE", "DECLINED"])
def test_her_page_says_what_her_calendar_said(client, member, word):
    event = make_event()
    come(member, event)
    client.force_login(member.person)
    later = timezone.now() + datetime.timedelta(seconds=1)
    answered(event.code, member.person.pk, word, 0, later)
    assert answered(event.code, member.person.pk, "TENTATIVE", 0, timezone.now()) == "old"

    page = client.get(event.get_absolute_url()).content.decode()
    assert ("calendar said yes" in page, "said “perhaps”" in page, "Register" in page) == (
        word == "ACCEPTED", word == "TENTATIVE", word == "DECLINED",
    )  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_hole_8_titles_and_names_stay_words_in_mails_and_invitations(member, office, title):
    """No title or name is a header, a line of the calendar or markup, and none turns the text around."""
    event = make_event(title="x", place="x")
    actions.change_event(event, by=viewer_for(office), title=title, place=title)
    member.person.name = one_line(title[:100])  # as every form keeps a name
    member.person.save()
    message = letter("gatherings.registered", come(member, event))

    assert is_plain(message, member.person.email)
    _method, told = calendar_in(message)
    for value in (str(told["SUMMARY"]), str(told["LOCATION"]), told["ATTENDEE"].params["CN"]):
        assert "\u202e" not in value
        assert not set("\r\n\u2028") & set(value)
    assert len(told.get("ATTENDEE", [])) == len(f"mailto:{member.person.email}")
    assert not told.subcomponents
