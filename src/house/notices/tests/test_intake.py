"""What becomes of mails that come in. The room is one of the test's own: its things are entries of ALEX."""

import datetime
import re
from email.message import EmailMessage

import pytest
from django.core import mail
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from house.alex.models import Entry
from house.ground.errors import Refused
from house.notices import answering, calendars, delivery, reply_to
from house.notices.calendars import CalendarEvent
from house.notices.intake import rounds, spooling
from house.notices.invitations import attach
from house.notices.models import CalendarInvitation, HeldReply, Incoming, Mail, ReplyAddress
from house.partners.viewing import viewer_for
from tests.factories import EntryFactory, PersonFactory

pytestmark = pytest.mark.django_db
PROVEN = "mx.house.example; dmarc=pass header.from=aaa.example; dkim=pass header.d=aaa.example"
QUOTE = "\n\nOn Mon, 3 Mar 2025 at 10:12, Digital House <reply@house.example> wrote:\n\n> How do you count?\n> You get this because you follow it.\n"


@pytest.fixture(autouse=True)
def intake(settings):
    settings.BASE_URL = "https://house.example"
    settings.DEFAULT_FROM_EMAIL = "Digital House <house@house.example>"
    settings.REPLY_ADDRESS = "reply@house.example"
    settings.INTAKE_AUTHSERV = "mx.house.example"
    settings.MAIL_CARRIER = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def her(member):
    member.person.email = "her@aaa.example"
    member.person.save()
    return member.person


@pytest.fixture
def thing(monkeypatch):
    """Something that can be answered by mail; `answers` is what was posted."""
    entry = EntryFactory(audience="alliance")
    entry.answers = []

    def answer(found, viewer, reply):
        if "forbidden" in reply.text:
            raise Refused("The thread is closed.", remedy="Ask a new question.")
        if "crash" in reply.text:
            raise RuntimeError("boom")
        entry.answers.append(
            (viewer.person_id, reply.text, [(each.name, each.read()) for each in reply.files])
        )
        return "/topics/bike-sharing/"

    monkeypatch.setattr(answering, "_doors", {})
    answering.register(answering.Door("test.topic", Entry, answer))
    return entry


