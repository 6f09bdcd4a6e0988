"""Feeds are asked politely, over a real server on this machine."""

import datetime
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import reverse
from django.utils import timezone

from house.atlas.mobility import fetching
from house.atlas.mobility.models import FeedReading, IndexCity
from house.atlas.mobility.tests.made import edition, row
from house.ground import egress
from house.ground.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def feeds(monkeypatch):
    """A system's server; reaching this machine is allowed for this test alone."""
    answers, seen = {}, []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append((self.path, self.headers.get("User-Agent", "")))
            status, body = answers.get(self.path, (404, b""))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", body.decode())
                body = b""
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    monkeypatch.setattr(egress, "_public_address", lambda *_where: "127.0.0.1")
    served.url = f"http://127.0.0.1:{served.server_port}"
    served.answers, served.seen = answers, seen

    def say(path, data):
        answers[path] = (200, json.dumps({"version": "3.0", "data": data}).encode())

    say("/gbfs.json", {"feeds": [
        {"name": "vehicle_types", "url": f"{served.url}/types"}, {"name": "vehicle_status", "url": f"{served.url}/free"},
        {"name": "station_information", "url": f"{served.url}/stations"}, {"name": "system_alerts", "url": f"{served.url}/alerts"},
    ]})  # fmt: skip
    say("/types", {"vehicle_types": [{"form_factor": "moped"}]})
    say("/free", {"vehicles": [{"vehicle_id": "1"}, {"vehicle_id": "2"}]})
    say("/stations", {"stations": [{"station_id": "9"}]})
    served.say = say
    yield served
    served.shutdown()
    served.server_close()


def test_the_feeds_that_count_are_read_and_no_others(feeds):
    found = fetching.fetch_system("x", f"{feeds.url}/gbfs.json")
    assert (found.answered, found.said["points"], found.said["modes"]) == (True, 3, ["moped"])
    paths = [path for path, _agent in feeds.seen]
    assert sorted(paths) == ["/free", "/gbfs.json", "/robots.txt", "/stations", "/types"]
    assert all("DigitalHouse" in agent for _path, agent in feeds.seen)
    with pytest.raises(Refused, match="less than an hour"):
        fetching.fetch_system("x", f"{feeds.url}/gbfs.json")
    FeedReading.objects.update(read_at=timezone.now() - datetime.timedelta(hours=2))
    assert fetching.fetch_system("x", f"{feeds.url}/gbfs.json").answered


def test_a_feed_that_writes_what_json_is_not_says_what_it_says(feeds):
    """NaN, a number without end and half a character stand in feeds of the world."""
    told = b'{"data": {"stations": [{"station_id": "\\ud800", "lat": NaN, "capacity": 1e999, "x": -Infinity}]}}'
    feeds.answers["/stations"] = (200, told)
    found = fetching.fetch_system("x", f"{feeds.url}/gbfs.json")
    assert (found.answered, found.said["stations"], found.said["capacity"]) == (True, 1, None)


@pytest.mark.parametrize(
    ("path", "answer", "told"),
    [
        ("/robots.txt", (200, b"User-agent: *\nDisallow: /free\n"), "asks programs not to read"),
        ("/gbfs.json", (503, b""), "answered 503"),
        ("/gbfs.json", (200, b"<html>"), "line 1, column 1"),
        ("/gbfs.json", (200, b"9" * 5000), "thousands of digits"),
        ("/types", (200, b'{"data": {"vehicle_types": 4}}'), "a list is expected"),
        ("/gbfs.json", (302, b"/gbfs.json"), "from one address to the next"),
        ("/gbfs.json", (302, b"file:///etc/passwd"), "Only plain http"),
        ("/free", (200, b" " * (10 * 1024 * 1024 + 1)), "too large"),
    ],
)
def test_a_feed_that_fails_is_kept_as_silent_with_the_reason(feeds, path, answer, told):
    feeds.answers[path] = answer
    found = fetching.fetch_system("x", f"{feeds.url}/gbfs.json")
    assert (found.answered, found.said) == (False, {})
    assert told in found.problem


def test_addresses_inside_are_never_asked():
    """Hole 7: the list is anybody's to edit."""
    for url in (
        "http://127.0.0.1/gbfs.json",
        "http://[::1]/",
        "http://2130706433/",
        "http://169.254.169.254/",
    ):
        found = fetching.fetch_system(url, url)
        assert (found.answered, "public address" in found.problem or "not known" in found.problem) == (False, True)  # fmt: skip


def test_a_curator_has_a_feed_asked_and_it_counts_in_the_next_edition(
    feeds, curator, member, client_factory, django_capture_on_commit_callbacks
):
    made = edition(row("a").replace("https://feeds.example/a", f"{feeds.url}/gbfs.json"))
    place = IndexCity.objects.get()
    path = reverse("mobility:city_ask_feeds", args=[place.slug])
    assert client_factory(member.person).post(path, {"system": "a"}).status_code in {403, 404}
    with django_capture_on_commit_callbacks(execute=True):
        response = client_factory(curator).post(path, {"system": "a"})
    assert response.url == reverse("mobility:readings")
    fetching.fetch_system(
        "a", f"{feeds.url}/gbfs.json"
    ) if not FeedReading.objects.exists() else None
    assert b"3 places" in client_factory(curator).get(response.url).content
    assert edition().counts["counted"] == made.counts["counted"] + 1
    assert client_factory(curator).post(path, {"system": "none"}).status_code == 404
