import dataclasses
import datetime
import html
import re
from email import message_from_bytes, policy

import pytest
from django.core import mail as django_mail
from django.urls import reverse
from django.utils import timezone

from house.notices import delivery, digests, fanning, happenings, rhythms
from house.notices.happenings import Told
from house.notices.models import Due, Letter, Notice, Pace, Reason, Rhythm
from house.partners.models import Partnership
from tests.factories import PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def tell(room):
    """So many things happen to somebody, each in a thread of its own unless said."""

    def happen(person, numbers, kind="toy.asked", thread="", **facts):
        for number in numbers:
            thing = room.things.get(number) or room.make(f"thing-{number}", number)
            happenings.tell(
                kind, thing, key=f"{kind}:{person.pk}:{number}:{thread}", thread=thread,
                to={person.pk: Reason.OWN}, **facts,
            )  # fmt: skip
        rhythms.keep_up()
        fanning.fan_out()

    return happen


def its_time():
    Rhythm.objects.update(quiet_from=None, quiet_until=None, next_digest_at=timezone.now())


def send():
    its_time()
    digests.open_due()
    delivery.deliver()


def bodies(message):
    parsed = message_from_bytes(message.as_bytes(), policy=policy.default)
    return [parsed.get_body((kind,)).get_content() for kind in ("plain", "html")]


def test_a_digest_is_complete_grouped_and_newest_first(room, server, member, tell):
    tell(member.person, [1, 2])
    tell(member.person, [3, 4], kind="toy.answered", thread="toy.post:x")
    send()
    (message,) = server.messages
    assert message["Subject"] == "4 things happened: Title thing-2"
    for body in bodies(message):
        places = [body.index(f"/toy/thing-{number}/") for number in (2, 1, 4, 3)]
        assert places == sorted(places)
        assert body.index("Questions") < places[0] < body.index("Answers") < places[2]
        assert "https://" in body or "http://localhost" in body
    assert message["List-Id"] == '"Digest of the Digital House" <digest.house.example>'
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def previewed(client, person):
    client.force_login(person)
    return html.unescape(client.get(reverse("notices:next_digest")).content.decode())


def numbers(text):
    return re.findall(r"/toy/thing-(\d+)/", text)


def test_she_can_see_what_her_next_digest_would_hold_and_nothing_is_sent_or_marked_by_it(
    room, server, member, neighbour, client, tell
):
    happenings.register_answerable(
        lambda _viewer, _most: [Told("How do you count bikes?", "/toy/thing-90/")]
    )
    tell(member.person, [1, 2])
    tell(member.person, [3, 4], kind="toy.answered", thread="toy.post:x")
    tell(neighbour.person, [5])
    Notice.objects.filter(happening__thing=2).update(read_at=timezone.now())
    del room.things[3]
    before = list(Notice.objects.order_by("pk").values()), list(Letter.objects.values())

    text = previewed(client, member.person)
    assert (list(Notice.objects.order_by("pk").values()), list(Letter.objects.values())) == before
    send()
    mine = next(mail for mail in server.messages if mail["To"] == member.person.email)
    assert numbers(text) == numbers(bodies(mine)[1]) == ["90", "1", "4"]
    assert mine["Subject"] in text
    assert "Nothing waits for it" in previewed(client, member.person)


def test_what_a_room_fails_to_tell_closes_no_preview(room, member, client, tell):
    tell(member.person, [1])
    room.things = None
    assert "Nothing waits for it" in previewed(client, member.person)


def test_nothing_new_is_no_mail(room, server, member, tell):
    tell(member.person, [1])
    send()
    send()
    assert len(server.messages) == 1
    assert Letter.objects.count() == 1


def test_what_was_read_in_the_house_is_no_news(room, server, member, tell):
    tell(member.person, [1, 2])
    Notice.objects.filter(happening__thing=1).update(read_at=timezone.now())
    send()
    (message,) = server.messages
    assert "thing-1" not in "".join(bodies(message))


def test_questions_she_can_answer_come_first_and_once(room, server, member, tell):
    happenings.register_answerable(
        lambda _viewer, _most: [
            Told("How do you count bikes?", "/toy/count/"), Told("Title thing-1", "/toy/thing-1/"),
        ]
    )  # fmt: skip
    tell(member.person, [1, 2])
    send()
    for body in bodies(server.messages[0]):
        assert body.count("/toy/thing-1/") == 1
        assert (
            body.index("Questions you can answer") < body.index("/toy/count/")
            < body.index("/toy/thing-1/") < body.index("/toy/thing-2/")
        )  # fmt: skip