def written(
    her, thing, words="We count by GPS." + QUOTE, *, proven=PROVEN, to=None, sender=None, **headers
):
    message = EmailMessage()
    if proven:
        message["Authentication-Results"] = proven
    message["From"] = sender or f"Ana Sá <{her.email}>"
    message["To"] = to or reply_to.address_for(her, "test.topic", thing.pk)
    message["Subject"] = headers.pop("subject", "Re: How do you count shared bikes?")
    message["Message-ID"] = headers.pop("message_id", f"<{timezone.now().timestamp()}@aaa.example>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(words)
    return message


def deliver(message, *, receivers=(), sender="her@aaa.example"):
    raw = message if isinstance(message, bytes) else message.as_bytes()
    spooling.keep(raw, receivers=receivers, sender=sender)
    with TestCase.captureOnCommitCallbacks(execute=True):
        done = rounds.go()
    delivery.deliver()
    return done


def told():
    return [(each.to, each.subject) for each in mail.outbox]


def kept(place):
    return len(list(spooling.folder(place).iterdir()))


# -- Posted --------------------------------------------------------------------------------------


def test_an_answer_by_mail_is_posted_without_its_quote(her, thing):
    assert deliver(written(her, thing)) == {"posted": 1}
    assert thing.answers == [(her.pk, "We count by GPS.", [])]
    assert Incoming.objects.values_list("state", "why", "person").get() == (
        "posted",
        "/topics/bike-sharing/",
        her.pk,
    )
    assert told() == []
    assert kept("new") == kept("held") == kept("refused") == 0


def test_the_same_mail_delivered_twice_is_posted_once(her, thing):
    message = written(her, thing)
    assert deliver(message) == {"posted": 1}
    message["Received"] = "by another way"
    assert deliver(message) == {"again": 1}
    assert len(thing.answers) == 1


def test_a_worker_that_is_killed_before_its_end_begins_again(her, thing, monkeypatch):
    spooling.keep(written(her, thing).as_bytes())

    def killed(*_facts, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(Incoming, "save", killed)
    with pytest.raises(KeyboardInterrupt):
        rounds.go()
    monkeypatch.undo()
    answering.register(answering.Door("test.topic", Entry, lambda *_facts: "/x/"))
    assert rounds.go() == {"posted": 1}
    assert kept("new") == 0


def test_files_go_along_within_bounds(her, thing):
    message = written(her, thing)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="../plan.pdf")
    for number in range(11):
        message.add_attachment(b"x", maintype="text", subtype="csv", filename=f"{number}.csv")
    message.add_attachment(
        b"tnef", maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    assert deliver(message) == {"posted": 1}
    files = thing.answers[0][2]
    assert files[0] == (".._plan.pdf", b"%PDF")
    assert len(files) == 10
    (said,) = mail.outbox
    assert said.to == [her.email]
    assert "9.csv, 10.csv, winmail.dat" in said.body


def test_a_page_without_text_is_read(her, thing):
    message = written(her, thing)
    message.clear_content()
    message.set_content(
        "<p>We count by GPS.</p><script>x</script><div>On 3 March, Digital House wrote:</div><blockquote>You get this because</blockquote>",
        subtype="html",
    )
    assert deliver(message) == {"posted": 1}
    assert thing.answers[0][1] == "We count by GPS."


# -- Senders -------------------------------------------------------------------------------------


UNPROVEN = [
    "", "mx.house.example; none", "mx.house.example; dkim=none; spf=neutral", "mx.evil.example; dmarc=pass header.from=aaa.example",
    "mx.house.example; dkim=pass header.d=evil.example", "mx.house.example; spf=pass smtp.mailfrom=x@notaaa.example",
    "mx.house.example; dkim=pass (header.d=aaa.example) header.d=evil.example", "mx.house.example; dmarc=pass header.from=evil.example",
    "mx.house.example.evil.example; dmarc=pass header.from=aaa.example", 'mx.house.example; x="dmarc=pass header.from=aaa.example"',
]  # fmt: skip


@pytest.mark.parametrize("results", UNPROVEN)
def test_hole_8_without_proof_of_the_sender_nothing_is_posted_but_she_may_do_it(
    her, thing, results
):
    assert deliver(written(her, thing, proven=results)) == {"held": 1}
    assert thing.answers == []
    held = HeldReply.objects.get()
    assert (held.person, held.why, held.text) == (her, "unproven", "We count by GPS.")
    assert "> How do you count?" in held.original
    (said,) = mail.outbox
    assert said.to == [her.email]
    assert f"/notices/replies/{held.code}/" in said.body


@pytest.mark.parametrize(
    "results",
    [
        PROVEN, "MX.house.example 1; dmarc=pass (p=reject) header.from=aaa.example",
        "mx.house.example; dkim=fail header.d=list.example; dkim=pass header.i=@mail.aaa.example",
        "mx.house.example; spf=pass smtp.mailfrom=her@aaa.example",
    ],
)  # fmt: skip
def test_what_our_own_server_has_proven_counts(her, thing, results):
    assert deliver(written(her, thing, proven=results)) == {"posted": 1}


@pytest.mark.parametrize(
    "results", ["mx.house.example; dmarc=fail header.from=aaa.example; dkim=pass header.d=aaa.example",
                "mx.house.example; dkim=fail header.d=aaa.example; spf=fail smtp.mailfrom=aaa.example"]
)  # fmt: skip
def test_hole_8_a_forged_sender_is_refused_and_she_hears_of_it_once_a_day(her, thing, results):
    for _time in range(3):
        assert deliver(written(her, thing, proven=results)) == {"refused": 1}
    assert not HeldReply.objects.exists()
    assert told() == [(["her@aaa.example"], "A mail in your name was refused")]
    assert kept("refused") == 3


def test_hole_8_a_result_below_another_servers_lines_is_not_ours(her, thing):
    raw = written(her, thing, proven="").as_bytes()
    forged = (
        b"Received: from evil by mx.house.example\nReceived: from x by evil\nAuthentication-Results: "
        + PROVEN.encode()
    )
    assert deliver(forged + b"\n" + raw) == {"held": 1}


def test_hole_8_the_first_word_of_our_server_counts(her, thing):
    raw = written(her, thing).as_bytes()
    first = b"Authentication-Results: mx.house.example; dmarc=fail header.from=aaa.example\n"
    assert deliver(first + raw) == {"refused": 1}


def test_hole_8_another_person_can_not_answer_at_her_address(her, neighbour, thing):
    """Also when that person is proven: the mail was passed on."""
    address = reply_to.address_for(her, "test.topic", thing.pk)
    for who in (neighbour.person.email, "stranger@evil.example"):
        domain = who.rpartition("@")[2]
        message = written(
            her,
            thing,
            sender=who,
            to=address,
            proven=f"mx.house.example; dmarc=pass header.from={domain}",
        )
        assert deliver(message) == {"refused": 1}
    assert thing.answers == []
    assert not HeldReply.objects.exists()
    assert {address for each in mail.outbox for address in each.to} == {her.email}


@pytest.mark.parametrize(
    "sender",
    [
        "her@aaa.example, evil@evil.example",
        "evil@evil.example",
        '"her@aaa.example" <evil@evil.example>',
    ],
)
def test_hole_8_tricks_with_names_do_not_make_a_sender(her, thing, sender):
    assert deliver(written(her, thing, sender=sender)) == {"refused": 1}
    assert thing.answers == []


def test_two_from_headers_are_no_mail_of_anybody(her, thing):
    raw = b"From: her@aaa.example\n" + written(her, thing, sender="evil@evil.example").as_bytes()
    assert deliver(raw) == {"refused": 1}


def test_nobody_fills_her_list_who_knows_only_her_address(her, thing):
    message = written(her, thing, proven="", to="reply@house.example")
    assert deliver(message) == {"refused": 1}
    assert not HeldReply.objects.exists()


def test_a_proven_mail_that_answers_nothing_is_kept_for_her(her, thing):
    assert deliver(written(her, thing, to="reply@house.example")) == {"held": 1}
    assert HeldReply.objects.get().why == "nothing"


# -- Loops, machines, bounces --------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"}, {"Auto_Submitted": "auto-generated; x"}, {"Precedence": "bulk"}, {"List_Id": "<x.y>"},
        {"X_Auto_Response_Suppress": "All"}, {"X_Autoreply": "yes"}, {"Return_Path": "<>"}, {"subject": "Automatic reply: How do you count?"},
        {"subject": "Abwesenheitsnotiz: bin im Urlaub"}, {"subject": "자동 회신: 부재중"},
    ],
)  # fmt: skip
def test_what_a_machine_wrote_is_neither_posted_nor_answered(her, thing, headers):
    assert deliver(written(her, thing, **headers)) == {"ignored": 1}
    assert thing.answers == []
    assert told() == []


