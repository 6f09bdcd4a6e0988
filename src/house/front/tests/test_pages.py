import datetime
import re
from urllib.robotparser import RobotFileParser
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from house.agora.actions import write_post
from house.gatherings.tests.making import make_event
from house.partners.viewing import viewer_for
from house.radar.tests.making import make_story
from house.retrieval import outbox
from tests.factories import CityFactory, EntryFactory, PersonFactory, TopicFactory
from tests.listed import listed


def get(client, name, *args, **query):
    return client.get(reverse(f"front:{name}", args=args), query)


def body(response):
    return response.content.decode()


@pytest.fixture
def indexed(db):
    """Makes entries that search finds at once."""

    def make(**facts):
        entry = EntryFactory(**facts)
        outbox.touch("entry", entry.pk)
        outbox.drain()
        return entry

    return make


@pytest.mark.django_db
def test_the_sitemap_holds_public_posts_and_events_and_no_others(client, member):
    def post(title, **facts):
        return write_post("question", title, "So?", by=viewer_for(member.person), **facts)

    shown = [post("Public", audience="public"), make_event(audience="public")]
    hidden = [post("Members"), make_event(), make_event(audience="public", state="draft")]
    text = "\n".join(listed(client))
    assert [thing.get_absolute_url() in text for thing in shown] == [True, True]
    assert [thing.get_absolute_url() in text for thing in hidden] == [False] * 3


@pytest.mark.django_db
def test_search_engines_may_look_at_what_the_sitemap_lists_and_at_no_desk(client, settings):
    settings.BASE_URL = "http://testserver"
    shown = make_story(
        "For everyone", state="picked", audience="public", note="Read it.", picked_at=timezone.now()
    )
    hidden = make_story("Not looked at")
    robots = RobotFileParser()
    robots.parse(body(client.get("/robots.txt")).splitlines())
    assert robots.site_maps() == [f"http://testserver{reverse('sitemap')}"]
    found = listed(client)

    assert f"http://testserver{shown.get_absolute_url()}" in found
    assert f"http://testserver{hidden.get_absolute_url()}" not in found
    assert [address for address in found if not robots.can_fetch("*", address)] == []
    behind = ("office:today", "radar:desk", "showcase:me", "people:person_list", "partners:seats")
    assert [name for name in behind if robots.can_fetch("*", reverse(name))] == []


@pytest.mark.django_db
def test_a_summit_stands_in_the_year_of_its_own_city(client):
    zone = ZoneInfo("Europe/Copenhagen")
    midnight = datetime.datetime(2019, 1, 1, tzinfo=zone)
    make_event(
        kind="summit", audience="public", state="done", zone=zone.key, starts_at=midnight,
        ends_at=midnight + datetime.timedelta(days=1),
    )  # fmt: skip
    assert re.findall(r'summits__year numbers">(\d+)', body(get(client, "home"))) == ["2019"]


