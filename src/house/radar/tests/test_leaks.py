"""What everybody sees: pages, feed, list and API show to each exactly what her door opens."""

import json

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from house.partners.viewing import viewer_for
from house.people.tokens import issue_token
from house.radar import actions
from house.radar.models import Item, Source, Standing
from house.radar.tests.making import make_source, make_story
from house.vocabulary.models import City
from tests.factories import PersonFactory, TopicFactory

pytestmark = pytest.mark.django_db
EVERY = {"zzopen", "zzinner", "zzraw", "zzdropped"}


@pytest.fixture
def shelf(curator):
    by = viewer_for(curator)
    stories = {word: make_story(f"The {word} story") for word in sorted(EVERY)}
    actions.pick(stories["zzopen"], by=by, note="Note zzopen.", language="en", audience="public")
    actions.pick(
        stories["zzinner"], by=by, note="Note zzinner.", language="en", audience="alliance"
    )
    actions.drop(stories["zzdropped"], by=by)
    return stories


def words_in(response):
    text = response.content.decode()
    return {word for word in EVERY if word in text} if response.status_code == 200 else set()


def everything(client, shelf, headers=None):
    pages = [reverse("radar:story_list"), reverse("radar:story_feed")]
    pages += [story.get_absolute_url() for story in shelf.values()]
    found = set().union(*(words_in(client.get(page)) for page in pages))
    api = [reverse("api:radar_stories")]
    api += [reverse("api:radar_story", args=[story.code]) for story in shelf.values()]
    told = set().union(*(words_in(client.get(page, headers=headers or {})) for page in api))
    return found, told


def test_visitors_see_what_was_picked_for_everyone_and_nothing_else(client, shelf):
    assert everything(client, shelf) == ({"zzopen"}, {"zzopen"})
    page = client.get("/radar/").content.decode()
    assert "1 story" in page


def test_members_see_all_but_what_was_dropped(client, shelf, member):
    key = issue_token(member.person)
    headers = {"Authorization": f"Bearer {key}"}
    client.force_login(member.person)
    assert everything(client, shelf, headers) == (EVERY - {"zzdropped"},) * 2


def test_a_guest_without_a_partnership_is_a_visitor_here(client, shelf):
    client.force_login(PersonFactory())
    assert everything(client, shelf)[0] == {"zzopen"}
    assert client.get(reverse("radar:source_export")).status_code == 403


def test_the_feed_of_picks_is_the_same_for_whoever_asks(client, shelf, member):
    open_feed = client.get(reverse("radar:story_feed")).content
    client.force_login(member.person)
    assert client.get(reverse("radar:story_feed")).content == open_feed
    assert b"Note zzopen." in open_feed


def test_members_take_the_list_of_sources_along(client, member):
    make_source(name="Read", url="https://read.example/f")
    make_source(name="Paused", url="https://paused.example/f", standing=Standing.PAUSED)
    make_source(name="Shown", url="https://demo.example/f", is_demonstration=True)
    client.force_login(member.person)
    response = client.get(reverse("radar:source_export"))
    assert response.content.count(b"xmlUrl") == 1
    assert b"https://read.example/f" in response.content
    assert "attachment" in response["Content-Disposition"]


def test_hole_2_a_storys_words_stay_words_on_every_page(client, curator):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    story = make_story(evil, evil, source=make_source(name=evil))
    Item.objects.update(author=evil, url="")
    actions.pick(story, by=viewer_for(curator), note=evil, language="en", audience="public")
    client.force_login(curator)
    source = Source.objects.get()
    for path in (
        "/radar/", story.get_absolute_url(), reverse("radar:story_pick", args=[story.code]), "/radar/sources/",
        source.get_absolute_url(), "/radar/picks.atom", "/radar/desk/",
    ):  # fmt: skip
        text = client.get(path).content.decode()
        assert "<img src=x" not in text, path


def test_links_lead_out_without_a_trace_and_nothing_is_loaded_from_elsewhere(client, shelf):
    text = client.get(shelf["zzopen"].get_absolute_url()).content.decode()
    assert 'rel="noopener noreferrer nofollow external"' in text
    assert 'src="http' not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_rows(client, curator, rows, django_assert_num_queries):
    topic = TopicFactory()
    for number in range(rows):
        story = make_story(f"A{number}", f"B{number}")
        story.topics.add(topic)
    headers = {"Authorization": f"Bearer {issue_token(curator)}"}
    client.force_login(curator)
    client.get("/radar/")
    with django_assert_num_queries(LIST):
        client.get("/radar/")
    with django_assert_num_queries(DESK):
        client.get("/radar/desk/")
    with django_assert_num_queries(SOURCES):
        client.get("/radar/sources/")
    with django_assert_num_queries(API):
        client.get(reverse("api:radar_stories"), headers=headers)


