"""Where an expert says when she may be booked, and the calendar that is read for her."""

import datetime
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.urls import reverse
from django.utils import timezone

from house.access.models import JournalRow
from house.ground import egress
from house.meetings import elsewhere, reading
from house.meetings.models import Availability, Busy, DayChange, WeeklyHours
from house.meetings.tests.conftest import DAY, HOUR
from tests.factories import PersonFactory
from tests.spent import at_most

pytestmark = pytest.mark.django_db
URL = "/meetings/availability/"


@pytest.fixture
def hers(expert, client):
    client.force_login(expert.person)
    return expert


def week(**rows):
    return {"act": "hours", "week-TOTAL_FORMS": "1", "week-INITIAL_FORMS": "0", **rows}


def test_looking_makes_nothing_and_saving_does(client):
    person = PersonFactory(is_expert=True, time_zone="Asia/Seoul")
    client.force_login(person)
    assert "Asia/Seoul" in client.get(URL).content.decode()
    assert not Availability.objects.exists()
    client.post(
        URL, week(**{"week-0-weekday": "1", "week-0-begins": "09:00", "week-0-ends": "12:00"})
    )
    row = WeeklyHours.objects.get()
    assert (row.weekday, row.zone) == (1, "Asia/Seoul")


def test_a_wrong_row_is_kept_as_typed(client, hers):
    answer = client.post(
        URL,
        week(
            **{
                "week-0-weekday": "1",
                "week-0-begins": "12:00",
                "week-0-ends": "09:00",
                "week-0-zone": "Mars/Olympus",
            }
        ),
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mars/Olympus" in page
    assert WeeklyHours.objects.filter(availability=hers).count() == 7, "nothing was lost"


def test_days_off_in_a_row_and_taken_out_again(client, hers):
    typed = {"act": "day", "sort": "off", "first": "2027-07-01", "last": "2027-07-03"}
    client.post(URL, typed)
    assert DayChange.objects.count() == 3
    client.post(URL, {"act": "day_out", "code": DayChange.objects.first().code})
    assert DayChange.objects.count() == 2
    assert client.post(URL, typed | {"last": "2029-01-01"}).status_code == 422
    assert (
        client.post(URL, {"act": "day", "sort": "extra", "first": "2027-07-01"}).status_code == 422
    )


def test_a_day_that_no_clock_reckons_with_is_not_kept(client, hers):
    """One such day would break her free hours, and with them the first page of everybody."""
    for day in ("9999-12-31", "0001-01-01"):
        assert client.post(URL, {"act": "day", "sort": "off", "first": day}).status_code == 422
    assert not DayChange.objects.exists()


def test_the_address_of_a_calendar_is_a_secret(client, client_factory, hers, member):
    client.post(
        URL, {"act": "calendar", "kind": "ics", "url": "webcal://cal.example/zzsecret/abc.ics"}
    )
    hers.refresh_from_db()
    assert hers.busy_url == "https://cal.example/zzsecret/abc.ics"
    for browser in (client, client_factory(member.person)):
        for url in (URL, reverse("meetings:expert", args=[hers.code])):
            assert "zzsecret" not in browser.get(url).content.decode()
    assert "cal.example/…ics" in client.get(URL).content.decode()
    assert not any("zzsecret" in str(row.facts) for row in JournalRow.objects.all())
    client.post(URL, {"act": "calendar", "kind": "ics", "url": ""})
    assert not Busy.objects.exists()


@pytest.mark.parametrize(
    "url",
    ["javascript:x", "file:///etc/passwd", "https://me:pw@x.example/", "x", "https://[x/a.ics"],
)
def test_only_addresses_of_the_web_are_taken(client, hers, url):
    assert client.post(URL, {"act": "calendar", "kind": "ics", "url": url}).status_code == 422


# -- Reading ----------------------------------------------------------------------------------------


@pytest.fixture
def server(monkeypatch):
    """A calendar's server on this machine; reaching it is allowed for this test alone."""
    answers, seen = {}, []

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            length = int(self.headers.get("Content-Length") or 0)
            seen.append(
                (
                    self.command,
                    self.path,
                    self.headers.get("Authorization"),
                    self.rfile.read(length),
                )
            )
            status, headers, body = answers.get((self.command, self.path), (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_REPORT = answer  # noqa: N815 -- named by the standard library

        def log_message(self, *args):
            pass

    served = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    monkeypatch.setattr(egress, "_public_address", lambda *_where: "127.0.0.1")
    served.answers, served.seen = answers, seen
    served.url = f"http://127.0.0.1:{served.server_port}"
    yield served
    served.shutdown()
    served.server_close()


def calendar(*events):
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *events, "END:VCALENDAR", ""]
    ).encode()


def event(starts_at, hours=1, **more):
    form = "%Y%m%dT%H%M%SZ"
    lines = [f"{name.replace('_', '-')}:{value}" for name, value in more.items()]
    return "\r\n".join(
        ["BEGIN:VEVENT", f"UID:{starts_at.timestamp()}", f"DTSTART:{starts_at.strftime(form)}",
         f"DTEND:{(starts_at + hours * HOUR).strftime(form)}", *lines, "END:VEVENT"]
    )  # fmt: skip


def test_only_when_she_is_busy_is_kept(hers, server, soon):
    server.answers["GET", "/a.ics"] = (
        200, {}, calendar(
            event(soon, SUMMARY="zztitle", LOCATION="zzplace"), event(soon + 3 * HOUR, TRANSP="TRANSPARENT"),
            event(soon + DAY, RRULE="FREQ=DAILY"),
        ),
    )  # fmt: skip
    Availability.objects.update(busy_url=f"{server.url}/a.ics", busy_next_at=timezone.now())
    assert reading.refresh_due() == 1
    starts = list(Busy.objects.order_by("starts_at").values_list("starts_at", flat=True))
    assert starts[:2] == [soon, soon + DAY]
    assert len(starts) <= hers.horizon_days + 3, "a rule without end is read to the horizon"
    hers.refresh_from_db()
    assert hers.busy_next_at > timezone.now()
    assert reading.refresh_due() == 0, "not before its time"


def test_what_was_read_stays_when_the_calendar_can_not_be_read_and_the_house_waits_longer(
    hers, server, soon
):
    server.answers["GET", "/a.ics"] = (200, {}, calendar(event(soon)))
    Availability.objects.update(busy_url=f"{server.url}/a.ics")
    reading.refresh(hers.pk)
    waits = []
    for broken in ((500, {}, b""), (200, {}, b"<html>"), (200, {}, b"x" * (6 * 1024 * 1024))):
        server.answers["GET", "/a.ics"] = broken
        assert not reading.refresh(hers.pk)
        hers.refresh_from_db()
        assert hers.busy_problem
        assert "a.ics" not in hers.busy_problem
        waits.append(hers.busy_next_at - timezone.now())
    assert waits == sorted(waits)
    assert Busy.objects.count() == 1


def test_a_redirect_is_followed_a_few_times_and_the_password_stays_with_its_server(
    hers, server, soon
):
    server.answers["GET", "/a.ics"] = (302, {"Location": "/b.ics"}, b"")
    server.answers["GET", "/b.ics"] = (200, {}, calendar(event(soon)))
    Availability.objects.update(
        busy_url=f"{server.url}/a.ics", busy_user="amara", busy_password="pw"
    )
    assert reading.refresh(hers.pk)
    assert [bool(each[2]) for each in server.seen] == [True, True]
    server.answers["GET", "/b.ics"] = (302, {"Location": "/b.ics"}, b"")
    assert not reading.refresh(hers.pk)


def test_caldav_is_asked_for_free_and_busy_then_for_events(hers, server, soon):
    dav = '<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response><d:propstat><d:prop><c:calendar-data>{}</c:calendar-data></d:prop></d:propstat></d:response></d:multistatus>'
    body = dav.format(calendar(event(soon, SUMMARY="zztitle")).decode()).encode()
    server.answers["REPORT", "/dav/"] = (207, {}, body)
    Availability.objects.update(
        busy_url=f"{server.url}/dav/", busy_kind="caldav", busy_user="a", busy_password="b"
    )
    assert reading.refresh(hers.pk)
    assert [b"free-busy-query" in each[3] for each in server.seen] == [True, False]
    assert Busy.objects.get().starts_at == soon
    for nonsense in (
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', b'<?xml version="1.0" encoding="klingon"?><x/>',
    ):  # fmt: skip
        server.answers["REPORT", "/dav/"] = (207, {}, nonsense)
        assert not reading.refresh(hers.pk)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "169.254.169.254", "[::1]"]
)
def test_hole_7_private_addresses_are_never_asked(hers, monkeypatch, server, host):
    """Discourse 2025-68662, Indico 2026-25738. Somebody listens there: that nobody answers is no guard."""
    monkeypatch.undo()
    monkeypatch.setattr(egress, "PORTS", egress.PORTS | {server.server_port})
    hers.busy_url = f"http://{host}:{server.server_port}/a.ics"
    with pytest.raises(elsewhere.NotRead, match="public"):
        elsewhere.read(hers, timezone.now(), timezone.now() + DAY)
    assert server.seen == []


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;INTERVAL=999999999",
        "FREQ=NONSENSE",
    ],
)
def test_rules_without_end_end(hers, server, soon, rule):
    long_ago = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
    server.answers["GET", "/a.ics"] = (200, {}, calendar(event(soon), event(long_ago, RRULE=rule)))
    Availability.objects.update(busy_url=f"{server.url}/a.ics")
    with at_most(20):
        reading.refresh(hers.pk)