def test_too_much_is_counted_and_never_left_out_in_silence(room, server, member, tell):
    tell(member.person, range(1, digests.SHOWN + 8))
    send()
    for body in bodies(server.messages[0]):
        assert body.count("/toy/thing-") == digests.SHOWN
        assert "7 more are in your inbox" in body
        assert "/notices/" in body


def test_folded_mails_are_told_of(room, server, member, tell):
    tell(member.person, [1, 2, 3])
    Notice.objects.filter(happening__thing__lt=3).update(is_folded=True)
    send()
    assert "2 of them would have been mails of their own" in bodies(server.messages[0])[0]


# -- For its receiver, at sending time (holes 3 and 16) ---------------------------------------------


def lose(what, member):
    if what == "suspended":
        member.person.is_active = False
        member.person.save()
    else:
        Partnership.objects.update(
            starts_on="2010-01-01", ends_on="2011-01-01", last_day="2011-02-01"
        )


@pytest.mark.parametrize("lost", ["suspended", "ended"])
@pytest.mark.parametrize("when", ["before the digest is opened", "after"])
def test_hole_3_who_lost_access_between_happening_and_sending_is_told_nothing(
    room, server, member, tell, lost, when
):
    tell(member.person, [1, 2])
    its_time()
    if when == "after":
        digests.open_due()
    lose(lost, member)
    digests.open_due()
    delivery.deliver()
    assert server.messages == []
    assert set(Letter.objects.values_list("state", flat=True)) <= {"withheld"}


def test_hole_16_a_digest_says_and_counts_only_what_its_receiver_may_see(
    room, server, member, tell, monkeypatch
):
    tell(member.person, [1, 2, 3])
    seen = happenings.kind_of("toy.asked").told

    def all_but_the_second(pks, viewer):
        return {pk: told for pk, told in seen(pks, viewer).items() if pk != 2}

    happenings.register(
        dataclasses.replace(happenings.kind_of("toy.asked"), told=all_but_the_second)
    )
    send()
    (message,) = server.messages
    assert message["Subject"].startswith("2 things")
    assert "thing-2" not in "".join(bodies(message))


@pytest.mark.parametrize(
    ("level", "gets_it"), [("associate", True), ("partner", True), ("premium", True), ("", False)]
)
def test_hole_16_each_level_gets_what_it_may_read(room, server, tell, level, gets_it):
    if level:
        seat = SeatFactory(partnership__level=level)
        person = seat.person
    else:
        person = PersonFactory()
    tell(person, [1])
    send()
    assert bool(server.messages) == gets_it
    if gets_it:
        ((_pks, viewer), *_more) = room.asked
        assert (viewer.person_id, viewer.level) == (person.pk, level)


# -- Exactly once a period ---------------------------------------------------------------------------


def test_of_several_workers_one_opens_a_digest(room, server, member, tell):
    tell(member.person, [1])
    its_time()
    stale = list(Rhythm.objects.select_related("person"))
    assert digests.open_due() == 1
    digests._open(stale, timezone.now())  # another worker had looked at the same moment
    delivery.deliver()
    assert len(server.messages) == 1
    assert Letter.objects.count() == 1


def test_missed_periods_are_merged_not_repeated(room, server, member, tell):
    tell(member.person, [1])
    Rhythm.objects.update(
        quiet_from=None, quiet_until=None, next_digest_at=timezone.now() - 9 * DAY
    )
    digests.open_due()
    tell(member.person, [2])
    digests.open_due(timezone.now() + DAY)  # the first could not be sent meanwhile
    delivery.deliver()
    delivery.deliver()
    (message,) = server.messages
    assert "thing-1" in bodies(message)[0]
    assert "thing-2" in bodies(message)[0]


def test_a_refused_digest_comes_again_with_what_came_since(room, server, member, tell):
    server.answers = ["451 later"]
    tell(member.person, [1])
    send()
    assert server.messages == []
    Letter.objects.update(not_before=timezone.now())
    tell(member.person, [2])
    send()
    (message,) = server.messages
    assert "thing-1" in bodies(message)[0]
    assert Notice.objects.filter(due=Due.DIGEST).count() == 0


