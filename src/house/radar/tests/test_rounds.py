"""Reading feeds from a real server on loopback: politely, with what was known, and whatever kills the worker."""

import datetime
import gzip

import pytest
from django.utils import timezone

from house.ground import egress
from house.partners.viewing import viewer_for
from house.radar import actions, rounds, settling
from house.radar.models import Host, Item, Source, Standing, Story
from house.radar.reading import read_feed
from house.radar.tests.making import DAY, Papers, make_source, rss

pytestmark = pytest.mark.django_db
FEED = rss(("1", "Scooters return to the kerb", "Four years after they vanished.", ""))


@pytest.fixture
def papers(monkeypatch):
    """The server's name is resolved to loopback, which a stranger's never may; everything else is as outside."""
    monkeypatch.setattr(egress, "_public_address", lambda *_where: "127.0.0.1")
    papers = Papers()
    papers.answers["/feed"] = (
        200,
        {"ETag": '"one"', "Last-Modified": "Mon, 02 Mar 2026 10:00:00 GMT"},
        FEED,
    )
    yield papers
    papers.close()


@pytest.fixture
def source(papers):
    return make_source(url=f"{papers.url}/feed")


def again(source, **later):
    """One more round, so much later that the source and its host may be asked."""
    now = timezone.now() + datetime.timedelta(**later or {"days": 20})
    rounds.go(now)
    source.refresh_from_db()
    return now


def test_a_feed_is_asked_whether_it_changed_and_told_what_is_known(papers, source):
    assert rounds.go() == 1
    assert Story.objects.get().title == "Scooters return to the kerb"
    source.refresh_from_db()
    assert (source.fares, source.etag, source.failures) == ("good", '"one"', 0)
    assert source.next_at > timezone.now() + datetime.timedelta(minutes=50)
    assert rounds.go() == 0  # not due

    again(source, hours=3)
    path, headers = papers.asked[-1]
    assert (path, headers["If-None-Match"]) == ("/feed", '"one"')
    assert headers["If-Modified-Since"] == "Mon, 02 Mar 2026 10:00:00 GMT"
    assert headers["User-Agent"].startswith("DigitalHouse-Radar/")
    assert (source.fares, Item.objects.count()) == ("good", 1)
    assert papers.paths().count("/robots.txt") == 1  # kept a day
    again(source)
    assert papers.paths().count("/robots.txt") == 2


def test_a_packed_feed_is_unpacked(papers, source):
    papers.answers["/feed"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(FEED))
    rounds.go()
    assert Item.objects.count() == 1


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ((404, {}, b""), "status"), ((500, {}, b""), "status"), ((200, {}, b"<html>"), "no-feed"),
        ((200, {}, b"<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c '&a;'>]><rss/>"), "entities"),
        ((302, {"Location": "javascript:x"}, b""), "unreachable"), ((302, {"Location": "/feed"}, b""), "redirects"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "redirect"), ((302, {"Location": "http://["}, b""), "redirect"),
        ((503, {"Retry-After": "Wed, 99999999999 Jan 2020 00:00:00 GMT"}, b""), "status"),
    ],
)  # fmt: skip
def test_failures_are_told_and_asked_less_and_less(papers, source, answer, trouble):
    papers.answers["/feed"] = answer
    waits = []
    for _turn in range(3):
        now = again(source)
        assert (source.trouble.partition(":")[0], source.fares) == (trouble, "failing")
        waits.append(source.next_at - now)
        Source.objects.update(next_at=timezone.now())
        Host.objects.update(next_at=timezone.now())
    assert waits[0] < waits[1] < waits[2] < DAY
    assert source.failures == 3


def test_gone_is_not_asked_again(papers, source):
    papers.answers["/feed"] = (410, {}, b"")
    again(source, hours=1)
    assert (source.standing, source.trouble) == (Standing.GONE, "gone")
    asked = len(papers.asked)
    again(source)
    assert len(papers.asked) == asked


