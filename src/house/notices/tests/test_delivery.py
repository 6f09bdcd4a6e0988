import datetime

import pytest
from django.utils import timezone

from house.notices import book, delivery, letters, rounds
from house.notices.models import Letter, Mail, Suppression
from house.notices.retrying import PAUSES, next_try
from house.partners.models import Partnership
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def her():
    return PersonFactory(email="her@example.org")


def states():
    return list(Letter.objects.order_by("pk").values_list("state", "tries"))


def let_wait_be_over():
    Letter.objects.update(not_before=timezone.now())


def test_a_letter_is_sent_once_however_often_it_is_posted(room, server, her):
    thing = room.make("harbour", 1)
    for _time in range(2):
        letters.post("toy.letter", thing, her.pk, key="harbour-1")
    assert delivery.deliver() == 1
    assert delivery.deliver() == 0
    (message,) = server.messages
    assert message["To"] == "her@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] is None
    assert states() == [("sent", 1)]
    mail = Mail.objects.get()
    assert (mail.kind, mail.subject, mail.state, mail.tries) == (
        "toy.letter", "About harbour", "sent", 1,
    )  # fmt: skip
    assert message["Message-ID"] == f"<{mail.message_id}>"


def test_a_letter_reaches_nobody_but_its_receiver(room, server, her):
    from django.core.mail import EmailMultiAlternatives

    room.write = lambda *_facts: EmailMultiAlternatives(
        "S", "B", to=["x@example.org"], cc=["y@example.org"], bcc=["z@example.org"]
    )
    letters.post("toy.letter", room.make("harbour", 1), her.pk, key="1")
    delivery.deliver()
    (message,) = server.messages
    assert (message["To"], message["Cc"]) == ("her@example.org", None)


def test_what_must_not_be_sent_any_more_is_not(room, server, her):
    room.write = lambda *_facts: None
    letters.post("toy.letter", room.make("harbour", 1), her.pk, key="1")
    delivery.deliver()
    assert server.messages == []
    assert states() == [("withheld", 0)]
    assert not Mail.objects.exists()


def test_a_thing_that_is_gone_is_not_written_about(room, server, her):
    letters.post("toy.letter", room.make("harbour", 1), her.pk, key="1")
    room.things.clear()
    delivery.deliver()
    assert states() == [("withheld", 0)]


@pytest.mark.parametrize("lost", ["suspended", "suppressed"])
def test_who_must_get_nothing_gets_nothing(room, server, her, lost):
    letters.post("toy.letter", room.make("harbour", 1), her.pk, key="1")
    if lost == "suspended":
        her.is_active = False
        her.save()
    else:
        Suppression.objects.create(address="HER@example.org")
    delivery.deliver()
    assert server.messages == []
    assert states() == [("withheld", 0)]
    assert Mail.objects.get().state == "withheld"


def test_hole_16_a_right_lost_between_posting_and_sending_withholds_it(room, server, member):
    letters.register(
        letters.Pattern("toy.secret", letters.pattern_of("toy.letter").model,
                        letters.pattern_of("toy.letter").write, takes="alex.read")
    )  # fmt: skip
    letters.post("toy.secret", room.make("harbour", 1), member.person.pk, key="1")
    Partnership.objects.update(starts_on="2010-01-01", ends_on="2011-01-01", last_day="2011-02-01")
    delivery.deliver()
    assert server.messages == []
    assert states() == [("withheld", 0)]


def test_a_temporary_refusal_is_tried_again_later_with_the_same_message_id(room, server, her):
    server.answers = ["451 later", "250 OK"]
    letters.post("toy.letter", room.make("harbour", 1), her.pk, key="1")
    delivery.deliver()
    waiting = Letter.objects.get()
    assert (waiting.state, waiting.tries) == ("waiting", 1)
    assert waiting.not_before > timezone.now() + datetime.timedelta(seconds=50)
    first = Mail.objects.get()
    assert (first.state, first.error) == ("waiting", "451 later")
    assert delivery.deliver() == 0  # not before its time
    let_wait_be_over()
    delivery.deliver()
    assert states() == [("sent", 2)]
    assert server.messages[0]["Message-ID"] == f"<{first.message_id}>"
    assert list(Mail.objects.values_list("state", "tries", "error")) == [("sent", 2, "")]


def test_tries_are_spread_over_a_day_and_then_end(room, server, her):
    now = timezone.now()
    waits = [next_try(tries, now) for tries in range(1, len(PAUSES) + 2)]
    assert waits[-1] is None
    total = sum(((each - now) for each in waits[:-1]), datetime.timedelta())
    assert datetime.timedelta(hours=20) < total <= datetime.timedelta(hours=24)
    server.answers = ["451 later"] * (len(PAUSES) + 1)
    letters.post("toy.letter", room.make("harbour", 1), her.pk, key="1")
    for _try in range(len(PAUSES) + 1):
        let_wait_be_over()
        delivery.deliver()
    assert states() == [("refused", len(PAUSES) + 1)]
    assert Mail.objects.get().state == "refused"
    assert server.messages == []


