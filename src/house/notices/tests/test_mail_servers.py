"""The house between two real mail servers on loopback: one takes what it sends, ours takes what comes back."""

import datetime
import smtplib
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command

from house.ground.errors import Refused
from house.notices import calendars
from house.notices.calendars import CalendarEvent
from house.notices.intake import rounds, spooling
from house.notices.intake.server import Intake
from house.notices.invitations import attach
from house.notices.models import CalendarInvitation
from house.notices.tests.conftest import KeepsItsPort
from house.notices.tests.readers import by_icalendar

RESULTS = "mx.house.example; dmarc=pass header.from=aaa.example"


@pytest.fixture
def settled(settings):
    settings.BASE_URL = "https://house.example"
    settings.REPLY_ADDRESS = "reply@house.example"
    settings.INTAKE_AUTHSERV = "mx.house.example"


class OurIntake(KeepsItsPort, Intake):
    """As it listens, on a port that is free."""


def listen(**how):
    intake = OurIntake("127.0.0.1", 0, **how)
    intake.start()
    return intake


@pytest.fixture
def smtp(settled):
    intake = listen(lmtp=False)
    with smtplib.SMTP("127.0.0.1", intake.port, timeout=60) as client:
        yield client
    intake.stop()


@pytest.fixture
def lmtp(settled):
    intake = listen(lmtp=True)
    with smtplib.LMTP("127.0.0.1", intake.port) as client:
        yield client
    intake.stop()


def small(**facts):
    message = EmailMessage()
    message["From"], message["Subject"] = "her@aaa.example", "Re: bikes"
    message.set_content(facts.get("words", "We count by GPS."))
    return message


@pytest.mark.django_db
def test_an_invitation_goes_out_and_its_answer_comes_back(
    server, smtp, member, settings, monkeypatch
):
    """Sent by the house, read and accepted as a calendar does it, taken in, and heard by the room."""
    settings.DEFAULT_FROM_EMAIL = "Digital House <house@house.example>"
    member.person.email = "her@aaa.example"
    member.person.save()
    monkeypatch.setattr(calendars, "_answered", {})
    heard = []
    calendars.register_answers("test.event", lambda *told: heard.append(told) or "noted")
    at = datetime.datetime(2026, 12, 3, 14, tzinfo=datetime.UTC)
    event = CalendarEvent(
        "test.event", "kx7", 2, at, at + datetime.timedelta(hours=1), "Asia/Seoul", "Räder, Städte"
    )
    letter = EmailMultiAlternatives(
        "Räder", "Come.", to=["her@aaa.example"], headers={"X-House-Kind": "test"}
    )
    attach(letter, event, member.person, method="REQUEST")
    assert letter.send() == 1

    sent = message_from_bytes(server.messages[0].as_bytes(), policy=policy.default)
    (part,) = [each for each in sent.walk() if each.get_content_type() == "text/calendar"]
    ours = part.get_content()
    (told,) = by_icalendar(ours.encode())
    assert told["title"] == "Räder, Städte"
    reply = small()
    reply["Authentication-Results"], reply["To"] = (
        RESULTS,
        told["organizer"].removeprefix("mailto:"),
    )
    answer = (
        "BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"
        f"UID:{told['uid']}\r\nSEQUENCE:{told['sequence']}\r\nDTSTAMP:20261101T100000Z\r\n"
        f"ORGANIZER:{told['organizer']}\r\nATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;CN=her@aaa.exa\r\n mple:mailto:her@aaa.example\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    reply.add_alternative(
        answer.encode(), maintype="text", subtype="calendar", params={"method": "REPLY"}
    )
    smtp.sendmail(
        "her@aaa.example", [sent["From"].addresses[0].addr_spec], reply.as_bytes(policy=policy.SMTP)
    )

    assert rounds.go() == {"answered": 1}
    assert [(code, person, said, number) for code, person, said, number, _at in heard] == [
        ("kx7", member.person.pk, "ACCEPTED", 2)
    ]
    assert CalendarInvitation.objects.get().answer == "ACCEPTED"


def kept():
    return [spooling.load(path) for path in spooling.waiting()]


def test_a_mail_is_on_the_disk_as_it_came_before_it_is_accepted(smtp):
    raw = small(words="We count.\n.\n..dots\n").as_bytes(policy=policy.SMTP)
    smtp.sendmail("her@aaa.example", ["reply+abc@house.example", "Reply@House.example"], raw)
    (one,) = kept()
    assert one.raw == raw
    assert (one.sender, one.receivers) == (
        "her@aaa.example",
        ("reply+abc@house.example", "Reply@House.example"),
    )


