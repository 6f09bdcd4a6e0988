"""Two megabytes in a field: a sentence at that field, nothing made, and what was typed is still there."""

import datetime
import time

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from house.gatherings.models import Event, HostingOffer, Session, Suggestion
from house.gatherings.tests.making import make_event
from house.groups.models import Group, PageVersion
from house.groups.tests.made import make
from house.meetings.models import Session as Meeting
from house.meetings.tests.conftest import make_expert

pytestmark = pytest.mark.django_db
LONG = "A sentence about bikes. " * 84_000
DAY = datetime.timedelta(days=1)


def event(member, office):
    typed = {
        "title": "Counting",
        "kind": "seminar",
        "zone": "UTC",
        "mode": "online",
        "offer_hours": 48,
    }
    moments = {"begins": "2027-05-04T10:00", "ends": "2027-05-04T12:00", "audience": "alliance"}
    return office, reverse("gatherings:event_new"), typed | moments, Event


def session(member, office):
    made = make_event()
    address = reverse("gatherings:session_new", args=[made.slug])
    return (
        office,
        address,
        {"title": "Counting", "begins": "2027-05-04T10:00", "minutes": 45},
        Session,
    )


def hosting(member, office):
    typed = {
        "kind": "seminar",
        "title": "Counting",
        "about": "So.",
        "mode": "online",
        "languages": ["en"],
    }
    days = {"starts_on": "2027-05-04", "ends_on": "2027-05-05"}
    return member.person, reverse("gatherings:hosting_new"), typed | days, HostingOffer


def topic(member, office):
    typed = {"title": "Counting", "text": "So.", "target": "seminar", "language": "en"}
    return member.person, reverse("gatherings:topic_market_new"), typed, Suggestion


def group(member, office):
    today = timezone.now().date()
    typed = {
        "name": "Heat", "problem": "Walls.", "aim": "A model.", "starts_on": today, "ends_on": today + 90 * DAY,
        "audience": "alliance", "language": "en",
    }  # fmt: skip
    return member.person, reverse("groups:group_new"), typed, Group


def page(member, office):
    made = make(member)
    address = reverse("groups:page_edit", args=[made.code])
    return (
        member.person,
        address,
        {"html": "<p>So.</p>", "note": "First", "based_on": 0},
        PageVersion,
    )


def preparation(member, office):
    soon = (timezone.now() + 3 * DAY).strftime("%Y-%m-%dT12:00:00Z")
    address = f"{reverse('meetings:book', args=[make_expert().code])}?at={soon}&length=60"
    return member.person, address, {"goal": "Which?", "language": "en", "key": "k1"}, Meeting


FIELDS = [
    (event, "title"), (event, "description"), (session, "title"), (session, "abstract"), (hosting, "title"),
    (hosting, "about"), (topic, "title"), (topic, "text"), (group, "name"), (group, "problem"), (page, "html"),
    (preparation, "goal"), (preparation, "questions"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "field"), FIELDS)
def test_hole_12_two_megabytes_are_refused_at_their_field_and_kept(
    client, member, office, form, field
):
    person, address, typed, model = form(member, office)
    client.force_login(person)
    before = model.objects.count()
    begun = time.process_time()

    answer = client.post(address, typed | {field: LONG})

    assert answer.status_code == 422
    assert time.process_time() - begun < 5
    text = answer.content.decode()
    assert f'id="id_{field}_error"' in text
    assert text.count("A sentence about bikes.") >= 83_000
    assert model.objects.count() == before
    for name, value in typed.items():
        kept = escape(value[0] if isinstance(value, list) else value)
        assert name == field or kept[:9] in text