@pytest.mark.parametrize("value", ["172800", "date"])
def test_retry_after_is_obeyed(papers, source, value):
    if value == "date":
        value = (timezone.now() + 2 * DAY).strftime("%a, %d %b %Y %H:%M:%S GMT")
    papers.answers["/feed"] = (429, {"Retry-After": value}, b"")
    rounds.go()
    source.refresh_from_db()
    assert source.next_at > timezone.now() + 2 * DAY - datetime.timedelta(minutes=1)
    assert rounds.wait_after(1, 900 * DAY) <= 14 * DAY  # but not for ever


@pytest.mark.parametrize(
    ("status", "moves"), [(301, True), (308, True), (302, False), (307, False)]
)
def test_a_lasting_move_changes_the_address_once_the_new_one_has_answered(
    papers, source, status, moves
):
    papers.answers["/new"] = papers.answers["/feed"]
    papers.answers["/feed"] = (status, {"Location": "/new"}, b"")
    rounds.go()
    source.refresh_from_db()
    assert source.url == f"{papers.url}/{'new' if moves else 'feed'}"
    assert Item.objects.count() == 1


def test_a_move_to_a_broken_place_or_to_anothers_feed_changes_nothing(papers, source):
    papers.answers["/feed"] = (301, {"Location": "/nowhere"}, b"")
    rounds.go()
    papers.answers["/taken"] = (200, {}, FEED)
    make_source(url=f"{papers.url}/taken", standing=Standing.PAUSED)
    papers.answers["/feed"] = (301, {"Location": "/taken"}, b"")
    again(source)
    assert (source.url, source.failures) == (f"{papers.url}/feed", 0)


def test_hole_7_a_redirect_inwards_is_refused_at_the_same_door(source, papers, monkeypatch):
    monkeypatch.setattr(egress, "_public_address", lambda host, _port: _inner_only(host))
    papers.answers["/feed"] = (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b"")
    rounds.go()
    source.refresh_from_db()
    assert source.trouble == "unreachable:169.254.169.254 is not a public address."


def _inner_only(host):
    """Our own server stands for a public one; every other inner address is what it is."""
    if host == "127.0.0.1":
        return host
    raise egress.Unreachable(f"{host} is not a public address.")


def test_robots_are_obeyed_and_an_unknown_answer_is_a_reason_to_wait(papers, source):
    papers.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /feed\n")
    rounds.go()
    source.refresh_from_db()
    assert (source.trouble, papers.paths()) == ("robots", ["/robots.txt"])
    papers.answers["/robots.txt"] = (503, {}, b"")
    again(source)
    assert source.trouble == "robots-unknown"
    assert "/feed" not in papers.paths()
    papers.answers["/robots.txt"] = (
        200,
        {},
        b"User-agent: DigitalHouse-Radar\nAllow: /\nCrawl-delay: 99\n",
    )
    Source.objects.update(next_at=timezone.now())
    again(source, days=50)
    assert source.fares == "good"
    assert rounds._pause_of(Host.objects.get(pk=papers.url)) == datetime.timedelta(seconds=99)


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"User-agent: *\nCrawl-delay: 1e30\n"),  # longer than time lasts
        (200, {"Content-Type": "text/plain; charset=hex"}, b"User-agent: *\nAllow: /\n"),
        (200, {"Content-Type": "text/plain; charset=unicode_escape"}, b"# \\ud800\n"),
        (302, {"Location": "http://["}, b""),
    ],
)
def test_no_robots_txt_stops_the_round(papers, source, answer):
    papers.answers["/robots.txt"] = answer
    rounds.go()
    again(source)
    assert (source.fares, papers.paths().count("/feed")) == ("good", 2)


def test_many_feeds_of_one_host_are_not_asked_at_once(papers):
    for number in range(5):
        papers.answers[f"/{number}"] = (200, {}, FEED)
        make_source(url=f"{papers.url}/{number}")
    assert rounds.go() == 1
    waiting = Source.objects.filter(succeeded_at=None).values_list("next_at", flat=True)
    assert min(waiting) > timezone.now() + datetime.timedelta(seconds=5)