def test_who_is_away_gets_one_digest_when_she_is_back(room, server, member, tell):
    tell(member.person, [1])
    today = timezone.localdate()
    Rhythm.objects.update(away_from=today, away_until=today + 2 * DAY)
    send()
    assert server.messages == []
    tell(member.person, [2])
    Rhythm.objects.update(away_from=None, away_until=None)
    send()
    assert len(server.messages) == 1
    assert "2 things" in server.messages[0]["Subject"]


def test_a_digest_costs_few_queries_a_person(room, tell, django_assert_max_num_queries, settings):
    settings.EMAIL_BACKEND = settings.MAIL_CARRIER = "django.core.mail.backends.locmem.EmailBackend"
    persons = [SeatFactory().person for _ in range(20)]
    for person in persons:
        tell(person, [1, 2])
        tell(person, [3], kind="toy.answered")
    its_time()
    with django_assert_max_num_queries(5 * len(persons)) as counted:
        digests.open_due()
        delivery.deliver()
    assert len(django_mail.outbox) == 20
    assert len(counted) < 40  # what the rooms ask is theirs: the toy asks nothing


def test_names_that_would_break_out_of_a_header_or_the_page_do_not(room, server, member, tell):
    thing = room.make("x", 1)
    thing.slug = 'a\r\nBcc: all@example.org\r\n\r\n<img src=x onerror="1">\u202e'
    tell(member.person, [1])
    send()
    (message,) = server.messages
    assert message["Bcc"] is None
    assert [name for name, _value in message.items()].count("Subject") == 1
    html = bodies(message)[1]
    assert "<img" not in html
    assert "&lt;img" in html


def test_every_element_carries_its_own_style(room, server, member, tell):
    tell(member.person, [1])
    send()
    html = bodies(server.messages[0])[1]
    assert html.count('class="m-') == html.count('" style="')
    assert "prefers-color-scheme:dark" in html
    assert 'role="presentation"' in html
    assert "<script" not in html


def test_a_mail_at_once_is_about_one_thread_and_can_be_left(room, server, member, tell):
    from house.notices import gathering

    tell(member.person, [1], is_direct=True)
    its_time()
    gathering.gather()
    delivery.deliver()
    (message,) = server.messages
    assert message["Subject"] == "Question: Title thing-1"
    assert message["List-Id"] == '"Question" <toy-asked.house.example>'
    assert message["List-Unsubscribe"].strip().startswith("<http")
    text, html = bodies(message)
    for body in (text, html):
        assert "it is about something of yours" in body
        assert "Line thing-1" in body


def test_the_pace_of_weeks_is_named(room, server, member, tell):
    tell(member.person, [1])
    Rhythm.objects.update(pace=Pace.WEEKLY)
    send()
    assert "Your week in the house" in bodies(server.messages[0])[1]


def test_what_a_room_fails_to_tell_is_left_out_of_a_digest(room, server, member, tell):
    kind = happenings.kind_of("toy.answered")

    def breaks(pks, viewer):
        raise ZeroDivisionError

    happenings.register(dataclasses.replace(kind, told=breaks))
    happenings.register_answerable(breaks)
    tell(member.person, [1])
    tell(member.person, [2], kind="toy.answered")
    send()
    (message,) = server.messages
    assert "/toy/thing-1/" in bodies(message)[0]
    assert "/toy/thing-2/" not in bodies(message)[0]


def test_a_room_that_breaks_delays_a_digest_and_loses_nothing(
    room, server, member, neighbour, tell, monkeypatch, caplog
):
    kind = happenings.kind_of("toy.asked")

    def break_for_her(pks, viewer):
        if viewer.person_id == member.person.pk:
            raise ZeroDivisionError
        return kind.told(pks, viewer)

    tell(member.person, [1])
    tell(neighbour.person, [2])
    happenings.register(dataclasses.replace(kind, told=break_for_her))
    send()
    assert [message["To"] for message in server.messages] == [neighbour.person.email]
    assert "could not be written" in caplog.text
    happenings.register(kind)
    Letter.objects.update(not_before=timezone.now())
    delivery.deliver()
    assert "thing-1" in bodies(server.messages[1])[0]
