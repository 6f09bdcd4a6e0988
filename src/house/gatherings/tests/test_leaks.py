"""No way out of this room shows more than its door; and where to enter stands in none of them."""

import datetime
import json

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from house.gatherings import actions, emails, ics
from house.gatherings.models import Consent, JoinLink, Registration, Session, Speaker
from house.gatherings.tests.making import DAY, HOUR, make_event, make_member
from house.notices.calendars import Scope
from house.notices.models import Letter
from house.partners.models import Circle
from house.partners.viewing import viewer_for
from house.people.tokens import issue_token
from house.retrieval import outbox
from tests.factories import PersonFactory, TopicFactory

pytestmark = pytest.mark.django_db

# Who may read which event, by hand.
MAY_READ = {
    "visitor": {"public"},
    "guest": {"public"},
    "associate": {"public", "alliance"},
    "member": {"public", "alliance", "mycity", "mycircle"},
    "neighbour": {"public", "alliance", "othercity"},
}


@pytest.fixture
def canaries(member, neighbour, office):
    topic = TopicFactory(slug="bike-sharing")
    circle = Circle.objects.create(name="Mine")
    circle.persons.add(member.person)
    facts = {
        "public": {"audience": "public"},
        "alliance": {},
        "mycity": {"audience": "city", "city": member.city},
        "othercity": {"audience": "city", "city": neighbour.city},
        "mycircle": {"audience": "circle", "circle": circle},
        "draft": {"audience": "public", "state": "draft"},
    }
    made = {}
    for word, told in facts.items():
        event = make_event(
            title=f"zz{word} meeting", summary=f"About zz{word}, a canary.", topics=[topic], slug=f"event-{word}",
            host_city=neighbour.city, **told,
        )  # fmt: skip
        by = viewer_for(office)
        actions.save_session(
            event, by=by, title=f"zz{word} talk", starts_at=event.starts_at, minutes=5
        )
        actions.publish_programme(event, by=by)
        outbox.touch("event", event.pk)
        made[word] = event
    return made


def readers(client, person, events):
    """Every way out, each as the text that comes."""
    headers = {"Authorization": f"Bearer {issue_token(person)}"} if person else {}
    moment = next(iter(events.values())).starts_at

    def get(name, *args, **more):
        answer = client.get(
            reverse(name, args=args), more.get("query"), headers=more.get("headers", {})
        )
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return body.decode("utf-8", "replace") if answer.status_code == 200 else ""

    def each(name, *args, **more):
        return "".join(get(name, event.slug, *args, **more) for event in events.values())

    def sessions():
        rows = Session.objects.select_related("event")
        return "".join(get("gatherings:session", row.event.slug, row.code) for row in rows)

    viewer = viewer_for(person) if person else viewer_for(PersonFactory(is_active=False))
    feeds = [
        item.title
        for scope in (Scope("city", "bbb"), Scope("topic", "bike-sharing"), Scope("mine"))
        for item in ics.items(viewer, scope, moment - DAY, moment + DAY)
    ]
    return {
        "list": get("gatherings:event_list"),
        "month": get("gatherings:event_month", moment.year, moment.month),
        "past": get("gatherings:event_past"),
        "event": each("gatherings:event"),
        "ics": each("gatherings:event_ics"),
        "programme": each("gatherings:programme"),
        "table": each("gatherings:programme", query={"view": "table"}),
        "versions": each("gatherings:programme_versions"),
        "version": each("gatherings:programme_version", 1),
        "embed": each("gatherings:programme_embed"),
        "xml": each("gatherings:programme_file", "xml"),
        "json": each("gatherings:programme_file", "json"),
        "session": sessions(),
        "register": each("gatherings:event_register"),
        "feeds": " ".join(feeds),
        "api list": get("api:events", headers=headers),
        "api event": each("api:event", headers=headers),
        "search": get("front:search", query={"q": "canary"}),
        "api search": get("api:find", query={"q": "canary"}, headers=headers),
    }


@pytest.mark.parametrize("who", MAY_READ)
def test_hole_1_no_way_out_shows_more_than_the_door(
    settings, client, canaries, member, neighbour, associate, who
):
    settings.EMBEDDINGS_URL = "none"
    outbox.drain()
    persons = {
        "visitor": None, "guest": PersonFactory(), "associate": associate.person, "member": member.person,
        "neighbour": neighbour.person,
    }  # fmt: skip
    person = persons[who]
    if person is not None:
        client.force_login(person)

    said = readers(client, person, canaries)

    for name, text in said.items():
        shown = {word for word in canaries if f"zz{word}" in text}
        assert shown <= MAY_READ[who], name
    for name in (
        "list",
        "event",
        "ics",
        "programme",
        "session",
        "api list",
        "api event",
        "xml",
        "search",
    ):
        assert {word for word in canaries if f"zz{word}" in said[name]} == MAY_READ[who], name
    assert {word for word in canaries if f"zz{word}" in said["embed"]} == {"public"}


