import datetime
import email.policy
from email import message_from_bytes

import pytest
from django.core.mail import EmailMultiAlternatives

from house.notices.calendars import CalendarEvent
from house.notices.ics.writing import calendar, vevent, vtimezones
from house.notices.invitations import attach
from house.notices.models import CalendarInvitation
from house.notices.tests.readers import by_ical_js, by_icalendar
from tests.factories import PersonFactory

UTC = datetime.UTC
ZONES = (
    "Europe/Amsterdam", "America/New_York", "Asia/Seoul", "Africa/Johannesburg", "Asia/Jerusalem",
    "Africa/Casablanca", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu", "Europe/Dublin",
    "Pacific/Apia", "America/Santiago", "UTC",
)  # fmt: skip


def event(**facts):
    at = datetime.datetime(2026, 3, 12, 14, 30, tzinfo=UTC)
    return CalendarEvent(
        **{
            "kind": "gatherings.event", "code": "kx7bq2", "sequence": 0, "starts_at": at,
            "ends_at": at + datetime.timedelta(hours=1), "zone": "Europe/Amsterdam",
            "title": "Platform work, and what it costs", **facts,
        }
    )  # fmt: skip


def letter(told, person, **facts):
    message = EmailMultiAlternatives("Come", "You are invited.", to=[person.email])
    message.attach_alternative("<p>You are invited.</p>", "text/html")
    attach(message, told, person, **{"method": "REQUEST", **facts})
    return message_from_bytes(
        message.message().as_bytes(linesep="\r\n"), policy=email.policy.default
    )


def calendar_of(mail):
    (part,) = [each for each in mail.walk() if each.get_content_type() == "text/calendar"]
    return part.get_content().encode()


@pytest.fixture
def her(db, settings):
    settings.BASE_URL = "https://house.example"
    settings.DEFAULT_FROM_EMAIL = "Digital House <house@house.example>"
    settings.REPLY_ADDRESS = "reply@house.example"
    return PersonFactory(email="her@city.example", name='Ana Sá; mailto:x, "Né"')


def test_a_letter_becomes_an_invitation_that_both_readers_understand_alike(her):
    mail = letter(
        event(description="Bring:\n1; 2, 3 \\ and more", url="https://house.example/e/"), her
    )
    raw = calendar_of(mail)
    assert by_icalendar(raw) == by_ical_js(raw) == [
        {
            "method": "REQUEST", "uid": "gatherings.event-kx7bq2@house.example", "sequence": 0,
            "start": "2026-03-12T14:30:00Z", "end": "2026-03-12T15:30:00Z",
            "title": "Platform work, and what it costs", "description": "Bring:\n1; 2, 3 \\ and more",
            "location": "", "status": "CONFIRMED", "url": "https://house.example/e/",
            "organizer": "mailto:reply@house.example",
            "attendees": [
                ["mailto:her@city.example", "Ana Sá; mailto:x, 'Né'", "NEEDS-ACTION", "TRUE"]
            ],
        }
    ]  # fmt: skip