PUBLIC = ["home", "search", "ask", "city_list", "topic_list", "pattern_book"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC[:-1])  # the pattern book shows a form, which has its token
def test_page_of_a_visitor_sets_no_cookie(client, name):
    response = get(client, name)

    assert response.status_code == 200
    assert response.cookies.keys() == set()


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
def test_page_holds_nothing_inline(client, name):
    """The Content Security Policy would refuse it: no style, handler or script of the page's own."""
    page = body(get(client, name))

    assert (
        re.findall(
            r"<script(?![^>]* (?:src=|type=.application/ld))|\sstyle=|\son[a-z]+=|javascript:", page
        )
        == []
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_front_page_asks_as_often_for_one_as_for_many(client, db, django_assert_num_queries, rows):
    for _row in range(rows):
        EntryFactory(city=CityFactory())
        EntryFactory(outcome="failed", topics=[TopicFactory()])
    get(client, "home")

    with django_assert_num_queries(11):
        get(client, "home")


@pytest.mark.parametrize("rows", [1, 3])
def test_city_page_asks_as_often_for_one_as_for_many(client, db, django_assert_num_queries, rows):
    city = CityFactory()
    for _row in range(rows):
        EntryFactory(city=city, topics=[TopicFactory()])

    with django_assert_num_queries(13):
        get(client, "city", city.slug)


@pytest.mark.parametrize("rows", [1, 3])
def test_topic_page_asks_as_often_for_one_as_for_many(client, db, django_assert_num_queries, rows):
    topic = TopicFactory()
    for _row in range(rows):
        EntryFactory(topics=[topic], city=CityFactory())

    with django_assert_num_queries(6):
        get(client, "topic", topic.slug)


def test_city_page_does_not_name_those_who_hid_their_city(client, db):
    city = CityFactory()
    EntryFactory(city=city, candour="described", described_as="a port city", title="Hidden shame")

    assert "Hidden shame" not in body(get(client, "city", city.slug))


def test_topic_page_holds_what_is_below_it(client, db):
    broader = TopicFactory(slug="mobility")
    narrower = TopicFactory(slug="bike-sharing", broader=broader)
    EntryFactory(title="Wheels for all", topics=[narrower])

    assert "Wheels for all" in body(get(client, "topic", "mobility"))


def test_front_page_opens_with_a_failure(client, db):
    EntryFactory(
        title="Lockers nobody opened", outcome="failed",
        fields={"differently": "<p>Ask first. Then ask again.</p>"},
    )  # fmt: skip

    assert "Ask first. Then ask again." in body(get(client, "home"))


def test_desk_shows_her_own_and_only_hers(client, member, neighbour):
    from house.alex.models import Draft

    for person, title in (
        (member.person, "My first words"),
        (neighbour.person, "Their first words"),
    ):
        entry = EntryFactory(author=person, title=title, state="draft", audience="private")
        Draft.objects.create(entry=entry)
    client.force_login(member.person)

    page = body(get(client, "home"))

    assert "My first words" in page
    assert "Their first words" not in page


def test_only_who_reviews_sees_what_waits_for_review(client, member, curator):
    from django.utils import timezone

    from house.alex.models import Draft

    entry = EntryFactory(author=member.person, title="Please look", state="submitted")
    Draft.objects.create(entry=entry, state="submitted", submitted_at=timezone.now())
    client.force_login(curator)
    assert "Waiting for your review" in body(get(client, "home"))
    client.force_login(PersonFactory())

    assert "Waiting for your review" not in body(get(client, "home"))


def test_search_counts_and_labels_its_filters(client, indexed):
    indexed(
        title="Bicycles in the canal", outcome="failed", topics=[TopicFactory(slug="bike-sharing")]
    )
    indexed(title="Bicycles on the square", outcome="worked")

    page = get(client, "search", q="bicycles", outcome="failed")

    assert [facet.name for facet in page.context["facets"] if facet.is_used] == ["outcome"]
    assert [hit.thing.title for hit in page.context["found"].hits] == ["Bicycles in the canal"]
    assert [str(one.label) for one in page.context["chosen"]] == ["Failed"]
    assert page.context["chosen"][0].without == "?q=bicycles"


def test_htmx_gets_the_results_alone(client, indexed):
    indexed(title="Bicycles in the canal")
    page = client.get(reverse("front:search"), {"q": "bicycles"}, headers={"HX-Request": "true"})

    assert "<html" not in body(page)
    assert "Bicycles in the canal" in body(page)
    assert "HX-Request" in page.headers["Vary"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        {"q": "x" * 20_000},
        {"q": "\x00"},
        {"page": "-3"},
        {"page": "a"},
        {"page": "99999"},
        {"since": "1e9"},
        {"since": "2000", "until": "1990"},
        {"kind": "nothing", "city": "<script>", "topic": "'", "language": "xx"},
        {"topic": [str(number) for number in range(200)]},
    ],
)
def test_nonsense_in_the_address_is_no_error(client, query):
    assert get(client, "search", **query).status_code == 200


@pytest.mark.django_db
def test_an_address_with_nul_in_it_leads_nowhere(client, member):
    client.force_login(member.person)
    for address in (
        "/gatherings/a%00b/",
        "/cities/%00/",
        "/atlas/map/a%00b/",
        "/showcase/%00/embed/",
        "/cards/city/%00.png",
        "/alex/a%00b/",
        "/magazine/7/a%00/",
        "/api/v1/events/a%00b",
    ):
        assert client.get(address).status_code == 404, address
    for address in (
        "/gatherings/?topic=%00",
        "/notices/?before=a%00",
        "/search/?q=%00bikes",
        "/atlas/map/?city=%00",
        "/atlas/rules/table.csv?city=a%00",
        "/api/v1/initiatives?city=%00",
        "/people/?q=%00",
        "/showcase/?topic=%00",
        "/radar/?language=%00",
    ):
        assert client.get(address).status_code == 200, address


