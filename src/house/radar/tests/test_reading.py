"""Feeds of every make are read, and nothing in them is believed."""

import datetime
import json

import pytest

from house.ground.unreadable import Unreadable
from house.radar.reading import Outline, feed, read_feed, read_opml, write_opml
from house.radar.tests.making import rss

NOW = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)


def read(data, **facts):
    return read_feed(data, url="https://paper.example/feed/", now=NOW, **facts)


def only(data, **facts):
    (entry,) = read(data, **facts).entries
    return entry


def test_every_file_of_the_corpus_is_survived(corpus):
    files = sorted((corpus / "feeds").glob("*/*.xml"))
    assert len(files) > 1000
    refused = set()
    for file in files:
        try:
            read(file.read_bytes(), content_type="application/xml")
        except Unreadable as problem:
            refused.add((problem.code, file.name))
    # These hold no feed: two have neither root nor items of one, one is in a namespace of its own.
    assert refused == {
        ("no-feed", "atom__must__feed_missing.xml"),
        ("no-feed", "rss__must__missing_rss2.xml"),
        ("no-feed", "rss__must__rss10_invalid_namespace2.xml"),
    }


def test_the_list_of_a_city_is_read_and_written_back(corpus):
    outlines = read_opml((corpus / "feeds/columbus_govdelivery_subscriptions.opml").read_bytes())
    assert len(outlines) == 336  # the 337th outline is the folder that they stand in
    assert {each.folder for each in outlines} == {"Columbus GovDelivery RSS Feeds"}
    again = read_opml(write_opml("Ours", outlines))
    assert [(each.name, each.url, each.site) for each in again] == [
        (each.name, each.url, each.site) for each in outlines
    ]


def test_an_atom_entry_is_read_with_relative_addresses_and_its_language():
    entry = only(
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://paper.example/a/" xml:lang="nl-BE"><title>P</title>'
        b'<entry><id>tag:1</id><title>Deelfietsen</title><link href="../b/1"/><author><name>Jo</name></author>'
        b"<updated>2026-03-01T10:00:00+01:00</updated><summary>Meer &amp;amp; beter</summary></entry></feed>"
    )
    assert (entry.key, entry.title, entry.url, entry.author) == (
        "tag:1",
        "Deelfietsen",
        "https://paper.example/b/1",
        "Jo",
    )
    assert entry.published_at == datetime.datetime(2026, 3, 1, 9, tzinfo=datetime.UTC)


def test_a_json_feed_is_read():
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "P",
        "language": "de",
        "items": [
            {
                "id": 7, "title": "Räder & <b>Roller</b>", "url": "/sieben", "authors": [{"name": "Jo"}],
                "content_html": "<p>Eins</p><img src='https://paper.example/x.png'>", "date_published": "2026-03-01T10:00:00Z",
            },
            "nonsense",
        ],
    }  # fmt: skip
    entry = only(json.dumps(told).encode())
    assert (entry.key, entry.title, entry.url) == (
        "7",
        "Räder & <b>Roller</b>",
        "https://paper.example/sieben",
    )
    assert (entry.summary, entry.language) == ("<p>Eins</p>", "de")


@pytest.mark.parametrize(
    "when", ["", "yesterday", "Mon, 02 Mar 1970 10:00:00 GMT", "Mon, 02 Mar 2037 10:00:00 GMT"]
)
def test_a_date_that_can_not_be_is_none(when):
    assert only(rss(("1", "A title", "Said", when))).published_at is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_encoding_is_found(encoding):
    text = f"<?xml version='1.0' encoding='{encoding}'?><rss><channel><item><title>Café für alle</title></item></channel></rss>"
    assert only(text.encode(encoding)).title == "Café für alle"


EVIL = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<a href='javascript:alert(1)'>x</a>",
    "<iframe src='https://evil.example'></iframe>", "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<style>@import 'https://evil.example'</style>", "<video poster='https://evil.example/p.gif'>",
    "<p style='background:url(https://evil.example)'>x</p>", "<form action='https://evil.example'><input></form>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "<scr<script>ipt>alert(1)</script>", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
)  # fmt: skip


