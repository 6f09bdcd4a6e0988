"""Schedules of frab and pretalx, in and out: real ones, broken ones, hostile ones."""

import json

import jsonschema
import pytest
import xmlschema
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from house.gatherings import actions
from house.gatherings.models import Event, Room, ScheduleFile, Session, Speaker
from house.gatherings.programme.snapshot import names_of
from house.gatherings.schedule.planning import plan_of
from house.gatherings.schedule.reading import read
from house.gatherings.schedule.writing import json_of, xml_of
from house.gatherings.tests.making import make_event
from house.ground.errors import Refused
from house.partners.viewing import viewer_for

REAL = {
    "31c3_schedule.xml": (138, 4, 8),
    "pretalx-rc3.json": (48, 5, 5),
    "pretalx-democon.json": (36, 2, 2),
    "hub-schedule2.json": (2, 5, 7),
}


def take_in(event, data, office, name="schedule.json"):
    by = viewer_for(office)
    kept = actions.keep_schedule(event, SimpleUploadedFile(name, data), by=by)
    return actions.apply_schedule(kept, by=by, digest=plan_of(event, read(data)).digest)


@pytest.mark.corpus
@pytest.mark.django_db
@pytest.mark.parametrize("name", REAL)
def test_a_real_schedule_is_taken_in_once_and_goes_out_as_the_schemas_want(corpus, office, name):
    event, data = make_event(kind="summit"), (corpus / "schedule" / name).read_bytes()
    sessions, rooms, tracks = REAL[name]

    plan = take_in(event, data, office)

    found = read(data)
    assert not found.is_broken
    assert (len(plan.added), len(found.rooms), len(found.tracks)) == (sessions, rooms, tracks)
    assert Session.objects.filter(event=event).count() == sessions
    assert plan_of(event, found).is_empty  # the same file again would change nothing
    version = actions.publish_programme(event, by=viewer_for(office))
    made = json.loads(json_of(event, version, names_of(event)))
    schema = json.loads((corpus / "schedule" / "schema.json").read_text())
    assert [error.message for error in jsonschema.Draft6Validator(schema).iter_errors(made)] == []
    xsd = xmlschema.XMLSchema(str(corpus / "schedule" / "schedule.xml.xsd"))
    assert [
        error.reason for error in xsd.iter_errors(xml_of(event, version, names_of(event)).decode())
    ] == []
    # What went out comes in again with the same sessions.
    for form in (json_of, xml_of):
        again = read(form(event, version, names_of(event)))
        assert {session.guid for session in again.sessions} == {s.guid for s in found.sessions}


@pytest.mark.corpus
@pytest.mark.django_db
def test_an_older_form_of_guid_and_shared_guids_of_rooms_are_understood(corpus, office):
    old = read((corpus / "schedule" / "31c3_schedule.xml").read_bytes())
    shared = read((corpus / "schedule" / "pretalx-democon.json").read_bytes())

    assert (
        str(old.sessions[2].guid) == "1cea9e35-86fa-1bb3-3885-8158291164099"[:36]
        or old.problems == []
    )
    assert [problem.fatal for problem in shared.problems] == [False]
    assert "same guid" in shared.problems[0].text


@pytest.mark.corpus
def test_what_the_schema_calls_invalid_is_taken_as_far_as_it_can_be_understood(corpus):
    found = read((corpus / "schedule" / "invalid-example.json").read_bytes())

    assert [(session.title, session.minutes) for session in found.sessions] == [
        ("Internal Penetration Testing Basics", 45)
    ]
    assert "<br" not in found.sessions[0].description


# What is refused, and the word of the reason: another reason would mean that the bound was not what stopped it.
HOSTILE = {
    "entities": (
        b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><schedule>&b;</schedule>',
        "entities",
    ),
    "external": (
        b'<?xml version="1.0"?><!DOCTYPE s SYSTEM "http://evil.example/x.dtd"><schedule/>', "entities",
    ),
    "file": (
        b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><schedule><version>&x;</version></schedule>',
        "entities",
    ),
    "cut off": (b"<schedule><version>1</version>\n<conference>", "well-formed"),
    "deep": (b"<schedule>" + b"<day>" * 20 + b"</day>" * 20 + b"</schedule>", "deeper"),
    "deeper": (b"<schedule>" + b"<day>" * 100_000, "deeper"),
    "deep json": (b'{"schedule":' * 100_000, "deeper"),
    "no letters": (b"\xff\xfe\x00", "letters"),
    "unknown encoding": (b'<?xml version="1.0" encoding="klingon"?><schedule/>', "letters"),
    "other json": (b"[1, 2, 3]", "no schedule"),
    "empty": (b"", "well-formed"),
    "no sessions": (
        b"<schedule><version>1</version><conference><title>X</title></conference></schedule>", "no session",
    ),
    "too large": (b" " * (8 * 1024 * 1024 + 1), "larger"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "why"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hole_13_a_hostile_or_broken_file_is_refused_with_a_place(data, why):
    found = read(data)

    assert found.is_broken
    assert found.sessions == []
    assert all(problem.place and problem.text for problem in found.problems)
    assert why in str(found.problems[0].text)


def event_of(**facts):
    return {
        "guid": "8079583e-8321-506c-95af-fd2903a5f075", "title": "Counting", "date": "2027-05-04T09:00:00+02:00",
        "duration": "00:30", "room": "Hall", "track": "", "type": "Talk", "language": "en", **facts,
    }  # fmt: skip


def schedule_of(*events):
    days = [{"index": 1, "date": "2027-05-04", "rooms": {"Hall": list(events)}}]
    return json.dumps(
        {"schedule": {"version": "1", "conference": {"title": "C", "days": days}}}
    ).encode()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"title": ""}, "no title"),
        ({"duration": "forever"}, "hours and minutes"),
        ({"duration": "99:00"}, "hours and minutes"),
        ({"date": "tomorrow"}, "not a moment"),
        ({"date": "2027-05-04T09:00:00"}, "time zone"),
        ({"date": "2027-13-45T09:00:00+02:00"}, "not a moment"),
        ({"date": "0001-01-01T00:00:00+14:00"}, "not a moment"),
        ({"date": "9999-12-31T23:59:00+00:00"}, "not a moment"),
    ],
)
def test_each_error_names_its_place_in_words(facts, said):
    found = read(schedule_of(event_of(**facts)))

    assert found.is_broken
    fatal = [problem for problem in found.problems if problem.fatal]
    assert said in fatal[0].text
    assert fatal[0].place == "day 1 › Hall › 1"