def test_hole_16_where_to_enter_stands_in_no_page_file_mail_or_answer(
    settings, client, member, office
):
    settings.EMBEDDINGS_URL = "none"
    event = make_event(audience="public", slug="event-x", starts_at=timezone.now() + HOUR / 6)
    JoinLink.objects.create(event=event, url="https://meet.example/zzsecret?p={person}")
    person = member.person
    actions.register(event, by=viewer_for(person), seat="online")
    outbox.touch("event", event.pk)
    outbox.drain()
    for viewer in (person, office):
        client.force_login(viewer)
        said = readers(client, viewer, {"x": event})
        for name in (
            "gatherings:event_manage",
            "gatherings:event_links",
            "gatherings:event_people",
        ):
            said[name] = client.get(reverse(name, args=[event.slug])).content.decode()
        assert [name for name, text in said.items() if "zzsecret" in text] == []
    for kind in emails.LETTERS:
        message = emails.write(kind, Registration.objects.get(), person, viewer_for(person))
        assert message is None or "zzsecret" not in str(message.message())

    client.force_login(person)
    answer = client.get(reverse("gatherings:join", args=[event.slug]))

    mine = Registration.objects.get()
    assert answer.headers["Location"] == f"https://meet.example/zzsecret?p={mine.code}"
    assert mine.came_by == "self"


@pytest.mark.parametrize(
    ("minutes", "opens"), [(-16, False), (-15, True), (0, True), (119, True), (121, False)]
)
def test_the_way_in_is_open_from_a_quarter_of_an_hour_before_until_the_end(
    client, member, minutes, opens
):
    begins = timezone.now() - datetime.timedelta(minutes=minutes)
    event = make_event(starts_at=timezone.now() + DAY)
    JoinLink.objects.create(event=event, url="https://meet.example/in")
    actions.register(event, by=viewer_for(member.person), seat="online")
    type(event).objects.filter(pk=event.pk).update(starts_at=begins, ends_at=begins + 2 * HOUR)
    client.force_login(member.person)

    answer = client.get(reverse("gatherings:join", args=[event.slug]))

    assert (answer.status_code == 302) == opens
    assert bool(Registration.objects.get().came_at) == opens


def test_the_way_in_is_for_who_has_a_place_and_not_for_a_look_ahead(client, member, neighbour):
    event = make_event(starts_at=timezone.now() + HOUR / 6, seats_online=1)
    JoinLink.objects.create(event=event, url="https://meet.example/in")
    actions.register(event, by=viewer_for(member.person), seat="online")
    actions.register(event, by=viewer_for(neighbour.person), seat="online")
    url = reverse("gatherings:join", args=[event.slug])
    client.force_login(neighbour.person)
    assert client.get(url).status_code == 200
    client.force_login(member.person)

    assert client.get(url, headers={"Sec-Purpose": "prefetch"}).status_code == 200
    assert client.head(url).status_code == 200
    assert not Registration.objects.filter(came_at__isnull=False).exists()


def test_a_speaker_of_the_house_is_named_only_while_she_agrees(client, member, neighbour, office):
    event = make_event(audience="public", slug="event-x")
    by = viewer_for(office)
    session = actions.save_session(event, by=by, title="T", starts_at=event.starts_at, minutes=5)
    person = make_member(neighbour, name="Zzname Speaker")
    rows = [{"person": person, "role": "Expert"}, {"person": None, "name": "Ada Outside"}]
    actions.put_speakers(session, rows, by=by)
    actions.publish_programme(event, by=by)
    speaker = Speaker.objects.get(person=person)

    def told():
        return [
            name for name, text in readers(client, None, {"x": event}).items() if "Zzname" in text
        ]

    assert told() == []
    assert list(Letter.objects.filter(person=person).values_list("kind", flat=True)) == [
        "gatherings.speaker"
    ]
    actions.consent(speaker, by=viewer_for(person), agrees=True)
    assert {"programme", "session", "xml", "json", "embed", "api event"} <= set(told())
    actions.consent(speaker, by=viewer_for(person), agrees=False)
    assert told() == []
    assert Speaker.objects.get(pk=speaker.pk).consent == Consent.DECLINED


def test_json_ld_is_only_for_public_events_and_closes_no_script(client, member):
    public = make_event(audience="public", title="</script><b>x", slug="event-p")
    inside = make_event(slug="event-i")
    client.force_login(member.person)

    text = client.get(reverse("gatherings:event", args=[public.slug])).content.decode()

    block = text.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert json.loads(block)["name"] == "</script><b>x"
    assert "<b>x" not in text.replace(block, "")
    card = reverse("front:card", args=["event", public.slug])
    assert f'property="og:image" content="http://localhost:8000{card}"' in text
    told = client.get(reverse("gatherings:event", args=[inside.slug])).text
    assert "ld+json" not in told
    assert "og:image" not in told


def test_only_the_page_to_embed_may_stand_in_a_frame(client, canaries):
    embed = client.get(reverse("gatherings:programme_embed", args=["event-public"]))
    page = client.get(reverse("gatherings:programme", args=["event-public"]))

    assert "frame-ancestors *" in embed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed.headers
    assert "script" not in embed.content.decode()
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_hole_8_no_title_writes_a_header_of_a_mail(member, office):
    event = make_event(title="Hi")
    actions.register(event, by=viewer_for(member.person), seat="online")
    actions.change_event(
        event, by=viewer_for(office), title="Hello\r\nBcc: all@example.org", place="x\ny"
    )

    letter = emails.write(
        "gatherings.registered",
        Registration.objects.get(),
        member.person,
        viewer_for(member.person),
    )

    letter.send()
    assert mail.outbox[0].subject == "You have a place: Hello Bcc: all@example.org"
    assert mail.outbox[0].bcc == []
