import datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from house.access import journal
from house.access.models import JournalRow
from house.alex.models import Contact, Draft, Entry, ReviewNote, State
from house.ground.errors import Forbidden, Refused
from house.memory.models import PeerQuestion
from house.notices.models import Mail, Suppression
from house.partners.models import Circle, Invitation, JoinRequest, RightException, Seat
from house.partners.viewing import viewer_for
from house.people import duties, erasure, sudo, tasks
from house.people.models import ContactMessage, Mute, Person
from house.people.tokens import issue_token, person_of
from house.retrieval import outbox
from tests import personal
from tests.factories import EntryFactory, PersonFactory, SeatFactory

pytestmark = pytest.mark.django_db

NAME, ADDRESS = "Zuzana Quixley", "zuzana.quixley@stad.example"


@pytest.fixture
def leaver(settings, member, neighbour):
    """Somebody with something of hers in every part of the house."""
    settings.EMBEDDINGS_URL = "none"
    member.city.name = "Ghent"
    member.city.save()
    person = member.person
    person.name, person.email, person.can_help_with = NAME, ADDRESS, f"Ask {NAME}"
    person.photo.save("zuzana.jpg", ContentFile(b"a face"))
    EmailAddress.objects.create(user=person, email=ADDRESS)
    Authenticator.objects.create(user=person, type="totp", data={"secret": NAME})
    issue_token(person, label=f"{NAME}'s key")
    for sender, receiver in ((person, neighbour.person), (neighbour.person, person)):
        ContactMessage.objects.create(sender=sender, receiver=receiver, subject=NAME, text=ADDRESS)
        Mute.objects.create(person=sender, muted=receiver)
    PeerQuestion.objects.create(asker=person, question=f"{NAME} asks", digest="d", language="en")
    seat = SeatFactory(partnership=neighbour.seat.partnership)
    Invitation.objects.create(seat=seat, email=ADDRESS.upper(), name=NAME, words=f"Dear {NAME}")
    JoinRequest.objects.create(
        city=neighbour.city, person=person, email=ADDRESS, name=NAME, title="x"
    )
    RightException.objects.create(
        person=person, capability="alex.write", is_granted=False, reason=f"{NAME} asked", made_by=person,
        starts_on=datetime.date(2026, 1, 1), ends_on=datetime.date(2027, 1, 1),
    )  # fmt: skip
    circle = Circle.objects.create(name="Harbours")
    circle.persons.add(person)
    Mail.objects.create(message_id="1", to=ADDRESS, person=person, kind="x", subject=f"Dear {NAME}")
    Mail.objects.create(
        message_id="2", to=neighbour.person.email, kind="x", subject=f"{NAME} writes"
    )
    Suppression.objects.create(address=ADDRESS, person=person)
    journal.record("test.act", person, by=viewer_for(person))
    return person


def written(person, **facts):
    entry = EntryFactory(author=person, city=person.city, **facts)
    outbox.touch("entry", entry.pk)
    return entry


def erase(person):
    erasure.ask(person, by=viewer_for(person))
    Person.objects.filter(pk=person.pk).update(erase_after=timezone.now())
    duties.erase_due.call()
    person = Person.objects.get(pk=person.pk)
    assert person.is_former
    return person


def traces(word):
    """Every place where the word is still written: tables, index, files."""
    outbox.drain()
    found = {place for place, text in personal.texts() if word.casefold() in text.casefold()}
    for root in (
        settings.MEDIA_ROOT,
        settings.INDEX_ROOT,
        settings.MAILBOX_ROOT,
        settings.SPOOL_ROOT,
    ):
        for path in root.rglob("*"):
            if word in path.name or (path.is_file() and word.encode() in path.read_bytes()):
                found.add(str(path.relative_to(root.parent)))
    return found


