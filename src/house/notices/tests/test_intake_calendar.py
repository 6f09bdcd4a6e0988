"""Answers to invitations that come from calendars."""

import datetime
from email.message import EmailMessage

import pytest
from django.urls import reverse

from house.notices import calendars
from house.notices.calendars import CalendarEvent
from house.notices.invitations import attach
from house.notices.models import CalendarInvitation, HeldReply
from house.notices.tests.mails_in import PROVEN, deliver, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("intake")]


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


def test_who_confirms_too_late_is_told_so(her, event, client_factory):
    invite(event, her)
    answer(event, her, proven="mx.house.example; none")
    invite(event, her, sequence=1)
    page = reverse("notices:reply", args=[HeldReply.objects.get().code])

    answered = client_factory(her).post(page, follow=True)

    assert event.heard == []
    assert "changes nothing any more" in answered.content.decode()