@pytest.mark.parametrize("evil", EVIL)
def test_hole_2_nothing_of_a_feed_is_executed_or_loaded(evil):
    data = rss(("1", f"Bikes <![CDATA[{evil}]]>", f"<![CDATA[Read this {evil} now]]>", ""))
    data = data.replace(b"<guid>", f"<author><![CDATA[{evil}]]></author><guid>".encode())
    entry = only(data)
    # A summary is paragraphs of words, a title and a name are words: they are escaped where they are shown.
    assert not {"<script", "<img", "<svg", "<iframe", "onerror=alert", "style=", "<a ", "<form", "<video", "<math"} & {
        part for part in ("<script", "<img", "<svg", "<iframe", "onerror=alert", "style=", "<a ", "<form", "<video", "<math")
        if part in entry.summary.replace("&lt;", "")
    }  # fmt: skip
    assert "evil.example" not in entry.summary or "&lt;" in entry.summary


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "JaVaScRiPt:alert(1)", "&#1;javascript:x", "file:///etc/passwd", "ftp://x.example/"]
)  # fmt: skip
def test_hole_2_only_web_addresses_are_linked(link):
    data = rss(("1", "A title", "Said", "")).replace(b"https://paper.example/1", link.encode())
    assert only(data).url in {"", "https://paper.example/feed/"}


BOMB = b"<!DOCTYPE x [<!ENTITY a 'lol'>" + b"".join(
    b"<!ENTITY %c '&%c;&%c;&%c;'>" % (c + 1, c, c, c) for c in range(97, 110)
)


@pytest.mark.parametrize(
    "head",
    [
        BOMB + b"]>",
        b"<!DOCTYPE x [<!ENTITY % p SYSTEM 'https://evil.example/x.dtd'>%p;]>",
        b"<!DOCTYPE x [" + b"".join(b"<!ENTITY e%d 'x'>" % n for n in range(400)) + b"]>",
    ],
)
def test_hole_12_bombs_of_entities_are_refused(head):
    for data in (head + rss(("1", "A", "B", "")), (head + b"<rss/>").decode().encode("utf-16")):
        with pytest.raises(Unreadable, match="entities"):
            read(data)
    with pytest.raises(Unreadable):
        read_opml(head + b"<opml><body/></opml>")


def test_hole_7_no_file_and_no_address_is_opened_for_a_feed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(rss(("1", "zzsecret", "", "")))
    with pytest.raises(Unreadable, match="no-feed"):
        read(str(secret).encode())
    data = f"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file://{secret}'>]>".encode() + rss(
        ("1", "A &x; title", "", "")
    )
    assert "zzsecret" not in str(read(data))


@pytest.mark.parametrize(
    "data", [b"", b"<html><body>No feed</body></html>", b"{}", b'{"version": 1}', b"\x89PNG\r\n", b"[" * 9000, b'{"a":' * 9000]
)  # fmt: skip
def test_what_is_no_feed_is_said_to_be_none(data):
    with pytest.raises(Unreadable, match="no-feed"):
        read(data)


def test_hole_12_what_is_too_large_is_refused_and_long_feeds_are_cut():
    with pytest.raises(Unreadable, match="too-large"):
        read(b" " * (feed.LARGEST + 1))
    many = rss(*((str(n), f"Title {n}", "word " * 2000, "") for n in range(150)))
    entries = read(many).entries
    assert len(entries) == feed.MOST_ITEMS
    assert max(len(entry.summary) for entry in entries) < feed.MOST_SUMMARY + 20


@pytest.mark.parametrize("data", [b"", b"<opml/>", b"<rss/>", b"no", b"<opml><body>"])
def test_what_is_no_list_is_said_to_be_none(data):
    with pytest.raises(Unreadable):
        read_opml(data)


def test_a_list_keeps_folders_and_only_web_addresses():
    data = b"""<opml><body><outline text="Cities"><outline text="A" xmlUrl="https://a.example/f"/><outline
        text="B" xmlUrl="javascript:x"/><outline text="A again" xmlUrl="https://a.example/f"/></outline></body></opml>"""
    assert read_opml(data) == [Outline("A", "https://a.example/f", "", "Cities")]
