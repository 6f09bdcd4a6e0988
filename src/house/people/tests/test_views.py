import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.factories import PersonFactory, TopicFactory

pytestmark = pytest.mark.django_db

# What a photo of a telephone carries: where it was taken.
GPS = 0x8825


def picture(size=(900, 600), **facts):
    written = io.BytesIO()
    image = Image.new("RGB", size, "teal")
    exif = image.getexif()
    exif[0x010E] = "taken at home"
    exif.get_ifd(GPS)[2] = (52.0, 22.0, 0.0)
    image.save(written, "JPEG", exif=exif, **facts)
    return SimpleUploadedFile("me.jpg", written.getvalue(), content_type="image/jpeg")


def profile(**changes):
    return {"name": "Ana Lima", "job_title": "Adviser", "languages": ["pt", "en"], "time_zone": "Europe/Lisbon",
            "can_help_with": "Night limits.", "looks_for": "", **changes}  # fmt: skip


def test_a_profile_says_what_peers_ask_for(client, member):
    topic = TopicFactory(slug="tourism")
    client.force_login(member.person)
    answer = client.post(reverse("people:profile_edit"), profile(topics=[topic.pk]), follow=True)

    page = answer.content.decode()
    for told in ("Ana Lima", "Adviser", "Night limits.", "Português", "Europe/Lisbon", "tourism"):
        assert told in page


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("time_zone", "Mars/Olympus"), ("languages", ["xx"]), ("topics", ["none"])],
)
def test_a_refused_profile_keeps_what_was_typed_and_changes_nothing(client, member, field, value):
    client.force_login(member.person)
    answer = client.post(reverse("people:profile_edit"), profile(**{field: value}))

    assert answer.status_code == 422
    assert "Night limits." in answer.content.decode()
    member.person.refresh_from_db()
    assert member.person.can_help_with == ""


def test_a_photo_loses_its_metadata_and_is_not_run(client, member):
    client.force_login(member.person)
    client.post(reverse("people:profile_edit"), profile(photo=picture()))
    answer = client.get(reverse("people:photo", args=[member.person.code]))

    body = b"".join(answer.streaming_content)
    kept = Image.open(io.BytesIO(body))
    assert kept.size == (480, 480)
    assert not kept.getexif()
    assert b"taken at home" not in body
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", [{"photo": True}, {"drop_photo": "on"}], ids=["another", "none"])
def test_a_photo_that_goes_leaves_no_file(client, settings, member, change):
    client.force_login(member.person)
    client.post(reverse("people:profile_edit"), profile(photo=picture()))
    (before,) = settings.MEDIA_ROOT.rglob("*.jpg")
    client.post(
        reverse("people:profile_edit"),
        profile(**{**change, **({"photo": picture()} if "photo" in change else {})}),
    )
    left = list(settings.MEDIA_ROOT.rglob("*.jpg"))
    assert before not in left
    assert len(left) == len(change.keys() & {"photo"})


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg onload=alert(1)>", b"GIF89a" + b"\x00" * 20, b"\xff\xd8\xff\xe0 half a picture"],
)
def test_what_is_no_picture_is_refused_in_a_sentence(client, member, content):
    client.force_login(member.person)
    upload = SimpleUploadedFile("me.jpg", content, content_type="image/jpeg")
    answer = client.post(reverse("people:profile_edit"), profile(photo=upload))

    assert answer.status_code == 422
    member.person.refresh_from_db()
    assert not member.person.photo


def test_persons_are_seen_by_members_and_hidden_from_everybody_else(
    client_factory, member, neighbour, office
):
    PersonFactory()
    address = reverse("people:person", args=[member.person.code])
    seen = {
        "visitor": client_factory().get(address).status_code,
        "guest": client_factory(PersonFactory()).get(address).status_code,
        "neighbour": client_factory(neighbour.person).get(address).status_code,
        "office": client_factory(office).get(address).status_code,
    }
    assert seen == {"visitor": 404, "guest": 404, "neighbour": 200, "office": 200}


def test_a_suspended_person_is_hidden_and_her_photo_too(client_factory, member, neighbour):
    client_factory(member.person).post(reverse("people:profile_edit"), profile(photo=picture()))
    member.person.refresh_from_db()
    member.person.is_active = False
    member.person.save()
    client = client_factory(neighbour.person)
    for name in ("people:person", "people:photo"):
        assert client.get(reverse(name, args=[member.person.code])).status_code == 404


def test_times_are_shown_in_the_persons_zone(client_factory, member):
    from django.utils import timezone

    member.person.time_zone = "Asia/Seoul"
    member.person.save()
    request_zone = []

    def note(request):
        request_zone.append(timezone.get_current_timezone_name())

    from house.people.middleware import own_time_zone

    client = client_factory(member.person)
    client.get(reverse("people:profile_edit"))
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.session, request.user = client.session, member.person
    own_time_zone(note)(request)
    assert request_zone == ["Asia/Seoul"]


def test_a_real_house_has_no_mailbox_page(client, settings):
    settings.DEMO = False
    assert client.get(reverse("mailbox")).status_code == 404
