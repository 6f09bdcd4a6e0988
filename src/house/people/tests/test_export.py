import io
import json
import tracemalloc
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from house.access import journal
from house.alex.models import Attachment, Draft, ReviewNote
from house.memory.models import PeerQuestion
from house.partners.viewing import viewer_for
from house.people import export, sudo
from house.people.models import ContactMessage, Mute
from house.people.tokens import issue_token
from tests.factories import EntryFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(member, neighbour):
    """Somebody who did a bit of everything, and a neighbour whose things must not come along."""
    for who, word in ((member.person, "mine"), (neighbour.person, "theirs")):
        who.can_help_with = f"help {word}"
        who.photo.save("x.jpg", ContentFile(f"photo {word}".encode()))
        entry = EntryFactory(title=f"Entry {word}", author=who, city=who.city)
        Draft.objects.create(entry=entry, content={"title": f"draft {word}"}, saved_by=who)
        ReviewNote.objects.create(entry=entry, side="author", writer=who, text=f"note {word}")
        file = ContentFile(f"file {word}".encode(), name="plan.txt")
        Attachment.objects.create(
            entry=entry,
            file=file,
            name="plan/../x.txt",
            media_type="text/plain",
            size=9,
            digest=word,
        )
        PeerQuestion.objects.create(
            asker=who, question=f"question {word}", digest=word, language="en"
        )
        key = issue_token(who, label=f"token {word}")
        journal.record("test.act", entry, by=viewer_for(who), reason=f"reason {word}")
    ContactMessage.objects.create(
        sender=member.person, receiver=neighbour.person, subject="S", text="message mine"
    )
    ContactMessage.objects.create(
        sender=neighbour.person,
        receiver=member.person,
        subject="S",
        text="never heard",
        is_muted=True,
    )
    Mute.objects.create(person=neighbour.person, muted=member.person)
    return key


def archive(client):
    answer = client.post(reverse("people:privacy_export"))
    assert answer.status_code == 200
    opened = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    answer.close()
    return opened


def words(opened):
    return b"\n".join(opened.read(name) for name in opened.namelist()).decode()


def test_everything_of_hers_is_in_it_and_nothing_of_anybody_else(client, life, member, neighbour):
    """Hole 5: an export is a way out like any other."""
    client.force_login(member.person)
    opened = archive(client)
    told = words(opened)
    for word in ("help mine", "photo mine", "Entry mine", "draft mine", "note mine", "file mine",
                 "question mine", "token mine", "reason mine", "message mine", member.person.email,
                 member.seat.title):  # fmt: skip
        assert word in told, word
    assert "theirs" not in told
    assert "never heard" not in told
    assert neighbour.person.email not in told
    assert life not in told  # no key, and no digest of one
    assert "digest" not in told


def test_each_list_is_json_and_named_in_the_readme(client, life, member):
    client.force_login(member.person)
    opened = archive(client)
    readme = opened.read("README.txt").decode()
    for part in export.parts():
        rows = json.loads(opened.read(f"{part.name}.json"))
        assert f"{part.name}.json ({len(rows)}): {part.told}" in readme


def test_no_file_name_leaves_the_archives_folder(client, life, member):
    """Hole 13: names come from uploads."""
    client.force_login(member.person)
    assert all(
        ".." not in name.split("/") and not name.startswith("/")
        for name in archive(client).namelist()
    )


def test_a_stale_sign_in_is_confirmed_first(client, member):
    client.force_login(member.person)
    session = client.session
    sudo.grow_stale(session)
    session.save()
    answer = client.post(reverse("people:privacy_export"))
    assert answer.status_code == 302
    assert reverse("people:confirm") in answer.headers["Location"]


def test_strangers_take_nothing_along(client):
    assert client.post(reverse("people:privacy_export")).status_code == 302
    assert client.get(reverse("people:privacy")).status_code == 302


def test_it_is_made_five_times_a_day(client, member):
    client.force_login(member.person)
    answers = [client.post(reverse("people:privacy_export")) for _time in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    for answer in answers:
        answer.close()


def test_a_life_of_writing_does_not_fill_the_memory(member):
    """Twelve megabytes of entries; one row at a time is held."""
    text = "word " * 60_000
    for number in range(40):
        EntryFactory(title=f"Entry {number}", author=member.person, fields={"challenge": text})
    tracemalloc.start()
    with export.archive_of(member.person) as made:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(zipfile.ZipFile(made).read("entry-versions.json")) > 10_000_000
    assert peak < 8_000_000


def test_the_page_asks_as_often_for_anybody(client, django_assert_num_queries, member):
    client.force_login(member.person)
    client.get(reverse("people:privacy"))
    with django_assert_num_queries(5):
        page = client.get(reverse("people:privacy")).content.decode()
    assert "Download your data" in page


def test_a_guest_takes_hers_along_too(client):
    guest = PersonFactory()
    client.force_login(guest)
    assert guest.email in words(archive(client))
