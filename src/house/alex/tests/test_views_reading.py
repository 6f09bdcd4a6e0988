import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from house.alex import actions
from house.alex.models import Version
from house.alex.tests.texts import case, looking
from tests.factories import CityFactory, EntryFactory, PersonFactory, TopicFactory, VersionFactory

pytestmark = pytest.mark.django_db

READERS = [
    ("entry", ()), ("entry_similar", ()), ("entry_share", ()), ("entry_versions", ()), ("entry_diff", ()),
    ("entry_version", (1,)), ("entry_cite", ("ris",)), ("entry_jsonld", ()), ("entry_dc", ()),
    ("transcript_vtt", ()), ("attachment", ("abc",)),
]  # fmt: skip
DESK = [
    ("entry_edit", ()), ("entry_files", ()), ("entry_preview", ()), ("entry_discard", ()), ("entry_review", ()),
    ("entry_withdraw", ()), ("entry_label", ()), ("entry_adopt", ()), ("entry_freshness", ()),
    ("adoption_result", ("abc",)),
]  # fmt: skip
VERBS = [
    ("entry_autosave", ()), ("entry_submit", ()), ("entry_take_back", ()), ("entry_take", ()),
    ("entry_refuse", ()), ("entry_publish", ()), ("entry_restore", (1,)),
]  # fmt: skip


def at(name, entry, args=()):
    return reverse(f"alex:{name}", args=[entry.slug, *args])


@pytest.mark.parametrize(("name", "args"), READERS + DESK)
def test_hidden_entry_looks_absent(client, neighbour, name, args):
    hidden = EntryFactory(audience="city", city=CityFactory(code="aaa"))
    client.force_login(neighbour.person)
    assert client.get(at(name, hidden, args)).status_code == 404


@pytest.mark.parametrize(("name", "args"), VERBS)
def test_hidden_entry_can_not_be_acted_on(client, neighbour, name, args):
    hidden = EntryFactory(audience="city", city=CityFactory(code="aaa"))
    client.force_login(neighbour.person)
    assert client.post(at(name, hidden, args), {"reason": "x", "lock": "1"}).status_code == 404


@pytest.mark.parametrize("name", ["entry_edit", "entry_discard", "entry_review", "entry_label"])
def test_what_is_seen_but_not_theirs_is_refused_with_reason_and_remedy(client, neighbour, name):
    client.force_login(neighbour.person)
    response = client.get(at(name, EntryFactory()))
    assert response.status_code == 403
    assert "Only its author" in response.content.decode()
    assert "Write to the people named" in response.content.decode()


@pytest.mark.parametrize(("name", "args"), DESK)
def test_visitor_is_led_to_sign_in_and_back(client, name, args):
    address = at(name, EntryFactory(), args)
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login") + "?next=%2Falex%2F")


def test_outcome_comes_before_the_story(client):
    entry = EntryFactory(
        outcome="failed", outcome_why="Nobody counted.", fields={"challenge": "<p>Keys.</p>"}
    )
    page = client.get(entry.get_absolute_url()).content.decode()
    assert page.index("Nobody counted.") < page.index("Keys.")
    assert 'id="challenge"' in page


def test_pieces_of_one_chapter_stand_under_one_heading_and_keep_their_anchors(client):
    pieces = [("Scope", "One."), ("Scope", "Two."), ("Duties", "Three."), ("Duties", "Four.")]
    entry = EntryFactory(
        sections=[{"heading": heading, "html": f"<p>{text}</p>"} for heading, text in pieces]
    )
    page = client.get(entry.get_absolute_url())
    assert [part.heading for part in page.context["sections"]] == ["Scope", "", "Duties", ""]
    assert [part.anchor for part in page.context["sections"]] == ["s1", "s2", "s3", "s4"]
    assert 'id="s4"' in page.content.decode()


def test_headings_of_an_author_stand_below_the_sections_own(client):
    entry = EntryFactory(fields={"challenge": "<h2>Before</h2><p>x</p><h4>Small</h4>"})
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "<h3>Before</h3>" in page
    assert "<h5>Small</h5>" in page


