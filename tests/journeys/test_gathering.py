"""A wish for a topic becomes a gathering, and what was said there can be watched by who could not come."""

import datetime
import re

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone

from house.alex.models import Entry
from house.gatherings import duties
from house.gatherings.models import Event, HostingOffer, Recording, Registration, Suggestion, Voice
from house.retrieval import outbox
from tests.factories import PersonFactory
from tests.journeys.mailing import mails_to, seated, write_back
from tests.journeys.sound import silence
from tests.journeys.waiting import until

pytestmark = pytest.mark.usefixtures("takes_mail")

TOPIC = "Who counts the bicycles that nobody docked?"
TRANSCRIPT = """WEBVTT

00:00:01.000 --> 00:00:09.000
<v Ebba Holm>We sent two students through the harbour quarter with a list.

00:00:10.000 --> 00:00:19.000
<v Jonas Visser>And our operators forgot four hundred bicycles under the viaduct.

00:00:20.000 --> 00:00:29.000
<v Ebba Holm>That is the number which nobody had in any register.
"""


@pytest.fixture
def people(live_house):
    office = PersonFactory(name="Noor Winters", is_office=True)
    return {
        "ghent": seated("ghent", "Roosje Maes"),
        "amsterdam": seated("amsterdam", "Jonas Visser"),
        "gothenburg": seated("gothenburg", "Ebba Holm"),
        "reader": seated("barcelona", "Nuria Pla", level="associate"),
        "office": office,
    }


def test_suggested_hosted_accepted_by_mail_recorded_watched(visit, people, curator):
    topic = suggested(visit, people)
    event = hosted(visit, people, topic)
    answered_by_mail(visit, people, event)
    away = visit(event.get_absolute_url(), person=people["reader"])
    away.get_by_text("the recordings will be yours to watch").wait_for()

    take_place(event)
    topic.refresh_from_db()
    assert topic.state == "done"
    recording = recorded(visit, people, event)
    entry = published(visit, people, recording, curator)
    watched(away, event, entry)


def suggested(visit, people):
    page = visit("/gatherings/topics/", person=people["ghent"])
    page.get_by_role("link", name="Suggest a topic").first.click()
    page.get_by_label("What should we talk about?").fill(TOPIC)
    page.get_by_label("Why now?").fill("We have no figures, and operators tell us none.")
    page.locator("#id_topics summary").first.click()
    page.locator("#id_topics input:visible").first.check()
    page.get_by_role("button", name="Suggest", exact=True).click()
    page.get_by_text("Your city stands behind it").first.wait_for()
    other = visit("/gatherings/topics/", person=people["amsterdam"])
    other.get_by_role("button", name="Our city too").click()
    other.get_by_text("You hear what becomes of it.").wait_for()
    return Suggestion.objects.get()


def hosted(visit, people, topic):
    """The city begins at the topic; the office talks hours, says yes and announces the event."""
    page = visit(topic.get_absolute_url(), person=people["gothenburg"])
    page.get_by_role("link", name="Offer to host it").click()
    page.get_by_label("A topic that members wanted").wait_for()
    chosen = page.get_by_label("A topic that members wanted").locator("option:checked")
    assert chosen.inner_text() == f"{TOPIC} (2 cities)"
    day = (timezone.now() + datetime.timedelta(days=40)).date()
    page.get_by_label("First day that suits you").fill(day.isoformat())
    page.get_by_label("Last day that suits you").fill(day.isoformat())
    page.get_by_label("Online", exact=True).check()
    page.get_by_label("English", exact=True).check()
    page.get_by_role("button", name="Send the offer").click()
    page.get_by_text("The office is told.").wait_for()
    offer = HostingOffer.objects.get()
    assert offer.suggestion == topic

    desk = visit(offer.get_absolute_url(), person=people["office"])
    desk.get_by_role("link", name=TOPIC).wait_for()
    desk.get_by_text("Accept", exact=True).click()
    desk.get_by_role("button", name="Accept the offer").click()
    desk.get_by_text("Accepted. A draft of the event stands").wait_for()
    desk.get_by_role("link", name="The event", exact=True).click()
    desk.get_by_role("link", name="Look after this event").click()
    desk.get_by_role("link", name="What, when and where").click()
    desk.get_by_label("In one sentence").fill("Three cities compare how they count.")
    desk.get_by_label("People register").check()
    desk.get_by_role("button", name="Save").first.click()
    desk.get_by_role("button", name="Announce it").click()
    until(lambda: Event.objects.filter(state="published").exists())
    for city in ("ghent", "amsterdam"):
        told = visit(reverse("notices:inbox"), person=people[city])
        told.get_by_text(f"Planned: {TOPIC}").first.wait_for()
        told.get_by_role("link", name=TOPIC, exact=True).first.wait_for()  # the event itself
    return Event.objects.get()