def test_an_empty_envelope_sender_is_a_machine(her, thing):
    assert deliver(written(her, thing), sender="") == {"ignored": 1}


def test_the_houses_own_mail_that_comes_back_is_no_answer(her, thing):
    Mail.objects.create(message_id="1@house.example", to=her.email)
    assert deliver(written(her, thing, message_id="<1@house.example>")) == {"ignored": 1}
    assert deliver(written(her, thing, sender="house@house.example", proven="")) == {"ignored": 1}


def test_a_report_that_came_to_the_intake_is_a_bounce(her, thing):
    row = Mail.objects.create(message_id="2@house.example", to=her.email)
    raw = (
        b"From: MAILER-DAEMON@mx.aaa.example\nTo: reply@house.example\nSubject: Undelivered\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n--b\n\nSorry.\n--b\n'
        b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; her@aaa.example\n"
        b"Action: failed\nStatus: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <2@house.example>\n\n--b--\n"
    )
    assert deliver(raw, sender="") == {"bounce": 1}
    row.refresh_from_db()
    assert row.state == "bounced"


def test_hole_12_very_many_mails_of_one_person_wait(her, thing):
    for number in range(14):
        deliver(written(her, thing, f"Answer {number}"))
    assert len(thing.answers) == 12
    assert {held.why for held in HeldReply.objects.all()} == {"many"}
    assert len(mail.outbox) == 2


# -- Held ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "why"),
    [("Answers in red below.\n\n-----Original Message-----\nFrom: Digital House\n", "unsure"), (QUOTE, "empty"), ("forbidden", "refused")],
)  # fmt: skip
def test_in_doubt_all_that_came_is_kept_and_she_is_told(her, thing, words, why):
    assert deliver(written(her, thing, words)) == {"held": 1}
    held = HeldReply.objects.get()
    assert held.why == why
    assert held.original.split() == words.split()
    assert len(mail.outbox) == 1
    assert kept("held") == 1


def test_an_address_that_is_out_of_date_keeps_the_answer_for_her(her, thing):
    message = written(her, thing)
    ReplyAddress.objects.update(expires_at=timezone.now() - datetime.timedelta(days=1))
    assert deliver(message) == {"held": 1}
    assert HeldReply.objects.get().why == "expired"