@pytest.mark.django_db(transaction=True)
def test_nothing_names_her_any_more_and_the_citys_entry_stands(
    client, client_factory, leaver, member, neighbour
):
    entry = written(leaver, title="Bays of 2019", candour="person", audience="alliance")
    written(leaver, title=f"{NAME} alone", summary=f"{NAME} notes.", audience="private")
    other = EntryFactory(author=neighbour.person, city=neighbour.city)
    Contact.objects.create(entry=other, person=leaver)
    ReviewNote.objects.create(entry=entry, side="author", writer=leaver, text="I agree.")
    client.force_login(leaver)
    somebody = client_factory()
    somebody.post(reverse("account_login"), {"email": ADDRESS})
    photo = leaver.photo.name
    assert traces(NAME) >= {
        "people.Person.name",
        "people.ContactMessage.subject",
        "memory.PeerQuestion.question",
    }
    assert {place for place in traces(NAME) if place.startswith("index/")}
    assert "sessions.Session" in traces(ADDRESS)
    assert settings.MEDIA_ROOT.joinpath(photo).exists()

    gone = erase(leaver)

    for word in (NAME, NAME.split()[1], ADDRESS, "zuzana"):
        assert traces(word) == set()
    assert not settings.MEDIA_ROOT.joinpath(photo).exists()
    client.force_login(neighbour.person)
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "Bays of 2019" in page
    assert "A former member of Ghent" in page
    assert entry.credit().name == NAME  # the object of before
    assert Entry.objects.get(pk=entry.pk).credit().name == "A former member of Ghent"
    assert ReviewNote.objects.get().writer == gone
    seat = Seat.objects.get(pk=member.seat.pk)
    assert (seat.person, seat.title) == (None, "Policy adviser")
    assert client.get(gone.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("candour", ["city", "described", "sealed"])
def test_who_was_not_named_is_not_named_now(leaver, candour):
    entry = written(
        leaver, candour=candour, described_as="a port city" if candour == "described" else ""
    )
    before = entry.credit()
    erase(leaver)
    assert Entry.objects.get(pk=entry.pk).credit() == before


def test_what_only_she_could_read_goes(leaver):
    draft = written(leaver, title="Draft", state=State.DRAFT)
    Draft.objects.create(entry=draft, content={"title": "Draft"}, saved_by=leaver)
    private = written(leaver, title="Mine alone", audience="private")
    offered = written(leaver, title="Offered", state=State.SUBMITTED)
    published = written(leaver, title="Published")
    erase(leaver)
    left = set(Entry.objects.values_list("pk", flat=True))
    assert left == {offered.pk, published.pk}
    assert private.pk not in left


def test_the_journal_keeps_numbers_only(leaver):
    erase(leaver)
    rows = list(JournalRow.objects.filter(object_id=str(leaver.pk)).values_list("act", "person_id"))
    assert rows == [
        ("test.act", leaver.pk), ("people.erasure_asked", leaver.pk), ("people.erased", None),
    ]  # fmt: skip


def test_her_keys_and_sessions_open_nothing(client_factory, leaver):
    key = issue_token(leaver)
    browser, elsewhere = client_factory(leaver), client_factory(leaver)
    browser.post(reverse("people:privacy_erase"), {"word": "erase me"})
    for one in (browser, elsewhere):
        assert one.get(reverse("people:privacy")).status_code == 302
    Person.objects.filter(pk=leaver.pk).update(erase_after=timezone.now())
    duties.erase_due.call()
    assert person_of(key) is None


@pytest.mark.django_db(transaction=True)
def test_a_backup_does_not_bring_her_back(leaver, neighbour):
    before = Person.objects.filter(pk=leaver.pk).values("code", "name", "email", "erased_at").get()
    erase(leaver)
    assert erasure.erase_again() == 0
    Person.objects.filter(pk=leaver.pk).update(**before, is_active=True, erase_after=None)
    assert erasure.erase_again() == 1
    assert traces(NAME) == set()
    assert Person.objects.get(pk=neighbour.person.pk).erased_at is None
    assert settings.ERASED_FILE.read_text().count(leaver.code) == 0


# -- Asking, and taking it back ------------------------------------------------------------------


def test_she_types_the_words_is_signed_out_and_told_by_mail(
    client, leaver, neighbour, client_factory
):
    client.force_login(leaver)
    page = client.get(reverse("people:privacy_erase")).content.decode()
    assert "A former member of Ghent" in page
    refused = client.post(reverse("people:privacy_erase"), {"word": "yes"})
    assert refused.status_code == 422
    assert Person.objects.get(pk=leaver.pk).erase_after is None

    answer = client.post(reverse("people:privacy_erase"), {"word": "“Erase Me”"}, follow=True)
    assert "Farewell" in answer.content.decode()
    asked = Person.objects.get(pk=leaver.pk)
    assert asked.erase_after - timezone.now() > datetime.timedelta(days=6, hours=23)
    assert client_factory(neighbour.person).get(leaver.get_absolute_url()).status_code == 404
    tasks.mail_erasure_asked.call(leaver.pk)
    (sent,) = mail.outbox
    for body in (sent.body, sent.alternatives[0][0]):
        assert "sign in before that day" in body
        assert "You get this because your erasure was asked for." in body


def test_signing_in_takes_it_back(client, leaver, neighbour, client_factory):
    erasure.ask(leaver, by=viewer_for(leaver))
    client.force_login(Person.objects.get(pk=leaver.pk))
    assert Person.objects.get(pk=leaver.pk).erase_after is None
    Person.objects.update(erased_at=None)
    duties.erase_due.call()
    assert Person.objects.get(pk=leaver.pk).name == NAME
    assert client_factory(neighbour.person).get(leaver.get_absolute_url()).status_code == 200
    assert JournalRow.objects.filter(act="people.erasure_taken_back").count() == 1


def test_the_grace_is_not_cut_short(leaver):
    erasure.ask(leaver, by=viewer_for(leaver))
    assert erasure.erase_due() == 0
    erasure.erase(leaver.pk)
    assert Person.objects.get(pk=leaver.pk).name == NAME


def test_asking_and_erasing_twice_is_once(leaver):
    first = erasure.ask(leaver, by=viewer_for(leaver)).erase_after
    assert erasure.ask(leaver, by=viewer_for(leaver)).erase_after == first
    gone = erase(leaver)
    erasure.erase(leaver.pk)
    assert erasure.erase_due() == 0
    assert Person.objects.get(pk=leaver.pk).email == gone.email


def test_a_stale_sign_in_is_confirmed_first(client, leaver):
    client.force_login(leaver)
    session = client.session
    sudo.grow_stale(session)
    session.save()
    answer = client.post(reverse("people:privacy_erase"), {"word": "erase me"})
    assert reverse("people:confirm") in answer.headers["Location"]
    assert Person.objects.get(pk=leaver.pk).erase_after is None


# -- The office ----------------------------------------------------------------------------------


def test_the_office_asks_for_who_wrote_a_letter(client, leaver, office):
    client.force_login(office)
    address = reverse("people:person_erase", args=[leaver.code])
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "A letter of 3 May"})
    row = JournalRow.objects.get(act="people.erasure_asked")
    assert (row.person_id, row.reason, row.facts["by_herself"]) == (
        office.pk,
        "A letter of 3 May",
        False,
    )
    client.post(address, {"undo": "1"})
    assert Person.objects.get(pk=leaver.pk).erase_after is None


@pytest.mark.parametrize("who", ["neighbour", "curator", "guest"])
def test_nobody_else_erases_anybody(client, leaver, neighbour, curator, who):
    person = {"neighbour": neighbour.person, "curator": curator}.get(who) or PersonFactory()
    client.force_login(person)
    answer = client.post(reverse("people:person_erase", args=[leaver.code]), {"reason": "x"})
    assert answer.status_code == 404
    with pytest.raises(Forbidden):
        erasure.ask(leaver, by=viewer_for(person))
    with pytest.raises(Forbidden):
        erasure.take_back(leaver, by=viewer_for(person))


def test_the_last_of_the_office_stays(client, office):
    client.force_login(office)
    answer = client.post(reverse("people:privacy_erase"), {"word": "erase me"})
    assert answer.status_code == 409
    assert "only person of the foundation" in answer.content.decode()
    with pytest.raises(Refused):
        erasure.ask(office, by=viewer_for(office))
    PersonFactory(is_office=True)
    erasure.ask(office, by=viewer_for(office))