def test_a_round_is_bounded(papers):
    for number in range(4):
        make_source(url=f"http://host{number}.example:{papers.server.server_port}/feed")
    assert rounds.go(seconds=-1) == 0  # begins none once its time is over
    assert rounds.go(most=2) == 2


class Killed(BaseException):
    """As a kill: nothing that the house catches."""


@pytest.mark.parametrize("where", ["fetched", "settled"])
def test_a_kill_costs_the_turn_in_hand_and_nothing_else(papers, source, monkeypatch, where):
    """Killed after the network answered, or after items were kept and before the source says so."""

    def die(*_args):
        raise Killed

    name = "settle" if where == "fetched" else "note"
    with monkeypatch.context() as patch:
        patch.setattr(rounds, name, die)
        with pytest.raises(Killed):
            rounds.go()
    assert Item.objects.count() == (where == "settled")
    assert rounds.go() == 0  # the claim stands for ten minutes
    again(source, minutes=11)
    assert (Item.objects.count(), Story.objects.count(), source.fares) == (1, 1, "good")


def test_a_pause_while_it_is_read_stands_and_demonstrations_are_never_asked(papers, source):
    now = timezone.now()
    make_source(is_demonstration=True)
    assert [each.pk for each in Source.objects.due(now)] == [source.pk]
    assert rounds._claim(source, now)
    assert not rounds._claim(source, now)  # another worker
    Source.objects.update(standing=Standing.PAUSED)
    rounds.read(source, now)
    source.refresh_from_db()
    assert (source.standing, Item.objects.count()) == (Standing.PAUSED, 1)


def test_another_address_given_while_the_old_one_is_read_stands(papers, source, curator):
    now = timezone.now()
    assert rounds._claim(source, now)
    there = {"name": "Elsewhere", "url": f"{papers.url}/elsewhere", "language": "", "city": None}
    actions.edit_source(source, by=viewer_for(curator), **there)
    rounds.read(source, now)
    source.refresh_from_db()
    assert (source.url, source.etag, source.fares) == (there["url"], "", "new")
    assert source.next_at <= timezone.now()


def test_copies_become_one_story_and_what_was_dropped_stays_dropped():
    first, second, third = make_source(), make_source(), make_source()
    now = timezone.now()
    told = "Owners in three districts may let their homes for at most fifteen nights a year from April on."
    for source, head in (
        (first, "Amsterdam cuts holiday lets to fifteen nights"),
        (second, "Fifteen nights and no more"),
    ):
        feed = settling_feed(source, head, told, now)
        assert settling.settle(source, feed, now) == 1
        assert settling.settle(source, feed, now) == 0  # told twice, it changes nothing
    story = Story.objects.get()
    assert (story.sources, story.title) == (2, "Amsterdam cuts holiday lets to fifteen nights")
    Story.objects.update(state="dropped")
    settling.settle(third, settling_feed(third, "Copy", told, now), now)
    assert list(Story.objects.values_list("state", "sources")) == [("dropped", 3)]


def settling_feed(source, head, told, now):
    return read_feed(rss((f"{source.pk}", head, told, "")), url=source.url, now=now)


def test_old_items_are_no_news_and_an_address_for_all_tells_nothing_apart():
    source, now = make_source(), timezone.now()
    old = (now - 40 * DAY).strftime("%a, %d %b %Y %H:%M:%S GMT")
    data = rss(
        ("a", "One thing", "First", ""),
        ("b", "Another thing", "Second", ""),
        ("c", "Old", "Third", old),
    )
    data = data.replace(b"example/a<", b"example/all<").replace(b"example/b<", b"example/all<")
    assert settling.settle(source, read_feed(data, url=source.url, now=now), now) == 2
    assert Story.objects.count() == 2
