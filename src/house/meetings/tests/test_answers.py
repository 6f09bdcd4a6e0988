"""What calendars say: invitations go out with each change, and a "no" by mail takes the session back."""

import datetime
from datetime import timedelta

import icalendar
import pytest
from django.core import mail
from django.utils import timezone

from house.ground.text import one_line
from house.meetings import emails, events
from house.meetings.actions import booking, handing
from house.meetings.actions.answers import answered
from house.meetings.models import Joiner
from house.meetings.notices import session_told
from house.meetings.tests.conftest import DAY, HOUR, units_of
from house.notices import calendars
from house.notices.calendars import Scope
from house.notices.letters import pattern_of
from house.notices.models import Letter
from house.partners.models import Seat
from house.partners.viewing import viewer_for
from tests.factories import PersonFactory, SeatFactory
from tests.hostile import TITLES, is_plain

pytestmark = pytest.mark.django_db


def letter(kind, session, person):
    return pattern_of(f"meetings.{kind}").write(session, person, viewer_for(person))


def invitation_in(message):
    part = next(part for part in message.alternatives if part[1].startswith("text/calendar"))
    calendar = icalendar.Calendar.from_ical(part[0])
    return calendar["METHOD"], calendar.walk("VEVENT")[0]


def test_a_confirmation_invites_and_says_the_hour_in_the_readers_zone(book, member, expert, soon):
    member.person.time_zone = "Asia/Seoul"
    member.person.save()
    session = book(member, soon)
    message = letter("session_booked", session, member.person)

    method, event = invitation_in(message)
    assert method == "REQUEST"
    assert event["UID"].startswith(f"session-{session.code}@")
    assert (event["SEQUENCE"], event.decoded("DTSTART")) == (0, soon)
    seoul = (soon + 9 * HOUR).strftime("%H:%M")
    for body in (message.body, message.alternatives[0][0]):
        assert f"{seoul}–" in body
        assert "(Seoul)" in body
        assert "You get this because the session is yours" in body
    assert message.subject == "Booked: session with Amara Osei"


def test_the_expert_reads_the_goal_and_nobody_reads_the_link(book, member, expert, soon):
    expert.join_link = "https://meet.example/secret"
    expert.save()
    session = book(member, soon, goal="Which draft?")
    for person in (expert.person, member.person):
        message = letter("session_booked", session, person)
        text = message.as_string() if not message.attachments else message.message().as_string()
        assert "meet.example" not in text
    assert "Which draft?" in letter("session_booked", session, expert.person).body


def test_names_and_titles_stay_one_line_in_a_mails_head(book, member, expert, soon):
    member.person.name = "Eve\r\nBcc: all@example.org"
    member.person.save()
    session = book(member, soon)
    message = letter("session_booked", session, expert.person)
    assert len(message.subject.splitlines()) == 1
    assert "Bcc" not in dict(message.message().items())


