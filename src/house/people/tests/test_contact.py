import datetime
import email
import email.policy
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from house.ground.errors import Forbidden, TooMany
from house.partners.viewing import viewer_for
from house.people import contact, tasks
from house.people.models import ContactMessage, Mute
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
WORDS = {"subject": "Night limits", "text": "What would you do differently?"}


@pytest.fixture
def receiver(neighbour):
    neighbour.person.name = "Ana Lima"
    neighbour.person.save()
    return neighbour.person


def send(client, receiver, **changes):
    answer = client.post(reverse("people:write", args=[receiver.code]), {**WORDS, **changes})
    for message in ContactMessage.objects.filter(mailed_at=None):
        tasks.mail_message.call(message.pk)
    return answer


def both_bodies(sent):
    html = sent.alternatives[0][0]
    return {"text": sent.body, "html": html}


def test_a_message_reaches_her_and_tells_no_address(client, member, receiver):
    client.force_login(member.person)
    answer = send(client, receiver)
    message = ContactMessage.objects.get()
    assert answer.headers["Location"] == reverse("people:message", args=[message.code])

    (sent,) = mail.outbox
    assert (sent.to, sent.reply_to) == ([receiver.email], [])
    assert sent.subject == f"{member.person.name} writes: Night limits"
    assert member.person.email not in sent.message().as_string()
    for body in both_bodies(sent).values():
        assert "What would you do differently?" in body
        assert "You get this because you are listed in the directory of people." in body
        assert body.count(f"/people/me/messages/{message.code}/") >= 1
    for page in (
        answer.headers["Location"],
        reverse("people:messages"),
        receiver.get_absolute_url(),
    ):
        assert receiver.email not in client.get(page).content.decode()


def test_her_address_goes_along_only_when_she_ticks_it(client, member, receiver):
    client.force_login(member.person)
    send(client, receiver, shows_address="on")
    assert mail.outbox[0].reply_to == [member.person.email]


def test_one_mail_however_often_the_task_runs(client, member, receiver):
    client.force_login(member.person)
    send(client, receiver)
    tasks.mail_message.call(ContactMessage.objects.get().pk)
    assert len(mail.outbox) == 1


HOSTILE = [
    ("subject", "Hello\r\nBcc: everybody@example.org"),
    ("subject", "<script>alert(1)</script>"),
    ("subject", "See https://evil.example"),
]


@pytest.mark.parametrize(("field", "value"), HOSTILE)
def test_a_subject_carries_neither_heads_nor_markup(client, member, receiver, field, value):
    """Hole 8: folded onto one line, or refused with everything kept."""
    client.force_login(member.person)
    answer = send(client, receiver, **{field: value})
    if answer.status_code == 422:
        assert WORDS["text"] in answer.content.decode()
        assert mail.outbox == []
        return
    parsed = email.message_from_bytes(
        mail.outbox[0].message().as_bytes(), policy=email.policy.default
    )
    assert parsed["Bcc"] is None
    assert parsed["Subject"] == f"{member.person.name} writes: Hello Bcc: everybody@example.org"


def test_names_that_slipped_into_the_records_stay_words_in_the_mail(client, member, receiver):
    """Hole 8 once more: imports and older records never passed the form."""
    member.person.name = "<a href='https://evil.example'>Eve</a>\r\nBcc: all@example.org"
    member.person.save()
    client.force_login(member.person)
    send(client, receiver, text="<img src=x onerror=alert(1)>")
    (sent,) = mail.outbox
    html = both_bodies(sent)["html"]
    assert "<img" not in html
    assert "<a href='https" not in html
    assert html.count("<a ") == 1
    assert "\n" not in sent.subject
    assert sent.message()["Bcc"] is None


@pytest.mark.parametrize(
    ("field", "value"), [("subject", ""), ("text", " \n "), ("text", "a" * 5001)]
)
def test_a_refused_message_keeps_every_word(client, member, receiver, field, value):
    client.force_login(member.person)
    answer = send(client, receiver, **{field: value})
    assert answer.status_code == 422
    other = {"subject": "text", "text": "subject"}[field]
    assert WORDS[other] in answer.content.decode()
    assert ContactMessage.objects.count() == 0


def test_too_many_a_day_are_refused_with_the_words_kept(client, member, receiver):
    client.force_login(member.person)
    for _time in range(contact.TO_ONE):
        assert send(client, receiver).status_code == 302
    answer = send(client, receiver, text="The sixth today")
    assert answer.status_code == 429
    assert "The sixth today" in answer.content.decode()
    assert len(mail.outbox) == contact.TO_ONE
    ContactMessage.objects.update(sent_at=timezone.now() - datetime.timedelta(days=1, minutes=1))
    assert send(client, receiver).status_code == 302