def test_the_mail_is_built_as_calendars_expect_it(her):
    mail = letter(event(), her)
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
        "application/ics",
    ]  # fmt: skip
    part, file = list(mail.walk())[-2:]
    assert part["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    assert file.get_filename() == "invite.ics"
    assert file.get_content() == calendar_of(mail)
    # The organizer is the sender: calendars believe no other.
    assert mail["From"].addresses[0].addr_spec == "reply@house.example"
    assert mail["From"].addresses[0].display_name == "Digital House"


def test_without_an_intake_the_organizer_is_whom_every_mail_comes_from(her, settings):
    settings.REPLY_ADDRESS = ""
    mail = letter(event(), her)
    assert mail["From"].addresses[0].addr_spec == "house@house.example"
    assert by_icalendar(calendar_of(mail))[0]["organizer"] == "mailto:house@house.example"


def test_who_has_answered_is_not_asked_again(her):
    (told,) = by_icalendar(calendar_of(letter(event(), her, answer="ACCEPTED")))
    assert told["attendees"][0][2:] == ["ACCEPTED", "FALSE"]


def test_numbers_never_go_back_for_a_person(her):
    """She leaves and comes again while the thing itself does not change; then it moves."""
    steps = [
        ("REQUEST", 0),
        ("REQUEST", 0),
        ("CANCEL", 0),
        ("CANCEL", 0),
        ("REQUEST", 0),
        ("REQUEST", 1),
    ]
    steps += [("CANCEL", 2), ("REQUEST", 3)]
    seen = [
        by_icalendar(calendar_of(letter(event(sequence=number), her, method=method)))[0]
        for method, number in steps
    ]
    assert [told["sequence"] for told in seen] == [0, 0, 1, 1, 2, 3, 4, 5]
    assert {told["uid"] for told in seen} == {"gatherings.event-kx7bq2@house.example"}
    assert [told["status"] == "CANCELLED" for told in seen] == [m == "CANCEL" for m, _n in steps]
    assert CalendarInvitation.objects.count() == 1


def test_a_first_mail_that_cancels_is_higher_than_what_another_way_brought(her):
    (told,) = by_icalendar(calendar_of(letter(event(sequence=4), her, method="CANCEL")))
    assert (told["sequence"], told["method"], told["status"]) == (5, "CANCEL", "CANCELLED")


HOSTILE = (
    "Title\r\nATTENDEE:mailto:evil@x.example",
    "Title\nEND:VEVENT\nBEGIN:VALARM",
    'a\\nb; c, d: "e" ^n ^\' <script>',
    "נגישות \u202e רכבת 👩‍👩‍👧 " + "ẑ̴̙a̸l̴g̵o" * 40,
    "x\x85ATTACH:file:///etc/passwd\u2028y",
    "\x00\x1b\ud800title",
    "공유 모빌리티, 무엇이 통했나" * 9,
)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_words_stay_words(her, words):
    """Title, place, description and name: none begins a line, and no line is too long."""
    her.name = words
    told = event(title=words, description=words, location=words, url=f"https://x.example/{words}")
    raw = calendar_of(letter(told, her))
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in raw.replace(b"\r\n", b"")
    names = [line.split(b":")[0].split(b";")[0] for line in lines if not line.startswith(b" ")]
    assert names.count(b"ATTENDEE") == names.count(b"ORGANIZER") == names.count(b"SUMMARY") == 1
    assert not {b"VALARM", b"ATTACH"} & set(names)
    (one,), (two,) = by_icalendar(raw), by_ical_js(raw)
    assert one == two


def moments():
    """Around every change of 2026 and 2027, and in the hours that come twice or never."""
    for month in range(1, 13):
        for day in (1, 8, 14, 22, 25, 27, 28):
            for hour in (0, 1, 2, 9, 15, 23):
                yield datetime.datetime(2026, month, day, hour, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", ZONES)
def test_instants_are_the_same_for_both_readers_in_every_zone(settings, zone):
    settings.BASE_URL = "https://house.example"
    hour = datetime.timedelta(hours=1)
    told = [
        event(code=f"k{number}", zone=zone, starts_at=at, ends_at=at + hour)
        for number, at in enumerate(moments())
    ]
    at = datetime.datetime(2026, 1, 1, tzinfo=UTC)
    raw = calendar([*vtimezones(told), *(vevent(each, stamped_at=at) for each in told)])
    wanted = [f"{each.starts_at:%Y-%m-%dT%H:%M:%SZ}" for each in told]
    assert [each["start"] for each in by_ical_js(raw)] == wanted
    assert [each["start"] for each in by_icalendar(raw)] == wanted
    assert (b"BEGIN:VTIMEZONE" in raw) == (zone != "UTC")


def test_a_zone_that_nobody_knows_is_written_as_utc(her):
    raw = calendar_of(letter(event(zone="Mars/Olympus\r\nX"), her))
    assert b"DTSTART:20260312T143000Z" in raw
    assert b"VTIMEZONE" not in raw


def test_an_address_gets_no_letter_of_another_method(her):
    with pytest.raises(LookupError):
        letter(event(), her, method="PUBLISH")