def test_each_change_grows_the_sequence_and_a_cancellation_takes_it_out(book, member, soon):
    session = book(member, soon)
    letter("session_booked", session, member.person)
    moved = booking.move(session, starts_at=soon + DAY, by=viewer_for(member.person))
    method, event = invitation_in(letter("session_changed", moved, member.person))
    assert (method, event["SEQUENCE"], event.decoded("DTSTART")) == ("REQUEST", 1, soon + DAY)
    ended = booking.cancel(moved, by=viewer_for(member.person))
    message = letter("session_ended", ended, member.person)
    method, event = invitation_in(message)
    assert (method, event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert event["SEQUENCE"] > 1
    assert "The unit is free again." in message.body


def test_a_letter_about_what_changed_meanwhile_is_not_sent(book, member, expert, soon):
    session = book(member, soon)
    booking.cancel(session, by=viewer_for(member.person))
    session.refresh_from_db()
    assert letter("session_booked", session, member.person) is None
    assert letter("session_reminder", session, member.person) is None


def test_who_lost_her_seat_gets_no_more_letters(book, member, soon):
    session = book(member, soon)
    Seat.objects.filter(person=member.person).update(person=None)
    assert letter("session_booked", session, member.person) is None


def test_who_gave_it_away_learns_only_that_the_hour_is_free(book, member, expert, soon):
    from house.meetings.tests.conftest import make_expert

    other = make_expert("Teodor")
    passed = handing.pass_on(book(member, soon), to=other, by=viewer_for(expert.person))
    message = letter("session_left", passed, expert.person)
    method, _event = invitation_in(message)
    assert method == "CANCEL"
    assert member.person.name not in message.message().as_string()


# -- Answers ----------------------------------------------------------------------------------------


def test_a_no_by_mail_is_a_cancellation_under_the_same_rule(book, member, soon):
    session = book(member, soon)
    now = timezone.now()
    assert answered(session.code, member.person.pk, "DECLINED", 0, now) == "cancelled"
    session.refresh_from_db()
    assert (session.state, session.ended_by_mail, session.unit) == ("cancelled", True, "released")
    assert units_of(member.city) == (0, 0, 1)
    assert "declined by mail" in letter("session_ended", session, member.person).body
    assert answered(session.code, member.person.pk, "DECLINED", 0, now) == "old"


def test_a_late_no_costs_the_unit_as_the_button_would(book, member):
    starts_at = timezone.now().replace(minute=0, second=0, microsecond=0) + 3 * HOUR
    session = book(member, starts_at)
    assert answered(session.code, member.person.pk, "DECLINED", 0, timezone.now()) == "cancelled"
    assert units_of(member.city) == (0, 1, 0)


def test_an_answer_to_an_earlier_time_changes_nothing(book, member, soon):
    session = booking.move(book(member, soon), starts_at=soon + DAY, by=viewer_for(member.person))
    assert answered(session.code, member.person.pk, "DECLINED", 0, timezone.now()) == "old"
    session.refresh_from_db()
    assert session.is_booked


def test_of_two_answers_the_later_counts_in_whatever_order_they_come(book, member, soon):
    session, now = book(member, soon), timezone.now()
    assert answered(session.code, member.person.pk, "ACCEPTED", 0, now) == "noted"
    assert (
        answered(session.code, member.person.pk, "DECLINED", 0, now - timedelta(hours=1)) == "old"
    )
    session.refresh_from_db()
    assert (session.state, session.answer) == ("booked", "ACCEPTED")


def test_who_is_asked_along_later_is_invited_and_who_is_left_out_is_told(book, member, soon):
    first, second = (
        SeatFactory(partnership=member.seat.partnership, person=PersonFactory(city=member.city))
        for _number in range(2)
    )
    session = book(member, soon, joiners=(first.person,))
    before = set(Letter.objects.values_list("pk", flat=True))

    asked = booking.Asked(goal="Where do we begin?", joiners=(second.person,))
    booking.prepare(session, asked, by=viewer_for(member.person))

    told = Letter.objects.exclude(pk__in=before).values_list("kind", "person")
    assert set(told) == {
        ("meetings.session_joined", second.person_id), ("meetings.session_left", first.person_id),
    }  # fmt: skip
    method, event = invitation_in(letter("session_joined", session, second.person))
    assert (method, event.decoded("DTSTART")) == ("REQUEST", soon)
    assert invitation_in(letter("session_left", session, first.person))[0] == "CANCEL"
    assert letter("session_left", session, second.person) is None
    assert letter("session_joined", session, first.person) is None


def test_a_colleagues_no_is_noted_and_a_strangers_is_nothing(book, member, neighbour, soon):
    colleague = SeatFactory(
        partnership=member.seat.partnership, person=PersonFactory(city=member.city)
    )
    session = book(member, soon, joiners=(colleague.person,))
    now = timezone.now()
    assert answered(session.code, colleague.person_id, "DECLINED", 0, now) == "noted"
    assert answered(session.code, neighbour.person.pk, "DECLINED", 0, now) == "unknown"
    assert answered("none", member.person.pk, "DECLINED", 0, now) == "unknown"
    session.refresh_from_db()
    assert session.is_booked
    assert Joiner.objects.count() == 1
    assert calendars.answered_by("session") is answered


def test_an_experts_no_gives_the_unit_back(book, member, expert):
    starts_at = timezone.now().replace(minute=0, second=0, microsecond=0) + 3 * HOUR
    session = book(member, starts_at)
    assert answered(session.code, expert.person_id, "DECLINED", 0, timezone.now()) == "cancelled"
    assert units_of(member.city) == (0, 0, 1)


# -- Feeds and notices ------------------------------------------------------------------------------


def test_a_feed_holds_ones_own_and_nobody_elses(book, member, neighbour, expert, soon):
    session = book(member, soon)
    since, until = timezone.now(), timezone.now() + 30 * DAY

    def codes(person, sort="mine"):
        return [e.code for e in events.items(viewer_for(person), Scope(sort), since, until)]

    assert codes(member.person) == codes(expert.person) == [session.code]
    assert codes(neighbour.person) == codes(member.person, "city") == []
    booking.cancel(session, by=viewer_for(member.person))
    assert codes(member.person) == []


def test_notices_are_told_through_the_door(book, member, neighbour, expert, soon):
    session = book(member, soon)
    told = session_told([session.pk], viewer_for(member.person))
    assert told[session.pk].url == session.get_absolute_url()
    assert session_told([session.pk], viewer_for(neighbour.person)) == {}


@pytest.mark.parametrize(
    ("days", "reminds"),
    [(8, False), (7, True), (3, False), (1, True), (0, True), (-3, False), (-7, True)],
)
def test_promises_are_reminded_of_on_these_days(days, reminds):
    today = datetime.date(2026, 6, 10)
    assert emails.is_due(today + datetime.timedelta(days=days), today) == reminds


def test_letters_are_posted_once_for_each_change(book, member, soon):
    session = book(member, soon)
    booking.move(session, starts_at=soon + DAY, by=viewer_for(member.person))
    booking.move(session, starts_at=soon + 2 * DAY, by=viewer_for(member.person))
    assert Letter.objects.filter(kind="meetings.session_changed", person=member.person).count() == 2


@pytest.mark.parametrize("title", TITLES)
def test_hole_8_goals_and_names_stay_words_in_mails_and_invitations(
    book, member, expert, soon, title
):
    """No name and no goal is a header, a line of the calendar or markup, and none turns the text around."""
    for person in (expert.person, member.person):
        person.name = one_line(title[:100])  # as every form keeps a name
        person.save()
    session = book(member, soon, goal=title, others=title)
    message = letter("session_booked", session, member.person)
    message.send()
    sent = mail.outbox[-1].message()
    assert is_plain(sent, member.person.email)
    for raw in (part for part in sent.walk() if part.get_content_type() == "text/calendar"):
        (event,) = icalendar.Calendar.from_ical(raw.get_payload(decode=True)).walk("VEVENT")
        for value in (str(event["SUMMARY"]), event["ATTENDEE"].params.get("CN", "")):
            assert "\u202e" not in value
            assert not set("\r\n\u2028") & set(value)
        assert str(event["ATTENDEE"]) == f"mailto:{member.person.email}"
        assert not event.subcomponents