def test_lmtp_says_for_each_receiver_what_became_of_it(lmtp):
    """Python's own client reads one answer only, so it is spoken by hand."""
    lmtp.ehlo()
    lmtp.mail("")
    codes = [lmtp.rcpt(f"{name}@house.example")[0] for name in ("reply+a", "nobody", "reply+b")]
    assert codes == [250, 550, 250]
    assert lmtp.docmd("DATA")[0] == 354
    lmtp.send(small().as_bytes(policy=policy.SMTP) + b".\r\n")
    assert [lmtp.getreply()[0], lmtp.getreply()[0]] == [250, 250]
    (one,) = kept()
    assert (one.sender, one.receivers) == ("", ("reply+a@house.example", "reply+b@house.example"))


@pytest.mark.parametrize(
    "address", ["house@house.example", "reply@evil.example", "replyx+a@house.example"]
)
def test_what_is_not_for_the_house_is_refused_at_the_door(smtp, address):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        smtp.sendmail("x@y.example", [address], b"x")
    assert refused.value.recipients[address][0] == 550


def test_hole_12_a_mail_that_is_too_large_is_refused_before_and_after_it_is_sent(smtp):
    smtp.ehlo()
    assert smtp.esmtp_features["size"] == str(spooling.MAX_BYTES)
    assert smtp.mail("x@y.example", [f"SIZE={spooling.MAX_BYTES + 1}"])[0] == 552
    smtp.rset()
    smtp.mail("x@y.example")
    smtp.rcpt("reply@house.example")
    assert smtp.data(b"x" * 70 + b"\r\n" + (b"y" * 998 + b"\r\n") * 26_300)[0] == 552
    assert kept() == []


def test_hole_12_who_sends_too_many_is_asked_to_come_later(smtp):
    codes = []
    smtp.ehlo()
    for _number in range(32):
        codes.append(smtp.mail("bomb@evil.example")[0])
        smtp.rset()
    assert codes == [250] * 30 + [450] * 2
    assert smtp.mail("other@y.example")[0] == 250


def test_where_the_disk_is_full_nobody_is_told_that_it_is_kept(smtp, monkeypatch):
    def full(*_facts, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spooling, "keep", full)
    with pytest.raises(smtplib.SMTPDataError) as refused:
        smtp.sendmail("x@y.example", ["reply@house.example"], b"x")
    assert refused.value.smtp_code == 451


@pytest.mark.parametrize(
    "line",
    [b"x" * 100_000, b"\xff\xfe\x00 nonsense", b"MAIL FROM:<" + b"a" * 3000 + b"@y>", b"BDAT 5"],
)
def test_nonsense_at_the_door_is_refused_and_the_next_mail_is_taken(settled, line):
    intake = listen(lmtp=False)
    with socket.create_connection(("127.0.0.1", intake.port), timeout=60) as raw:
        raw.recv(1000)
        raw.sendall(line + b"\r\n")
        assert raw.recv(1000)[:1] in {b"5", b"4", b""}
    with smtplib.SMTP("127.0.0.1", intake.port, timeout=60) as client:
        client.sendmail("x@y.example", ["reply@house.example"], b"x")
    intake.stop()
    assert len(kept()) == 1


def test_mails_from_a_pipe_files_and_a_maildir_are_kept(settled, tmp_path, capsys):
    place = tmp_path / "Maildir"
    for name in ("new", "cur", "tmp"):
        (place / name).mkdir(parents=True)
        (place / name / "1").write_bytes(small().as_bytes(policy=policy.SMTP))
    large = tmp_path / "large.eml"
    large.write_bytes(b"x" * (spooling.MAX_BYTES + 1))
    call_command("mail_in", str(place), "--move", "--to", "reply+a@house.example")
    assert "2 mails are kept" in capsys.readouterr().out
    assert [one.receivers for one in kept()] == [("reply+a@house.example",)] * 2
    assert not list((place / "new").iterdir())
    assert list((place / "tmp").iterdir())
    with pytest.raises(Exception, match=r"Larger than 25 MB"):
        call_command("mail_in", str(large))
    with pytest.raises(Exception, match=r"can't be read"):
        call_command("mail_in", str(tmp_path / "none"))
    assert issubclass(Refused, Exception)