def test_page_tells_machines_what_it_tells_people(client):
    entry = EntryFactory(
        title="Permits </script><b>", slug="permits", candour="described", described_as="a port city",
        city=CityFactory(code="ghe", name="Ghent"),
    )  # fmt: skip
    page = client.get(entry.get_absolute_url()).content.decode()
    told = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(told[1])
    assert data["name"] == entry.title
    assert data["author"] == [{"@type": "Organization", "name": "a port city"}]
    assert '<meta name="DCTERMS.creator" content="a port city">' in page
    assert "Ghent" not in page


def test_sealed_entry_names_neither_author_nor_city_on_any_page(client):
    entry = EntryFactory(
        candour="sealed",
        city=CityFactory(code="ghe", name="Ghent"),
        author=PersonFactory(name="Roosje Maes"),
    )
    for name, args in READERS[:-2]:
        page = client.get(at(name, entry, args)).content.decode()
        assert "Ghent" not in page, name
        assert "Roosje" not in page, name


def test_signed_entry_names_its_author_to_everybody(client):
    entry = EntryFactory(candour="person", author=PersonFactory(name="Roosje Maes"))
    assert "Roosje Maes" in client.get(entry.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("state", "facts", "sentence"),
    [
        ("review_due", {"review_by": "2026-01-31"}, "This may no longer be true"),
        ("published", {"ended_on": "2026-01-31"}, "This has ended"),
    ],
)
def test_banner_says_how_it_stands(client, state, facts, sentence):
    entry = EntryFactory(state=state, **facts)
    entry.refresh_from_db()
    page = client.get(entry.get_absolute_url()).content.decode()
    assert sentence in page
    assert "31 January 2026" in page


def test_unpublished_entry_leads_its_author_to_the_preview(client, member):
    entry = actions.create_entry("case_study", by=looking(member), content=case())
    client.force_login(member.person)
    page = client.get(entry.get_absolute_url(), follow=True)
    assert page.redirect_chain == [(at("entry_preview", entry), 302)]
    assert "Bike parking that filled up" in page.content.decode()