LIST, DESK, SOURCES, API = 16, 12, 8, 11


def test_filters_narrow_and_nonsense_finds_nothing(client, member, curator):
    topic, city = TopicFactory(slug="repair"), City.objects.get(pk="aaa")
    source = make_source(name="Only")
    found = make_story("Found", source=source, language="nl")
    found.topics.add(topic)
    found.cities.add(city)
    make_story("Other")
    client.force_login(member.person)
    for query in ("topic=repair", "city=aaa", "language=nl", f"source={source.code}"):
        text = client.get(f"/radar/?{query}").content.decode()
        assert ("Found" in text, "Other</a>" in text) == (True, False), query
    for query in ("topic=x'--", "language=%00", "page=99999999999", "source=" + "x" * 5000):
        assert client.get(f"/radar/?{query}").status_code == 200


def test_curators_pick_and_what_is_missing_is_said(client, curator):
    story = make_story()
    client.force_login(curator)
    url = reverse("radar:story_pick", args=[story.code])
    response = client.post(url, {"note": "", "language": "en", "audience": "public"})
    assert response.status_code == 422
    sent = {
        "note": "Read it.",
        "language": "en",
        "audience": "public",
        "next": "https://evil.example/",
    }
    assert client.post(url, sent)["Location"] == "/radar/desk/"
    assert client.get(url).content.decode().count("Read it.") == 1


def test_a_list_is_shown_before_it_is_added_and_added_once(client, curator, corpus):
    client.force_login(curator)
    url = reverse("radar:source_import")
    with (corpus / "feeds/columbus_govdelivery_subscriptions.opml").open("rb") as file:
        page = client.post(url, {"file": file})
    assert (page.status_code, Source.objects.count()) == (200, 0)
    rows = page.context["rows"]
    assert len(rows) == 336
    ticked = [f"{each.url} {each.name}" for each, _known in rows]
    for _turn in range(2):
        assert (
            client.post(url, {"confirm": "1", "feed": [*ticked, "javascript:x", ""]}).status_code
            == 302
        )
        assert Source.objects.count() == 336
    assert client.get("/radar/sources/").status_code == 200


@pytest.mark.parametrize(
    "data", [b"", b"no", b"<!DOCTYPE x [<!ENTITY a 'b'>]><opml><body>&a;</body></opml>"]
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(client, curator, data):
    client.force_login(curator)
    response = client.post(
        reverse("radar:source_import"), {"file": ContentFile(data, name="x.opml")}
    )
    assert response.status_code == 422


@pytest.mark.parametrize(
    "url",
    ["javascript:x", "ftp://x.example/", "https://me:you@x.example/", "https://" + "x" * 600, "no"],
)
def test_an_address_that_is_none_is_refused_and_what_was_typed_is_kept(client, curator, url):
    client.force_login(curator)
    response = client.post(reverse("radar:source_new"), {"url": url, "name": "My paper"})
    assert response.status_code == 422
    assert "My paper" in response.content.decode()


def test_a_source_is_paused_and_resumed_and_its_trouble_told_in_words(client, curator):
    source = make_source(failures=3, trouble="status:404")
    client.force_login(curator)
    assert (
        "There is nothing at this address any more."
        in client.get("/radar/sources/?show=failing").content.decode()
    )
    act = reverse("radar:source_act", args=[source.code])
    for sent, standing in (("pause", "paused"), ("resume", "active")):
        client.post(act, {"act": sent})
        source.refresh_from_db()
        assert source.standing == standing
    assert (source.failures, source.trouble) == (0, "")
    again = client.post(source.get_absolute_url(), {"name": "New", "url": "https://new.example/f"})
    assert again.status_code == 302


def test_the_api_tells_each_source(client, shelf):
    told = json.loads(client.get(reverse("api:radar_stories")).content)
    assert [(each["title"], each["note"]) for each in told["items"]] == [
        ("The zzopen story", "Note zzopen.")
    ]
    assert told["items"][0]["told_by"][0]["summary"] == "About The zzopen story."