def test_who_may_not_read_inside_any_more_posts_nothing(member, her, thing):
    message = written(her, thing)
    member.seat.delete()
    assert deliver(message) == {"held": 1}
    her.is_active = False
    her.save()
    assert deliver(written(her, thing)) == {"refused": 1}
    assert thing.answers == []


def test_a_thing_that_is_gone_keeps_the_answer(her, thing):
    message = written(her, thing, to=reply_to.address_for(her, "test.topic", 999_999))
    assert deliver(message) == {"held": 1}
    assert HeldReply.objects.get().why == "gone"


def test_she_posts_what_was_held_by_her_own_press_once_and_with_its_files(
    her, thing, client_factory
):
    message = written(her, thing, proven="")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf")
    deliver(message)
    held = HeldReply.objects.get()
    browser = client_factory(her)
    page = browser.get(reverse("notices:reply", args=[held.code]))
    assert page.status_code == 200
    assert thing.answers == []  # opening does nothing
    assert browser.post(reverse("notices:reply", args=[held.code]), {"text": ""}).status_code == 422
    for _time in range(2):
        response = browser.post(
            reverse("notices:reply", args=[held.code]), {"text": "We count by GPS, twice."}
        )
        assert response.headers["Location"] == "/topics/bike-sharing/"
    assert thing.answers == [(her.pk, "We count by GPS, twice.", [("plan.pdf", b"%PDF")])]
    held.refresh_from_db()
    assert (held.text, held.original, held.file) == ("", "", "")


def test_a_refusal_of_the_room_keeps_what_she_typed(her, thing, client_factory):
    deliver(written(her, thing, proven=""))
    held = HeldReply.objects.get()
    response = client_factory(her).post(
        reverse("notices:reply", args=[held.code]), {"text": "forbidden words"}
    )
    assert response.status_code == 422
    assert "forbidden words" in response.content.decode()
    assert "The thread is closed." in response.content.decode()


def test_nobody_else_reads_posts_or_throws_away_what_is_held(
    her, neighbour, thing, client_factory, office
):
    deliver(written(her, thing, proven=""))
    held = HeldReply.objects.get()
    for person in (neighbour.person, office):
        browser = client_factory(person)
        assert browser.get(reverse("notices:reply", args=[held.code])).status_code == 404
        assert (
            browser.post(reverse("notices:reply", args=[held.code]), {"text": "x"}).status_code
            == 404
        )
        assert browser.post(reverse("notices:reply_discard", args=[held.code])).status_code == 404
        assert "We count" not in browser.get(reverse("notices:replies")).content.decode()
    client_factory(her).post(reverse("notices:reply_discard", args=[held.code]))
    assert not HeldReply.objects.exists()


def test_markup_in_a_mail_stays_words(her, thing, client_factory):
    evil = "<script>alert(1)</script> <img src=x onerror=alert(1)>"
    deliver(written(her, thing, evil, proven="", subject="Re: <script>alert(2)</script>"))
    held = HeldReply.objects.get()
    page = client_factory(her).get(reverse("notices:reply", args=[held.code])).content.decode()
    assert "<script>alert" not in page
    assert "onerror=alert(1)&gt;" in page
    assert "<script>" not in str(mail.outbox[0].alternatives[0][0])


# -- Shapes --------------------------------------------------------------------------------------


def nested(depth):
    head = b"From: her@aaa.example\nTo: reply+x@house.example\nMIME-Version: 1.0\n"
    body = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth)
    )
    return head + body + b"Content-Type: text/plain\n\nhello\n"


