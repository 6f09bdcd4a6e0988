"""Whose answer it is: a sender counts when our own mail server proved it."""

import pytest
from django.core import mail

from house.notices import reply_to
from house.notices.models import HeldReply
from house.notices.tests.mails_in import PROVEN, deliver, kept, told, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("intake")]


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