# -- Lists ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_front_of_the_room_costs_the_same_for_any_number_of_entries(
    client, django_assert_num_queries, rows
):
    topic = TopicFactory(slug="bike-sharing")
    for _ in range(rows):
        EntryFactory(topics=[topic], city=CityFactory(), outcome="failed")
    client.get(reverse("alex:entry_list"))  # fills the table of rights
    with django_assert_num_queries(8):
        client.get(reverse("alex:entry_list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_entry_page_costs_the_same_for_any_number_of_its_parts(
    client, django_assert_num_queries, member, rows
):
    topics = [TopicFactory() for _ in range(rows)]
    entry = EntryFactory(topics=topics, city=member.city)
    for _ in range(rows):
        EntryFactory(topics=topics, city=CityFactory())
        actions.reuse.Adoption.objects.create(entry=entry, city=CityFactory(), stage="reuses")
    client.get(entry.get_absolute_url())
    with django_assert_num_queries(9):
        client.get(entry.get_absolute_url())


@pytest.mark.parametrize("rows", [1, 3])
def test_history_costs_the_same_for_any_number_of_versions(client, django_assert_num_queries, rows):
    entry = EntryFactory()
    for number in range(rows):
        VersionFactory(entry=entry, number=number + 2)
    with django_assert_num_queries(4):
        client.get(at("entry_versions", entry))


@pytest.mark.parametrize("rows", [1, 3])
def test_my_entries_cost_the_same_for_any_number(client, django_assert_num_queries, member, rows):
    TopicFactory(slug="bike-sharing")
    for _ in range(rows):
        actions.create_entry("case_study", by=looking(member), content=case())
    client.force_login(member.person)
    client.get(reverse("alex:my_entries"))
    with django_assert_num_queries(7):
        client.get(reverse("alex:my_entries"))


@pytest.mark.parametrize("rows", [1, 3])
def test_review_queue_costs_the_same_for_any_number(
    client, django_assert_num_queries, member, curator, rows
):
    for _ in range(rows):
        entry = actions.create_entry("case_study", by=looking(member), content=case())
        actions.submit_entry(entry, by=looking(member))
    client.force_login(curator)
    client.get(reverse("alex:reviews"))
    with django_assert_num_queries(7):
        client.get(reverse("alex:reviews"))


@pytest.mark.parametrize("rows", [1, 3])
def test_talk_costs_the_same_for_any_number_of_notes(
    client, django_assert_num_queries, member, curator, rows
):
    entry = actions.create_entry("case_study", by=looking(member), content=case())
    actions.submit_entry(entry, by=looking(member))
    for number in range(rows):
        actions.say(entry, f"Note {number}", by=looking(curator))
    client.force_login(member.person)
    client.get(at("entry_review", entry))
    with django_assert_num_queries(10):
        client.get(at("entry_review", entry))


def titles(response):
    return {entry.title for entry in response.context["page"]}


def test_list_shows_what_its_filters_say_and_nothing_hidden(client):
    topic = TopicFactory(slug="bike-sharing")
    EntryFactory(title="Failed", outcome="failed", topics=[topic])
    EntryFactory(title="Rule", kind="policy")
    EntryFactory(title="Hidden", audience="city", city=CityFactory(), topics=[topic])
    EntryFactory(title="Draft", state="draft")
    address = reverse("alex:entry_list")
    assert titles(client.get(address)) == {"Failed", "Rule"}
    assert titles(client.get(address, {"kind": "policy"})) == {"Rule"}
    assert titles(client.get(address, {"outcome": "failed"})) == {"Failed"}
    assert titles(client.get(address, {"topic": "bike-sharing"})) == {"Failed"}
    assert titles(client.get(address, {"topic": "no-such", "page": "x"})) == set()
    counted = {kind["key"]: kind["count"] for kind in client.get(address).context["kinds"]}
    assert counted["case_study"] == 1


def test_swap_brings_the_list_alone(client):
    EntryFactory()
    part = client.get(reverse("alex:entry_list"), headers={"HX-Request": "true"})
    assert part.content.decode().strip().startswith('<section id="results"')
    assert "HX-Request" in part["Vary"]


# -- History -------------------------------------------------------------------------------------


def test_difference_between_any_two_versions_is_words_not_markup(client):
    entry = EntryFactory(fields={"challenge": "<p>Keys in <em>forty</em> boxes.</p>"})
    VersionFactory(
        entry=entry, number=2, fields={"challenge": "<p>Keys in ninety boxes<script>.</p>"}
    )
    page = client.get(at("entry_diff", entry), {"from": 1, "to": 2}).content.decode()
    assert "<del>forty</del>" in page
    assert "<ins>ninety</ins>" in page
    assert "<em>forty" not in page
    assert client.get(at("entry_diff", entry), {"from": 1, "to": 9}).status_code == 404
    assert client.get(at("entry_diff", entry), {"from": "²", "to": "x"}).status_code == 200


def test_restoring_makes_a_new_version(client, member, curator):
    entry = actions.create_entry("case_study", by=looking(member), content=case())
    actions.submit_entry(entry, by=looking(member))
    actions.publish_entry(entry, by=looking(curator))
    actions.save_draft(entry, {"title": "Second"}, by=looking(member), revision=1)
    actions.submit_entry(entry, by=looking(member))
    actions.publish_entry(entry, by=looking(curator))
    client.force_login(member.person)
    client.post(at("entry_restore", entry, (1,)))
    told = Version.objects.filter(entry=entry).order_by("number").values_list("number", "title")
    assert list(told) == [
        (1, "Bike parking that filled up"), (2, "Second"), (3, "Bike parking that filled up"),
    ]  # fmt: skip


# -- Files and recordings ------------------------------------------------------------------------


@pytest.fixture
def recording(member, curator):
    by = looking(member)
    entry = actions.create_entry(
        "recording",
        by=by,
        content=case(fields={"event": "Seminar", "chapters": [{"start": 6, "title": "Questions"}]}),
    )
    sound = actions.attach_file(
        entry,
        SimpleUploadedFile("talk.mp3", bytes(range(100))),
        by=by,
        media_type="audio/mpeg",
    )
    said = actions.keep_transcript(
        entry,
        [
            {"start": 0, "end": 6, "speaker": "Ann", "text": "Welcome <b> & all --> here"},
            {"start": 6.5, "end": 6.5, "speaker": "", "text": "Who counts?"},
        ],
        by=by,
        language="en",
    )
    content = {
        "fields": {
            "event": "Seminar",
            "media": {"attachment": sound.code},
            "transcript": said.code,
            "chapters": [{"start": 6, "title": "Questions"}],
        },
        "audience": "public",
    }
    actions.save_draft(entry, content, by=by, revision=1)
    actions.submit_entry(entry, by=by)
    actions.publish_entry(entry, by=looking(curator))
    entry.sound = sound
    return entry


def test_recording_can_be_read_without_scripts(client, recording):
    page = client.get(recording.get_absolute_url()).content.decode()
    assert "<audio" in page
    assert 'id="t=6.5"' in page
    assert 'href="#t=6"' in page
    assert "Welcome &lt;b&gt; &amp; all" in page


def test_captions_are_webvtt_that_no_words_can_break(client, recording):
    response = client.get(at("transcript_vtt", recording))
    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    blocks = response.content.decode().strip().split("\n\n")
    assert blocks == [
        "WEBVTT",
        "00:00:00.000 --> 00:00:06.000\n<v Ann>Welcome &lt;b&gt; &amp; all --&gt; here",
        "00:00:06.500 --> 00:00:06.600\nWho counts?",
    ]


def body(response):
    # Read to its end, a stream is closed by the test client, which spares the test's connection.
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("asked", "status", "sent", "told"),
    [
        ("", 200, bytes(range(100)), None),
        ("bytes=10-19", 206, bytes(range(10, 20)), "bytes 10-19/100"),
        ("bytes=90-", 206, bytes(range(90, 100)), "bytes 90-99/100"),
        ("bytes=-5", 206, bytes(range(95, 100)), "bytes 95-99/100"),
        ("bytes=95-999", 206, bytes(range(95, 100)), "bytes 95-99/100"),
        ("bytes=100-", 416, b"", "bytes */100"),
        ("bytes=-", 200, bytes(range(100)), None),
        ("bytes=5-2,7-9", 200, bytes(range(100)), None),
    ],
)
def test_sound_is_sent_in_the_parts_a_player_asks_for(client, recording, asked, status, sent, told):
    headers = {"Range": asked} if asked else {}
    response = client.get(at("attachment", recording, (recording.sound.code,)), headers=headers)
    assert (response.status_code, body(response)) == (status, sent)
    assert response.get("Content-Range") == told