BOMBS = {
    "nested": nested(5000), "nested a little": nested(100), "parts": nested(1) + b"--b0\n\nx\n" * 50_000, "no bytes": b"",
    "nonsense": bytes(range(256)) * 200, "headers": b"X-A: b\n" * 200_000, "a charset": b'From: her@aaa.example\nContent-Type: text/plain; charset="\x00\xff"\n\nx',
    "base64": b"From: her@aaa.example\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + b"!" * 3_000_000,
    "a name": b"From: =?utf-8?b?" + b"A" * 100_000 + b"?= <her@aaa.example>\n\nx",
    "from": b"From: " + b"a@b.c, " * 50_000 + b"\n\nx", "rfc822": b"From: her@aaa.example\n" + b"Content-Type: message/rfc822\n\n" * 5000,
    "utf-7": b"From: her@aaa.example\nContent-Type: text/plain; charset=utf-7\n\n+ADw-script+AD4-",
    "idna": b"From: her@aaa.example\nContent-Type: text/plain; charset=idna\n\n" + b"x" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("raw", BOMBS.values(), ids=list(BOMBS))
def test_hole_12_no_shape_of_mail_brings_the_intake_down(db, raw):
    begun = timezone.now()
    told_words = deliver(raw)
    assert "failed" not in told_words
    assert kept("new") == 0
    assert kept("refused") + kept("held") == 1 or Incoming.objects.get().state in {
        "ignored",
        "bounce",
    }
    assert (timezone.now() - begun).total_seconds() < 15


PIECES = st.sampled_from(
    [b"From: her@aaa.example\n", b"To: reply+a@house.example\n", b"Content-Type: multipart/mixed; boundary=b\n", b"\n", b"--b\n", b"--b--\n",
     b"Content-Type: text/calendar; method=REPLY\n", b"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nATTENDEE:mailto:her@aaa.example\n",
     b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: quoted-printable\n", b"=?utf-8?q?=FF?=", b"\xff\xfe", b"\x00", b"; charset=x",
     b"Content-Disposition: attachment; filename*=utf-8''%FF\n", b"Content-ID: <a>\n", b"Message-ID: <", b"Authentication-Results: ;;=\n", b"Received:\n"]
)  # fmt: skip


@settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=30).map(b"".join)))
def test_nothing_that_comes_in_is_lost_or_raises(db, raw):
    before = kept("refused")
    told_words = deliver(raw)
    assert set(told_words) <= {"refused", "ignored", "bounce", "again"}
    assert kept("new") == 0
    assert kept("refused") - before == told_words.get("refused", 0)


def test_an_error_of_the_house_leaves_the_mail_and_after_some_tries_puts_it_aside(
    her, thing, caplog
):
    spooling.keep(written(her, thing, "crash").as_bytes())
    for _round in range(4):
        assert rounds.go() == {"failed": 1}
        assert kept("new") == 1
    assert rounds.go() == {"failed": 1}
    assert (kept("new"), kept("refused")) == (0, 1)
    assert not Incoming.objects.exists()


# -- Answers to invitations ----------------------------------------------------------------------


@pytest.fixture
def event(monkeypatch, her):
    """An invitation that went to her; `.heard` is what the room was told."""
    monkeypatch.setattr(calendars, "_answered", {})
    heard = []

    def answered(code, person_id, answer, sequence, at):
        heard.append((code, person_id, answer, sequence))
        return "noted"

    calendars.register_answers("test.event", answered)
    at = datetime.datetime(2026, 12, 3, 14, tzinfo=datetime.UTC)
    made = CalendarEvent(
        "test.event", "kx7bq2", 0, at, at + datetime.timedelta(hours=1), "Asia/Seoul", "Talk"
    )
    return type(
        "Sent", (), {"event": made, "heard": heard, "uid": "test.event-kx7bq2@house.example"}
    )


def invite(event, her, sequence=0, method="REQUEST"):
    from dataclasses import replace

    from django.core.mail import EmailMultiAlternatives

    attach(
        EmailMultiAlternatives("x", "x"),
        replace(event.event, sequence=sequence),
        her,
        method=method,
    )


