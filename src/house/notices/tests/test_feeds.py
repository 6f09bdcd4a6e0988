import datetime
import re
from types import SimpleNamespace

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from house.access.models import JournalRow
from house.notices import calendars, feeds
from house.notices.calendars import CalendarEvent, Scope, Source
from house.notices.feeds import digest_of
from house.notices.models import CalendarFeed
from house.notices.subscribing import make_feed, reset_feed
from house.notices.tests.readers import by_ical_js, by_icalendar
from house.partners.models import Partnership
from house.partners.viewing import viewer_for
from tests.factories import PersonFactory, TopicFactory
from tests.spent import at_most

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(monkeypatch):
    """A room of the test's own: (who may see it, event). The rooms of the house are left out."""
    shelf = []

    def items(viewer, scope, since, until):
        asked.append((viewer.person_id, scope))
        return [event for token, event in shelf if token in viewer.tokens]

    asked = []
    monkeypatch.setattr(calendars, "_sources", {})
    calendars.register(Source("test.event", "Events", items))
    return SimpleNamespace(add=shelf.append, clear=shelf.clear, asked=asked)


def event(code="kx7bq2", **facts):
    at = timezone.now().replace(microsecond=0) + datetime.timedelta(days=3)
    return CalendarEvent(
        **{
            "kind": "test.event", "code": code, "sequence": 0, "starts_at": at,
            "ends_at": at + datetime.timedelta(hours=1), "zone": "Asia/Seoul", "title": f"Event {code}",
            "changed_at": at - datetime.timedelta(days=5), **facts,
        }
    )  # fmt: skip


def made(person, **facts):
    feed, secret = make_feed(by=viewer_for(person), **{"name": "Mine", "sort": "mine", **facts})
    return feed, reverse("calendars:feed", args=[secret])


def titles(response):
    return [told["title"] for told in by_icalendar(response.content)]


def test_a_feed_holds_what_its_owner_may_read_and_both_readers_agree(client, member, events):
    for token, code in (
        ("public", "a"),
        ("city:aaa", "b"),
        ("city:bbb", "hidden"),
        ("alliance", "c"),
    ):
        events.add((token, event(code)))
    _feed, url = made(member.person)
    response = client.get(url)
    assert titles(response) == ["Event a", "Event b", "Event c"]
    assert by_icalendar(response.content) == by_ical_js(response.content)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert not response.cookies
    assert b"X-WR-CALNAME:Mine\r\n" in response.content
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in response.content


def test_each_sort_of_feed_asks_the_sources_for_just_that(client, member, events):
    topic = TopicFactory(slug="bike-sharing")
    for facts in (
        {"sort": "mine"},
        {"sort": "city", "city": member.city},
        {"sort": "topic", "topic": topic},
    ):
        _feed, url = made(member.person, **facts)
        assert client.get(url).status_code == 200
    who = member.person.pk
    assert events.asked == [
        (who, Scope("mine")), (who, Scope("city", "aaa")), (who, Scope("topic", "bike-sharing")),
    ]  # fmt: skip


def suspend(member):
    member.person.is_active = False
    member.person.save()


def end(member):
    Partnership.objects.filter(city=member.city).update(
        ends_on=timezone.now().date() - datetime.timedelta(days=99),
        last_day=timezone.now().date() - datetime.timedelta(days=60),
    )


@pytest.mark.parametrize("lose", [suspend, end, lambda member: member.seat.delete()])
def test_hole_16_a_feed_ends_with_the_rights_of_its_owner_and_then_looks_unknown(
    client, member, events, lose
):
    events.add(("public", event()))
    _feed, url = made(member.person)
    etag = client.get(url).headers["ETag"]
    lose(member)
    closed = client.get(url, headers={"If-None-Match": etag})
    unknown = client.get(reverse("calendars:feed", args=["no-such-secret"]))
    assert closed.status_code == unknown.status_code == 404
    assert closed.content == unknown.content == b""
    assert sorted(closed.headers.items()) == sorted(unknown.headers.items())


def test_what_a_right_hides_goes_from_the_feed_at_the_next_reading_though_nothing_changed(
    client, member, events
):
    """No "not modified" keeps what may not be read any more."""
    events.add(("city:aaa", event("ours")))
    events.add(("public", event("all")))
    _feed, url = made(member.person)
    first = client.get(url)
    conditions = {
        "If-None-Match": first.headers["ETag"],
        "If-Modified-Since": first.headers["Last-Modified"],
    }
    assert client.get(url, headers=conditions).status_code == 304
    events.clear()
    events.add(("public", event("all")))
    second = client.get(url, headers=conditions)
    assert second.status_code == 200
    assert titles(second) == ["Event all"]


def test_the_mark_of_a_feed_tells_nothing_of_another(client, member, neighbour, events):
    events.add(("public", event()))
    marks = {client.get(made(who.person)[1]).headers["ETag"] for who in (member, neighbour, member)}
    assert len(marks) == 3


def test_a_replaced_or_removed_address_opens_nothing(client, client_factory, member, events):
    feed, url = made(member.person)
    secret = reset_feed(feed, by=viewer_for(member.person))
    assert client.get(url).status_code == 404
    new = reverse("calendars:feed", args=[secret])
    assert client.get(new).status_code == 200
    client_factory(member.person).post(reverse("calendars:feed_revoke", args=[feed.code]))
    assert client.get(new).status_code == 404
    assert [row.act for row in JournalRow.objects.order_by("pk")] == [
        "calendar.made", "calendar.reset", "calendar.revoked",
    ]  # fmt: skip