@pytest.mark.django_db
def test_a_form_with_nul_in_it_is_read_without_it(client):
    """Also where a view reads single words by hand, which no form of Django's has checked."""
    client.force_login(PersonFactory(is_expert=True))
    hours, act = "/meetings/availability/", {"act": "day_out", "code": "a\0b"}
    plain = "application/x-www-form-urlencoded"

    assert client.post(hours, act).status_code == 404
    assert client.post(hours, "act=day%00_out&code=%00", plain).status_code == 404
    assert client.post(hours, {"act": "a\0b"}).status_code == 404


@pytest.mark.django_db
def test_a_cookie_with_nul_in_it_is_nobody(client, settings):
    cookie = rf'{settings.SESSION_COOKIE_NAME}="aaaaaaaaaaaa\000"'
    assert client.get("/search/", headers={"cookie": cookie}).status_code == 200


def test_too_many_searches_are_refused_with_a_page(client, db, settings):
    settings.SEARCH_RATE = 1
    get(client, "search", q="one")

    response = get(client, "search", q="two")

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 60
    assert "Not so fast" in body(response)


def test_suggestions_offer_what_the_viewer_may_see(client, indexed, member):
    indexed(title="Bicycles for all")
    indexed(title="Bicycles for members", audience="alliance")

    def offered():
        response = client.get(reverse("front:suggest"), {"q": "bicyc"})
        return sorted(item["label"] for item in response.json()["items"])

    assert offered() == ["Bicycles for all"]
    client.force_login(member.person)
    assert offered() == ["Bicycles for all", "Bicycles for members"]


def test_question_is_kept_for_her_peers(client, member):
    from house.memory.models import PeerQuestion

    client.force_login(member.person)
    answered = client.post(reverse("front:ask_peers"), {"q": "Who has tried heated benches?"})

    form = client.get(answered.url)
    assert form.context["form"]["title"].value() == "Who has tried heated benches?"
    assert form.context["form"]["body"].value() == "Who has tried heated benches?"
    kept = PeerQuestion.objects.visible_to(viewer_for(member.person))
    assert [row.question for row in kept] == ["Who has tried heated benches?"]
    assert "Who has tried heated benches?" in body(get(client, "home"))


def test_visitor_is_sent_to_sign_in_before_a_question_is_kept(client, db):
    response = client.post(reverse("front:ask_peers"), {"q": "Who?"})

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_theme_never_leads_away(client, target):
    response = client.post(reverse("front:theme"), {"theme": "dark", "next": target})

    assert (response.status_code, response.url) == (303, "/")
    assert response.cookies["theme"].value == "dark"


def test_unknown_theme_is_forgotten(client):
    response = client.post(reverse("front:theme"), {"theme": "neon", "next": "/cities/"})

    assert response.url == "/cities/"
    assert response.cookies["theme"]["max-age"] == 0


@pytest.mark.django_db
def test_missing_page_says_what_to_do(client):
    response = client.get("/there-is-nothing/")

    assert response.status_code == 404
    assert "sign in first" in body(response)


@pytest.mark.django_db
def test_form_of_another_session_is_explained():
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post(
        reverse("account_login"), {"email": "a@example.org"}
    )

    assert response.status_code == 403
    assert "The form was too old" in body(response)


def test_broken_page_stands_without_frame_and_database(rf):
    from house.front.errors import broken

    response = broken(rf.get("/"))

    assert response.status_code == 500
    assert "somebody will look at it" in body(response)


def test_city_tells_its_own_hour_whatever_the_readers_zone(client, db, member):
    from house.front.moments import clock_in

    city = CityFactory(time_zone="Pacific/Kiritimati")
    member.person.time_zone = "Pacific/Pago_Pago"
    member.person.save()
    client.force_login(member.person)

    hour = clock_in("Pacific/Kiritimati").partition(":")[0]
    assert re.search(rf"it is {hour}:\d\d there", body(get(client, "city", city.slug)))


def test_language_that_the_house_does_not_speak_has_a_name():
    from house.front.templatetags.house import language_label

    assert [language_label(tag) for tag in ("nl", "ms", "tlh", None)] == [
        "Nederlands",
        "Bahasa Melayu",
        "tlh",
        "",
    ]


def test_desk_says_why_one_reads_so_little(client, db):
    client.force_login(PersonFactory())

    page = get(client, "home")

    assert not page.context["reading"].allowed
    assert escape(page.context["reading"].remedy) in body(page)
    assert "Write an entry" not in body(page)
