import re
import smtplib
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from house.notices import tasks
from house.notices.models import Mail, Suppression
from house.notices.transport import KIND, TAKES
from house.partners.models import Partnership
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
HEADERS = {KIND: "alex.freshness"}


def letter(to="her@example.org", subject="Is it still true?", **headers):
    return EmailMessage(
        subject, "A body that nobody keeps.", to=[to], headers={**HEADERS, **headers}
    )


def rows():
    return list(Mail.objects.order_by("pk").values_list("to", "kind", "subject", "state", "tries"))


def again(settings):
    """What the worker does with the one waiting try."""
    (path,) = spooled(settings)
    tasks.send_again.func(path.name)


def spooled(settings):
    return list(Path(settings.SPOOL_ROOT).glob("*"))


def test_a_taken_mail_leaves_one_row_without_its_body(server):
    person = PersonFactory(email="her@example.org")
    assert letter("Her@example.org").send() == 1
    assert rows() == [("her@example.org", "alex.freshness", "Is it still true?", "sent", 1)]
    mail = Mail.objects.get()
    assert mail.person_id == person.pk
    assert server.messages[0]["Message-ID"] == f"<{mail.message_id}>"
    assert mail.message_id.endswith("@house.example")
    assert not [name for name in server.messages[0] if name.startswith("X-House")]
    columns = [field.name for field in Mail._meta.fields]
    assert "body" not in columns
    assert "nobody keeps" not in str(list(Mail.objects.values()))


def test_a_temporary_refusal_is_tried_once_more_and_then_sent(server, settings):
    server.answers = ["451 Greylisted, come back later"]
    assert letter().send() == 1
    assert rows()[0][3:] == ("waiting", 1)
    assert server.messages == []
    assert [path.stat().st_mode & 0o777 for path in spooled(settings)] == [0o600]
    again(settings)
    assert rows()[0][3:] == ("sent", 2)
    assert [message["Subject"] for message in server.messages] == ["Is it still true?"]
    assert server.messages[0]["Message-ID"] == f"<{Mail.objects.get().message_id}>"
    assert spooled(settings) == []


def test_a_repeated_retry_sends_nothing_twice(server, settings):
    server.answers = ["451 later"]
    letter().send()
    (path,) = spooled(settings)
    tasks.send_again.func(path.name)
    tasks.send_again.func(path.name)
    assert len(server.messages) == 1


def test_after_a_second_refusal_it_is_told_and_not_tried_for_ever(
    server, settings, django_capture_on_commit_callbacks
):
    server.answers = ["451 later", "451 still later"]
    with django_capture_on_commit_callbacks(execute=True):
        letter().send()
    (task,) = DBTaskResult.objects.all()
    assert task.args_kwargs["args"] == [path.name for path in spooled(settings)]
    assert task.run_after > timezone.now()
    again(settings)
    assert rows()[0][3:] == ("refused", 2)
    assert "still later" in Mail.objects.get().error
    assert DBTaskResult.objects.count() == 1


def test_a_dropped_connection_loses_nothing(server, settings):
    server.answers = ["drop"]
    letter().send()
    assert rows()[0][3] == "waiting"
    again(settings)
    assert rows()[0][3] == "sent"


def test_a_server_that_is_away_loses_nothing(server, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    letter().send()
    assert rows()[0][3] == "waiting"
    settings.EMAIL_PORT = port
    again(settings)
    assert rows()[0][3] == "sent"


def test_an_address_that_does_not_exist_gets_nothing_more(server, settings):
    server.answers = ["550 5.1.1 No such user"]
    assert letter().send() == 0
    assert letter("HER@example.org", subject="A second").send() == 0
    assert [row[3] for row in rows()] == ["refused", "withheld"]
    assert Suppression.objects.get().address == "her@example.org"
    assert server.messages == []
    assert spooled(settings) == []


def test_one_refused_mail_does_not_stop_the_next_of_a_batch(server):
    from django.core.mail import get_connection

    server.answers = ["drop"]
    assert get_connection().send_messages([letter("a@example.org"), letter("b@example.org")]) == 2
    assert [row[3] for row in rows()] == ["waiting", "sent"]


# -- Secrets -------------------------------------------------------------------------------------


def everything_kept(settings):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_mail")
        kept = str(cursor.fetchall())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {DBTaskResult._meta.db_table}")
        kept += str(cursor.fetchall())
    return kept + "".join(path.read_text() for path in spooled(settings))


@pytest.mark.parametrize("answer", ["250 OK", "451 later", "550 no"])
def test_a_sign_in_code_is_never_stored_however_the_mail_went(server, settings, client, answer):
    person = PersonFactory(email="her@example.org")
    server.answers = [answer]
    try:
        client.post(reverse("account_login"), {"email": person.email, "login": person.email})
        client.post(reverse("account_request_login_code"), {"email": person.email})
    except smtplib.SMTPException:
        server.answers = []
        client.post(reverse("account_request_login_code"), {"email": person.email})
    assert server.messages
    bodies = "".join(
        str(part.get_payload()) for message in server.messages for part in message.walk()
    )
    codes = re.findall(r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b", bodies)
    assert codes
    kept = everything_kept(settings)
    assert "her@example.org" in kept
    assert [code for code in codes if code in kept] == []
    assert set(Mail.objects.values_list("subject", flat=True)) == {""}


def test_a_mail_without_kind_fails_at_once_to_who_waits_for_it(server, settings):
    server.answers = ["451 later"]
    with pytest.raises(smtplib.SMTPException):
        EmailMessage("Your code is ABCD-EFGH", "ABCD-EFGH", to=["her@example.org"]).send()
    assert rows() == [("her@example.org", "", "", "refused", 1)]
    assert "ABCD" not in everything_kept(settings)


def test_an_old_bounce_locks_nobody_out_of_signing_in(server):
    Suppression.objects.create(address="her@example.org")
    EmailMessage("Your code", "ABCD-EFGH", to=["her@example.org"]).send()
    assert len(server.messages) == 1


# -- Rights at the moment of sending (hole 16) -----------------------------------------------------


def test_hole_16_who_lost_the_right_gets_nothing(server, member):
    needs = {TAKES: "alex.read"}
    assert letter(member.person.email, **needs).send() == 1
    Partnership.objects.update(starts_on="2010-01-01", ends_on="2011-01-01", last_day="2011-02-01")
    assert letter(member.person.email, subject="Only for members", **needs).send() == 0
    assert [message["Subject"] for message in server.messages] == ["Is it still true?"]
    assert [row[3] for row in rows()] == ["sent", "withheld"]


def test_hole_16_a_right_lost_before_the_second_try_withholds_it(server, member, settings):
    server.answers = ["451 later"]
    letter(member.person.email, **{TAKES: "alex.read"}).send()
    member.person.is_active = False
    member.person.save()
    again(settings)
    assert server.messages == []
    assert rows()[0][3] == "withheld"


def test_hole_16_a_stranger_is_no_receiver_of_what_takes_a_right(server):
    assert letter("stranger@example.org", **{TAKES: "alex.read"}).send() == 0
    assert server.messages == []


def test_rows_are_forgotten_after_ninety_days(server):
    letter().send()
    letter("new@example.org").send()
    old = timezone.now() - tasks.KEPT - timezone.timedelta(minutes=1)
    Mail.objects.filter(to="her@example.org").update(at=old)
    tasks.forget_old_mail.func()
    assert [row[0] for row in rows()] == ["new@example.org"]