def answered_by_mail(visit, people, event):
    """She registers; a real invitation comes, and what her calendar answers stands on her page."""
    person = people["amsterdam"]
    page = visit(event.get_absolute_url(), person=person)
    page.get_by_role("link", name=TOPIC).wait_for()  # members wanted it
    page.get_by_role("link", name="Register", exact=True).click()
    page.get_by_role("button", name="Register").click()
    page.get_by_text("You have a place: Online.").wait_for()
    invitation = next(m for m in mails_to(person) if "You have a place" in m.subject)
    asked = calendar_of(invitation)
    assert asked["METHOD"] == "REQUEST"
    (meeting,) = asked.walk("VEVENT")
    assert meeting["ORGANIZER"].endswith("reply@house.example")
    assert meeting["DTSTART"].dt == event.starts_at

    assert write_back(invitation, person, "I come.", reply_of(meeting, "ACCEPTED")) == {
        "answered": 1
    }
    page.reload()
    page.get_by_text("Your calendar said yes").wait_for()
    hosts = visit(reverse("gatherings:event_people", args=[event.slug]), person=people["office"])
    hosts.get_by_text("said yes by calendar").wait_for()


def calendar_of(message):
    parts = [
        part for part in message.message().walk() if part.get_content_type() == "text/calendar"
    ]
    return icalendar.Calendar.from_ical(parts[0].get_payload(decode=True))


def reply_of(meeting, word):
    """As a calendar answers (RFC 5546, 3.2.3)."""
    part = icalendar.Event()
    for name in ("UID", "SEQUENCE", "ORGANIZER", "DTSTART", "DTEND"):
        part.add(name, meeting[name])
    part.add("DTSTAMP", timezone.now())
    attendee = icalendar.vCalAddress(str(meeting["ATTENDEE"]))
    attendee.params["PARTSTAT"] = word
    part.add("ATTENDEE", attendee)
    made = icalendar.Calendar()
    for name, value in (("PRODID", "-//Test//EN"), ("VERSION", "2.0"), ("METHOD", "REPLY")):
        made.add(name, value)
    made.add_component(part)
    return made.to_ical().decode()


def take_place(event):
    """Weeks pass."""
    ended = timezone.now() - datetime.timedelta(hours=20)
    Event.objects.filter(pk=event.pk).update(
        starts_at=ended - datetime.timedelta(hours=2), ends_at=ended
    )
    Registration.objects.update(came_at=ended, came_by="self")
    duties.finish()


def recorded(visit, people, event):
    """Sound and words are brought, each voice says yes herself, and it is shared."""
    host = visit(reverse("gatherings:after", args=[event.slug]), person=people["gothenburg"])
    host.get_by_text("Add a recording").click()
    host.get_by_role("button", name="Begin").click()
    host.locator("#media_file").set_input_files(
        {"name": "talk.ogg", "mimeType": "audio/ogg", "buffer": silence(30).read()}
    )
    host.get_by_role("button", name="Save", exact=True).click()
    host.get_by_text("Sound or film is there.").wait_for()
    host.locator("#transcript_file").set_input_files(
        {"name": "talk.vtt", "mimeType": "text/vtt", "buffer": TRANSCRIPT.encode()}
    )
    host.get_by_role("button", name="Read it in").click()
    host.get_by_text("The transcript has 3 lines.").wait_for()
    for name in ("Ebba Holm", "Jonas Visser"):
        host.get_by_role("row").get_by_role("link", name=name).click()
        host.get_by_label("Person of the house").select_option(label=name)
        host.get_by_role("button", name="Save").first.click()
        host.get_by_role("heading", name="How it stands").wait_for()
    host.get_by_role("button", name="Ask the speakers").click()
    host.get_by_text("The speakers are asked by letter.").wait_for()
    for city in ("gothenburg", "amsterdam"):
        letter = mails_to(people[city])[-1]
        path = re.search(r"/gatherings/voices/\w+/", letter.body).group()
        hers = visit(path, person=people[city])
        hers.get_by_role("button", name="Yes, show my part").click()
        hers.get_by_text("You agreed.").wait_for()
    assert set(Voice.objects.values_list("consent", flat=True)) == {"given"}
    host.reload()
    host.get_by_role("button", name="Share it").click()
    host.get_by_role("button", name="Give it to ALEX").click()
    host.get_by_text("Given to ALEX on").wait_for()
    return Recording.objects.get()


def published(visit, people, recording, curator):
    """Those who speak agree to the words that ALEX would keep, and the curator publishes."""
    for city in ("gothenburg", "amsterdam"):
        hers = visit(reverse("memory:consents"), person=people[city])
        hers.get_by_role("link", name="Your words from").first.click()
        hers.get_by_role("button", name="Use these words").click()
        hers.get_by_text("Nothing is asked of you").wait_for()
    entry = until(lambda: Entry.objects.filter(state__in=["submitted", "in_review"]).first())
    desk = visit(reverse("alex:entry_review", args=[entry.slug]), person=curator)
    desk.get_by_role("button", name="Publish").first.click()
    until(lambda: Entry.objects.filter(pk=entry.pk, state="published").exists())
    entry.refresh_from_db()
    assert entry.title == recording.title
    outbox.drain()
    return entry


def watched(page, event, entry):
    """The associate finds a sentence in ALEX, and hears it there."""
    page.goto("/search/?q=bicycles+under+the+viaduct")
    page.get_by_role("link", name=entry.title).first.click()
    page.get_by_role("heading", name="Transcript").wait_for()
    until(lambda: page.locator("[data-player]").evaluate("player => player.readyState") >= 1)
    page.get_by_label("Search inside").fill("viaduct")
    page.locator(".transcript .is-here mark").or_(page.locator(".transcript mark")).first.wait_for()
    page.get_by_role("link", name="0:10").click()
    second = lambda: page.locator("[data-player]").evaluate("player => player.currentTime")  # noqa: E731
    until(lambda: second() >= 10)
