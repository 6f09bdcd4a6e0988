"""Answers by mail: what is posted, what machines write, what no shape of mail may do."""

import re

import pytest
from django.core import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from house.alex.models import Entry
from house.notices import answering
from house.notices.intake import rounds, spooling
from house.notices.models import HeldReply, Incoming, Mail
from house.notices.tests.mails_in import deliver, kept, told, written
from house.partners.viewing import viewer_for
from tests.factories import PersonFactory
from tests.spent import at_most

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("intake")]


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
    "punycode": b"From: her@aaa.example\nContent-Type: text/plain; charset=punycode-\n\na-" + b"a" * 1_000_000,
    "punycode in a name": b"From: her@aaa.example\nContent-Type: text/csv\nContent-Disposition: attachment; filename*=punycode''a-" + b"a" * 1_000_000 + b"\n\nx",
}  # fmt: skip


@pytest.mark.parametrize("raw", BOMBS.values(), ids=list(BOMBS))
def test_hole_12_no_shape_of_mail_brings_the_intake_down(db, raw):
    with at_most(15):
        told_words = deliver(raw)
    assert "failed" not in told_words
    assert kept("new") == 0
    assert kept("refused") + kept("held") == 1 or Incoming.objects.get().state in {
        "ignored",
        "bounce",
    }


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
