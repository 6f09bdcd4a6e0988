import io
import sys

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from house.notices.bounces import bounces_in, take_in
from house.notices.models import Mail, Suppression

pytestmark = pytest.mark.django_db

REPORT = """From: MAILER-DAEMON@mx.example
To: house@house.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver your message.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} No such user here

--b
Content-Type: {copy}

From: house@house.example
Subject: Is it still true?
Message-ID: <{message_id}>
{body}
--b--
"""


@pytest.fixture
def mail():
    return Mail.objects.create(message_id="abc@house.example", to="her@example.org", kind="x")


def report(
    to="her@example.org",
    action="failed",
    status="5.1.1",
    message_id="abc@house.example",
    copy="message/rfc822",
):
    body = "\nHello\n" if copy == "message/rfc822" else ""
    return REPORT.format(
        to=to, action=action, status=status, message_id=message_id, copy=copy, body=body
    ).encode()


@pytest.mark.parametrize("copy", ["message/rfc822", "text/rfc822-headers"])
def test_a_hard_bounce_marks_the_mail_and_stops_the_address(mail, copy):
    assert take_in(report(to="HER@example.org", copy=copy)) == (1, 0)
    mail.refresh_from_db()
    assert (mail.state, mail.error) == ("bounced", "5.1.1 550 5.1.1 No such user here")
    assert Suppression.objects.get().address == "her@example.org"


def test_reading_a_report_twice_changes_nothing(mail):
    take_in(report())
    since = Suppression.objects.get().since
    take_in(report())
    assert Suppression.objects.get().since == since


@pytest.mark.parametrize("status", ["4.4.7", "5.2.2"])
def test_a_full_mailbox_or_a_long_delay_stops_nothing(mail, status):
    take_in(report(status=status))
    mail.refresh_from_db()
    assert mail.state == "bounced"
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_what_did_not_fail_changes_nothing(mail, action):
    assert take_in(report(action=action)) == (0, 0)
    mail.refresh_from_db()
    assert mail.state == "sent"


@pytest.mark.parametrize(
    "forged",
    [
        report(message_id="guessed@house.example"),
        report(to="another@example.org"),
        report().replace(b"Message-ID", b"X-Else"),
        b"Subject: hello\n\nher@example.org does not exist",
        report()[:300],
        b"",
    ],
)
def test_nobody_is_suppressed_by_a_report_that_does_not_know_the_mail(mail, forged):
    assert take_in(forged)[0] == 0
    assert not Suppression.objects.exists()


@given(
    raw=st.binary(max_size=400)
    | st.binary(max_size=60).map(lambda noise: report().replace(b"rfc822; ", noise))
)
def test_whatever_comes_is_read_without_falling_over(raw):
    list(bounces_in(raw))


def test_the_command_reads_files_folders_and_standard_input(mail, tmp_path, monkeypatch):
    (tmp_path / "one.eml").write_bytes(report())
    (tmp_path / "two.eml").write_bytes(report(message_id="other@house.example"))
    out = io.StringIO()
    call_command("bounces", str(tmp_path), stdout=out)
    assert out.getvalue() == "1 mails came back; 1 reports are of no mail of ours.\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(report())))
    call_command("bounces", stdout=out)
    assert Mail.objects.get().state == "bounced"


def test_a_real_answer_of_a_mail_server_is_read_back(server):
    """Sent through the house, then given back with the Message-ID that the house gave it."""
    EmailMessage("Hello", "Body", to=["her@example.org"], headers={"X-House-Kind": "x"}).send()
    sent = server.messages[0]["Message-ID"].strip("<>")
    assert take_in(report(message_id=sent)) == (1, 0)
    assert Mail.objects.get().state == "bounced"