def test_a_file_is_never_run_by_a_browser(client, member, curator):
    by = looking(member)
    entry = actions.create_entry("case_study", by=by, content=case(audience="public"))
    file = SimpleUploadedFile("page.html", b"<script>alert(1)</script>", content_type="text/html")
    kept = actions.attach_file(entry, file, by=by, media_type="text/html")
    actions.save_draft(entry, {"attachments": [kept.code]}, by=by, revision=1)
    actions.submit_entry(entry, by=by)
    actions.publish_entry(entry, by=looking(curator))
    response = client.get(at("attachment", entry, (kept.code,)))
    assert body(response) == b"<script>alert(1)</script>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    other = EntryFactory()
    assert client.get(at("attachment", other, (kept.code,))).status_code == 404


def test_an_empty_lexicon_offers_what_leads_on(client, client_factory, member):
    """Where no filter stands, "show everything" would lead back to the same empty page."""
    address = reverse("alex:entry_list")
    assert "Show everything" not in client.get(address).content.decode()
    assert "Show everything" in client.get(f"{address}?outcome=failed").content.decode()
    begin = re.compile(rf'<div class="empty">.*?href="{reverse("alex:entry_new")}"', re.DOTALL)
    assert begin.search(client_factory(member.person).get(address).content.decode())