@pytest.mark.django_db
def test_letters_that_no_database_keeps_are_left_out_and_each_speaker_comes_once(office):
    event = make_event(kind="summit")
    jo = {"code": "A\0\ud800", "name": "Jo \ud800Vaz"}
    facts = {
        "guid": "\0\ud83d",
        "url": "https://c.example/\0",
        "persons": [jo],
        "participants": [jo],
    }

    take_in(event, schedule_of(event_of(id="\0", **facts)), office)
    plan = plan_of(event, read(schedule_of(event_of(id="\0", **facts))))

    assert (Session.objects.count(), plan.is_empty) == (1, True)
    assert list(Speaker.objects.values_list("name", "external_id")) == [("Jo Vaz", "A")]


def test_the_same_guid_twice_is_an_error():
    found = read(schedule_of(event_of(), event_of(title="Another")))

    assert [problem.text for problem in found.problems if problem.fatal] == [
        "The guid of “Another” stands in the file twice, also at “Counting”."
    ]


def test_markup_header_injection_and_dangerous_links_come_in_as_plain_words():
    links = [
        {"url": "javascript:alert(1)", "title": "x"},
        {"url": "https://ok.example/", "title": "<b>ok</b>"},
    ]
    found = read(
        schedule_of(
            event_of(
                title="<script>alert(1)</script>Hello\r\nBcc: all@example.org",
                description="<img src=x onerror=alert(1)>Text",
                links=links,
                url="javascript:alert(1)",
            )
        )
    )

    session = found.sessions[0]
    assert "<" not in session.title
    assert "\n" not in session.title
    assert session.description == "Text"
    assert session.links == [{"url": "https://ok.example/", "title": "ok"}]
    assert session.origin_url == ""


def test_an_error_in_xml_names_its_line():
    data = (
        b"<schedule><version>1</version><conference><title>C</title></conference>\n"
        b"<day date='2027-05-04' start='2027-05-04T08:00:00+02:00' end='2027-05-05T04:00:00+02:00' index='1'>\n"
        b"<room name='Hall'>\n<event id='1' guid='8079583e-8321-506c-95af-fd2903a5f075'>\n<title>T</title>"
        b"<date>2027-05-04T09:00:00+02:00</date><duration>soon</duration></event></room></day></schedule>"
    )
    assert [(problem.place, problem.fatal) for problem in read(data).problems] == [("line 4", True)]


@pytest.mark.django_db
def test_nothing_is_written_before_it_is_confirmed_and_another_plan_is_shown_first(
    office, client_factory
):
    event = make_event(kind="summit")
    browser = client_factory(office)
    data = schedule_of(event_of())
    url = reverse("gatherings:schedule_import", args=[event.slug])

    answer = browser.post(url, {"file": SimpleUploadedFile("s.json", data)}, follow=True)

    assert "Counting" in answer.content.decode()
    assert not Session.objects.filter(event=event).exists()
    kept = ScheduleFile.objects.get()
    with pytest.raises(Refused, match="changed since you looked"):
        actions.apply_schedule(kept, by=viewer_for(office), digest="another")
    preview = reverse("gatherings:schedule_preview", args=[event.slug, kept.code])
    browser.post(preview, {"digest": answer.context["plan"].digest})
    assert Session.objects.get(event=event).title == "Counting"
    assert not ScheduleFile.objects.exists()


@pytest.mark.django_db
def test_a_later_file_changes_and_takes_out_by_guid_and_leaves_our_own_alone(office):
    event = make_event(kind="summit", starts_at=_moment("2027-05-04T07:00:00+00:00"), hours=10)
    by = viewer_for(office)
    other = "2d64f8e2-26ee-529f-b5ab-3b3f326e31b9"
    persons = [{"id": 1, "public_name": "Ada"}]
    take_in(event, schedule_of(event_of(id=1, persons=persons), event_of(id=2, guid=other)), office)
    own = actions.save_session(event, by=by, title="Ours", starts_at=event.starts_at, minutes=10)
    speaker = Speaker.objects.get()

    plan = take_in(
        event, schedule_of(event_of(id=1, title="Counting again", persons=persons)), office
    )

    assert [(row.title, row.words) for row in plan.changed] == [
        ("Counting again", ["another title"])
    ]
    assert len(plan.removed) == 1
    assert sorted(Session.objects.values_list("title", flat=True)) == ["Counting again", own.title]
    assert Speaker.objects.get() == speaker
    assert Room.objects.get().name == "Hall"


def _moment(text):
    import datetime

    return datetime.datetime.fromisoformat(text)


@pytest.mark.django_db
def test_who_does_not_look_after_the_event_takes_nothing_in(member):
    event = make_event()
    assert Event.objects.visible_to(viewer_for(member.person)).filter(pk=event.pk).exists()
    with pytest.raises(Refused):
        actions.keep_schedule(
            event, SimpleUploadedFile("s.json", b"{}"), by=viewer_for(member.person)
        )