def test_the_secret_is_shown_once_and_kept_nowhere(
    client_factory, member, events, django_capture_on_commit_callbacks
):
    browser = client_factory(member.person)
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(reverse("calendars:feed_make"), {"name": "Mine", "sort": "mine"})
    (secret,) = set(re.findall(r"/calendar/([\w-]{40,})\.ics", response.content.decode()))
    assert "no-store" in response.headers["Cache-Control"]
    feed = CalendarFeed.objects.get()
    assert feed.digest == digest_of(secret)
    assert secret not in str(list(CalendarFeed.objects.values())) + str(
        list(JournalRow.objects.values())
    )
    assert secret not in browser.get(reverse("calendars:calendar")).content.decode()
    assert secret not in str(dict(browser.session))
    (told,) = mail.outbox
    assert told.to == [member.person.email]
    assert secret not in str(told.message())


def test_another_person_neither_sees_nor_changes_an_address(
    client_factory, member, neighbour, events
):
    feed, _url = made(member.person, name="Zz only mine")
    other = client_factory(neighbour.person)
    assert "Zz only mine" not in other.get(reverse("calendars:calendar")).content.decode()
    for name in ("feed_reset", "feed_revoke"):
        assert other.post(reverse(f"calendars:{name}", args=[feed.code])).status_code == 404


def test_nobody_makes_an_address_who_belongs_to_nobody(client_factory, db):
    response = client_factory(PersonFactory()).post(
        reverse("calendars:feed_make"), {"name": "Mine", "sort": "mine"}
    )
    assert response.status_code == 403
    assert not CalendarFeed.objects.exists()


def test_a_form_keeps_what_was_typed_and_says_what_is_missing(client_factory, member, events):
    browser = client_factory(member.person)
    response = browser.post(reverse("calendars:feed_make"), {"name": "Of a city", "sort": "city"})
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="Of a city"' in page
    assert "Please choose which one." in page
    for number in range(20):
        browser.post(reverse("calendars:feed_make"), {"name": f"{number}", "sort": "mine"})
    refused = browser.post(reverse("calendars:feed_make"), {"name": "One more", "sort": "mine"})
    assert refused.status_code == 409
    assert CalendarFeed.objects.count() == 20


def test_no_link_into_a_meeting_stands_in_a_feed(client, member, events, settings):
    settings.BASE_URL = "https://house.example"
    events.add(("public", event(
        title="Talk https://meet.jit.si/secret", location="https://teams.microsoft.com/l/meetup-join/secret",
        description="Join: zoommtg://zoom.us/join?pwd=secret or www.zoom.us/j/secret\nMore: https://house.example/e/",
        url="https://bbb.example/secret",
    )))  # fmt: skip
    events.add(("public", event("other", url="https://house.example/gatherings/other/")))
    _feed, url = made(member.person)
    one, two = by_icalendar(client.get(url).content)
    assert "secret" not in str(one)
    assert "https://house.example/e/" in one["description"]
    assert (one["url"], two["url"]) == ("", "https://house.example/gatherings/other/")


def test_what_was_cancelled_is_shown_crossed_out_for_a_month(client, member, events):
    now = timezone.now()
    for code, days in (("lately", 5), ("long-ago", 40)):
        changed = now - datetime.timedelta(days=days)
        events.add(("public", event(code, status="CANCELLED", changed_at=changed)))
    _feed, url = made(member.person)
    assert [(told["title"], told["status"]) for told in by_icalendar(client.get(url).content)] == [
        ("Event lately", "CANCELLED")
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_reading_a_feed_takes_the_same_queries_whatever_it_holds(
    client, member, events, count, django_assert_num_queries
):
    for number in range(count):
        events.add(("public", event(f"k{number}")))
    _feed, url = made(member.person)
    client.get(url)
    with django_assert_num_queries(3):  # the feed; her seat and level; her circles and exceptions
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_whatever_stands_on_it(
    client_factory, member, events, count, django_assert_num_queries
):
    for number in range(count):
        events.add(("public", event(f"k{number}")))
        made(member.person, name=f"F{number}", sort="city", city=member.city)
    browser = client_factory(member.person)
    browser.get(reverse("calendars:calendar"))
    with django_assert_num_queries(8):
        page = browser.get(reverse("calendars:calendar")).content.decode()
    assert page.count("Event k") == count


def test_hole_12_an_address_is_not_read_too_often(client, member, events):
    _feed, url = made(member.person)
    statuses = [client.get(url).status_code for _time in range(31)]
    assert statuses == [200] * 30 + [429]


def test_a_feed_of_three_hundred_events_is_quick(client, member, events):
    zones = ("Europe/Amsterdam", "America/New_York", "Asia/Seoul")
    for number in range(300):
        events.add(
            ("public", event(f"k{number}", zone=zones[number % 3], description="Words. " * 60))
        )
    feed, _url = made(member.person)
    with at_most(2):
        reading = feeds.read(feed, viewer_for(member.person))
    assert reading.raw.count(b"BEGIN:VEVENT") == 300
    assert reading.raw.count(b"BEGIN:VTIMEZONE") == 3