def test_too_many_to_different_people_are_refused_too(member, receiver, monkeypatch):
    monkeypatch.setattr(contact, "A_DAY", 1)
    by = viewer_for(member.person)
    contact.write_to(receiver, **WORDS, by=by)
    with pytest.raises(TooMany):
        contact.write_to(PersonFactory(is_expert=True), **WORDS, by=by)


def test_a_muted_writer_is_not_told_and_not_heard(client_factory, member, receiver):
    sender, hers = client_factory(member.person), client_factory(receiver)
    send(sender, receiver)
    first = ContactMessage.objects.get()
    hers.post(reverse("people:mute", args=[first.code]))

    answer = send(sender, receiver, subject="Second")
    assert answer.status_code == 302
    assert len(mail.outbox) == 1
    second = ContactMessage.objects.get(subject="Second")
    assert second.mailed_at is None
    pages = [
        sender.get(reverse("people:message", args=[each.code])).content.decode()
        for each in (first, second)
    ]
    assert [page.count("mute") for page in pages] == [0, 0]  # both look alike to her
    assert hers.get(reverse("people:message", args=[second.code])).status_code == 404
    assert "Second" not in hers.get(reverse("people:messages")).content.decode()

    hers.post(reverse("people:mute", args=[first.code]), {"undo": "1"})
    send(sender, receiver, subject="Third")
    assert len(mail.outbox) == 2
    assert ContactMessage.objects.get(subject="Second").mailed_at is None


def test_only_its_two_people_read_a_message(
    client_factory, member, receiver, associate, office, curator
):
    message = ContactMessage.objects.create(sender=member.person, receiver=receiver, **WORDS)
    Mute.objects.create(person=receiver, muted=member.person)
    address = reverse("people:message", args=[message.code])
    seen = {
        who: client_factory(person).get(address).status_code
        for who, person in {"sender": member.person, "receiver": receiver, "associate": associate.person,
                            "office": office, "curator": curator, "guest": PersonFactory()}.items()
    }  # fmt: skip
    assert seen == {
        "sender": 200,
        "receiver": 200,
        "associate": 404,
        "office": 404,
        "curator": 404,
        "guest": 404,
    }
    for person in (member.person, associate.person, office):
        assert Mute.objects.visible_to(viewer_for(person)).count() == 0
    assert (
        client_factory(member.person).post(reverse("people:mute", args=[message.code])).status_code
        == 404
    )


def test_who_left_since_is_not_carried_any_more(member, receiver):
    """Hole 3: rights are judged when the mail is built, not when it was written."""
    message = contact.write_to(receiver, **WORDS, by=viewer_for(member.person))
    member.seat.delete()
    tasks.mail_message.call(message.pk)
    assert mail.outbox == []


@pytest.mark.parametrize("who", ["herself", "suspended", "guest"])
def test_the_action_guards_itself(member, receiver, who):
    by = viewer_for(member.person)
    to = receiver
    match who:
        case "herself":
            to = member.person
        case "suspended":
            receiver.is_active = False
        case "guest":
            by = viewer_for(PersonFactory())
    with pytest.raises(Forbidden):
        contact.write_to(to, **WORDS, by=by)
    assert ContactMessage.objects.count() == 0


def test_an_unlisted_writer_can_be_answered_by_whom_she_wrote_to(
    client_factory, member, receiver, associate
):
    member.person.is_listed = False
    member.person.save()
    address = reverse("people:write", args=[member.person.code])
    assert client_factory(receiver).get(address).status_code == 404
    contact.write_to(receiver, **WORDS, by=viewer_for(member.person))
    assert client_factory(receiver).get(address).status_code == 200
    assert client_factory(associate.person).get(address).status_code == 404


def test_what_was_typed_when_the_session_had_ended_waits_for_her(client, member, receiver):
    address = reverse("people:write", args=[receiver.code])
    answer = client.post(address, WORDS)
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert ContactMessage.objects.count() == 0
    back = parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]
    client.force_login(member.person)
    page = client.get(back).content.decode()
    assert WORDS["text"] in page
    assert ContactMessage.objects.count() == 0


def test_a_year_later_it_is_gone(member, receiver):
    for days in (364, 366):
        message = ContactMessage.objects.create(sender=member.person, receiver=receiver, **WORDS)
        ContactMessage.objects.filter(pk=message.pk).update(
            sent_at=timezone.now() - datetime.timedelta(days=days)
        )
    assert contact.forget_old_messages() == 1
    assert ContactMessage.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_many(
    client, member, receiver, rows, django_assert_num_queries
):
    for number in range(rows):
        ContactMessage.objects.create(
            sender=member.person, receiver=receiver, subject=f"S{number}", text="T"
        )
        ContactMessage.objects.create(
            sender=receiver, receiver=member.person, subject=f"R{number}", text="T"
        )
    client.force_login(member.person)
    client.get(reverse("people:messages"))
    with django_assert_num_queries(7):
        page = client.get(reverse("people:messages")).content.decode()
    assert page.count("row__title") == 2 * rows