def answer(
    event,
    her,
    partstat="ACCEPTED",
    *,
    sequence=0,
    minute=0,
    attendee=None,
    method="REPLY",
    uid=None,
    **facts,
):
    stamp = f"20261120T10{minute:02}00Z"
    ics = (
        f"BEGIN:VCALENDAR\r\nPRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN\r\nVERSION:2.0\r\nMETHOD:{method}\r\n"
        f'BEGIN:VEVENT\r\nATTENDEE;CN="Ana: Sá";PARTSTAT={partstat}:MAILTO:{attendee or her.email}\r\nUID:{uid or event.uid}\r\n'
        f"SEQUENCE:{sequence}\r\nDTSTAMP:{stamp}\r\nCOMMENT;LANGUAGE=en:See you\\, all\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    message = EmailMessage()
    message["Authentication-Results"] = facts.get("proven", PROVEN)
    message["From"], message["To"], message["Subject"] = (
        her.email,
        "reply@house.example",
        "Accepted: Talk",
    )
    message["Message-ID"] = f"<{partstat}{sequence}{minute}{method}@aaa.example>"
    if facts.get("automatic"):
        message["Auto-Submitted"] = "auto-generated"
    message.set_content("Ana has accepted")
    message.add_alternative(
        ics.encode(), maintype="text", subtype="calendar", params={"method": method}
    )
    return deliver(message)


def test_accepting_by_mail_reaches_the_room(her, event):
    invite(event, her)
    assert answer(event, her) == {"answered": 1}
    assert event.heard == [("kx7bq2", her.pk, "ACCEPTED", 0)]
    assert CalendarInvitation.objects.values_list("answer", flat=True).get() == "ACCEPTED"
    assert told() == []


def test_calendars_that_answer_by_themselves_count_too(her, event):
    """Google's answers are marked as written by a machine; somebody pressed "Yes" all the same."""
    invite(event, her)
    assert answer(event, her, "DECLINED", automatic=True) == {"answered": 1}
    assert event.heard == [("kx7bq2", her.pk, "DECLINED", 0)]


def test_only_the_latest_answer_counts_in_whatever_order_they_come(her, event):
    invite(event, her)
    for partstat, minute in (("ACCEPTED", 5), ("DECLINED", 3), ("TENTATIVE", 5), ("DECLINED", 9)):
        answer(event, her, partstat, minute=minute)
    assert [heard[2] for heard in event.heard] == ["ACCEPTED", "DECLINED"]


def test_an_answer_to_an_earlier_time_is_not_one_to_the_new(her, event):
    invite(event, her)
    invite(event, her, sequence=1)
    answer(event, her, sequence=0)
    assert event.heard == []
    answer(event, her, sequence=1, minute=1)
    assert event.heard == [("kx7bq2", her.pk, "ACCEPTED", 1)]


def test_the_room_hears_its_own_number_also_where_the_mails_were_ahead(her, event):
    for method in ("REQUEST", "CANCEL", "REQUEST"):
        invite(event, her, method=method)
    answer(event, her, sequence=2)
    assert event.heard == [("kx7bq2", her.pk, "ACCEPTED", 0)]
    invite(event, her, method="CANCEL")
    answer(event, her, "DECLINED", sequence=3, minute=9)
    assert len(event.heard) == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"attendee": "boss@aaa.example"}, {"uid": "test.event-other@house.example"}, {"uid": "test.event-kx7bq2@evil.example"},
        {"method": "PUBLISH"}, {"method": "REQUEST"}, {"partstat": "NEEDS-ACTION"}, {"partstat": "HACKED"},
    ],
)  # fmt: skip
def test_hole_8_what_is_no_answer_of_hers_to_ours_changes_nothing(her, event, facts):
    invite(event, her)
    answer(event, her, **facts)
    assert event.heard == []


def test_another_persons_invitation_is_not_answered(her, neighbour, event):
    invite(event, neighbour.person)
    answer(event, her)
    assert event.heard == []


@pytest.mark.parametrize("facts", [{"method": "COUNTER"}, {"partstat": "DELEGATED"}])
def test_what_the_house_can_not_do_is_explained(her, event, facts):
    invite(event, her)
    answer(event, her, **facts)
    assert event.heard == []
    assert told() == [([her.email], "Your calendar's answer was not applied")]


def test_an_unproven_answer_is_confirmed_by_her_own_press(her, event, client_factory):
    invite(event, her)
    assert answer(event, her, proven="mx.house.example; none") == {"held": 1}
    assert event.heard == []
    held = HeldReply.objects.get()
    browser = client_factory(her)
    assert "I come" in browser.get(reverse("notices:reply", args=[held.code])).content.decode()
    assert event.heard == []
    for _time in range(2):
        browser.post(reverse("notices:reply", args=[held.code]))
    assert event.heard == [("kx7bq2", her.pk, "ACCEPTED", 0)]


def test_erasing_her_leaves_no_mail_of_hers(her, thing, django_capture_on_commit_callbacks):
    from house.notices.privacy_intake import _erase

    deliver(written(her, thing, proven=""))
    deliver(written(her, thing, proven="mx.house.example; dmarc=fail"))
    spooling.keep(written(her, thing).as_bytes())
    with django_capture_on_commit_callbacks(execute=True):
        _erase(her)
    assert kept("new") == kept("held") == kept("refused") == 0
    assert not HeldReply.objects.exists()
    assert not re.search("her@", str(list(Incoming.objects.values())))


def test_viewers_are_made_anew_for_each_mail(her, thing):
    deliver(written(her, thing))
    assert thing.answers[0][0] == viewer_for(her).person_id
    assert PersonFactory().pk != her.pk
