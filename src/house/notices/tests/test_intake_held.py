"""Answers by mail that the house is not sure of: kept for their sender, who posts them herself."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from house.notices import reply_to
from house.notices.models import HeldReply, ReplyAddress
from house.notices.tests.mails_in import QUOTE, deliver, kept, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("intake")]


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