def test_a_lasting_refusal_is_told_to_the_office_and_not_tried_again(room, server, her):
    server.answers = ["550 5.1.1 No such user"]
    letters.post("toy.letter", room.make("harbour", 1), her.pk, key="1")
    delivery.deliver()
    assert states() == [("refused", 1)]
    assert Letter.objects.get().error == "550 5.1.1 No such user"
    assert Suppression.objects.get().address == "her@example.org"


def test_a_server_that_is_away_costs_no_try(room, server, settings, her):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    letters.post("toy.letter", room.make("harbour", 1), her.pk, key="1")
    delivery.deliver()
    assert states() == [("waiting", 0)]
    settings.EMAIL_PORT = port
    delivery.deliver()
    assert states() == [("sent", 1)]


def test_a_dropped_line_keeps_no_other_letter_back(room, server, her):
    other = PersonFactory()
    server.after = ["drop"]
    thing = room.make("harbour", 1)
    letters.post("toy.letter", thing, her.pk, key="1")
    letters.post("toy.letter", thing, other.pk, key="2")
    delivery.deliver()
    assert states() == [("waiting", 1), ("sent", 1)]
    let_wait_be_over()
    delivery.deliver()
    assert sorted(message["To"] for message in server.messages) == [her.email, other.email]


def test_what_was_taken_without_a_word_comes_again_under_the_same_message_id(room, server, her):
    """Not to be told from a loss: receiving servers recognise the repeat."""
    server.after = ["lose"]
    letters.post("toy.letter", room.make("harbour", 1), her.pk, key="1")
    delivery.deliver()
    let_wait_be_over()
    delivery.deliver()
    first, second = server.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert states() == [("sent", 2)]


def test_a_letter_that_cannot_be_written_keeps_no_other_back(room, server, her, caplog):
    def fail_for_her(thing, person, viewer):
        from django.core.mail import EmailMultiAlternatives

        if person == her:
            raise ZeroDivisionError
        return EmailMultiAlternatives("S", "B", to=[person.email])

    room.write = fail_for_her
    thing, other = room.make("harbour", 1), PersonFactory()
    letters.post("toy.letter", thing, her.pk, key="1")
    letters.post("toy.letter", thing, other.pk, key="2")
    delivery.deliver()
    assert states() == [("waiting", 1), ("sent", 1)]
    assert "could not be written" in caplog.text


def test_what_stands_in_a_book_is_not_sent_again(room, server, her):
    """Killed after the server took it and before the records knew."""
    from house.notices.message_ids import id_of

    letter = letters.post("toy.letter", room.make("harbour", 1), her.pk, key="1")
    own = book.mine()
    own.took(id_of(letter.pk))
    delivery.deliver()
    assert server.messages == []
    assert states() == [("sent", 1)]


def test_letters_of_a_dead_process_are_taken_over_at_once(room, server, her, settings):
    from house.notices.message_ids import id_of

    thing = room.make("harbour", 1)
    taken = letters.post("toy.letter", thing, her.pk, key="1")
    not_taken = letters.post("toy.letter", thing, PersonFactory(email="b@example.org").pk, key="2")
    folder = book._folder()
    folder.mkdir(parents=True)
    (folder / "dead").write_text(f"{id_of(taken.pk)}\n{id_of(not_taken.pk)[:9]}")  # half a line
    Letter.objects.update(state="sending", claim="dead", claimed_until=timezone.now())
    delivery.deliver()
    assert [message["To"] for message in server.messages] == ["b@example.org"]
    assert states() == [("sent", 1), ("sent", 1)]


def test_letters_of_a_living_process_are_left_to_it(room, server, her):
    import fcntl

    letters.post("toy.letter", room.make("harbour", 1), her.pk, key="1")
    folder = book._folder()
    folder.mkdir(parents=True)
    until = timezone.now() + datetime.timedelta(minutes=9)
    Letter.objects.update(state="sending", claim="alive", claimed_until=until)
    with (folder / "alive").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert delivery.deliver() == 0
    assert server.messages == []
    assert delivery.deliver() == 1


def test_urgent_letters_go_first(room, server, her):
    thing = room.make("harbour", 1)
    for number in range(3):
        letters.post("toy.letter", thing, her.pk, key=f"d{number}")
    Letter.objects.update(urgency=2)
    letters.post("toy.letter", thing, her.pk, key="now")
    delivery.deliver(most=1)
    assert Letter.objects.get(state="sent").key == "now"


def test_a_round_begins_once_a_transaction(room, her, django_capture_on_commit_callbacks):
    thing = room.make("harbour", 1)
    with django_capture_on_commit_callbacks() as hooks:
        letters.post("toy.letter", thing, her.pk, key="1")
        letters.post("toy.letter", thing, her.pk, key="2")
    assert hooks == [rounds.start]
