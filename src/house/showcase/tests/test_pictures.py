import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from house.ground.errors import Refused
from house.showcase import actions, tasks
from house.showcase.models import Picture, Showcase

pytestmark = pytest.mark.django_db


def body(response):
    return b"".join(response.streaming_content)


def test_a_picture_goes_out_without_what_its_camera_wrote(
    client_factory, member, by, draft_of, photo
):
    assert b"canary-maker" in photo
    draft = draft_of(member)
    own, visitor = client_factory(member.person), client_factory()
    own.post(
        reverse("showcase:pictures", args=[draft.slug]),
        {"file": SimpleUploadedFile("a.jpg", photo), "alt": "A green field", "caption": ""},
    )
    picture = Picture.objects.get()
    draft.refresh_from_db()
    address = reverse("showcase:picture", args=[draft.slug, picture.code, "large"])
    assert visitor.get(address).status_code == 404
    draft_only = own.get(address)
    assert draft_only.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert body(draft_only)
    made = actions.publish(draft, by=by)
    for size, width in (("large", 1600), ("small", 640)):
        response = visitor.get(reverse("showcase:picture", args=[made.slug, picture.code, size]))
        # A sandboxed card on another page is of no origin: it must be let in.
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        data = body(response)
        assert b"canary" not in data
        found = Image.open(io.BytesIO(data))
        assert (found.format, found.width, dict(found.getexif())) == ("WEBP", width, {})
    assert 'alt="A green field"' in visitor.get(made.get_absolute_url()).content.decode()
    actions.withdraw(made, by=by)
    gone = reverse("showcase:picture", args=[made.slug, picture.code, "small"])
    assert visitor.get(gone).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "JPEG, PNG or WebP"),
        ("a.png", b"GIF89a nothing", "not a sound picture"),
        ("a.png", b"", "empty"),
        ("a.png", b"x" * (12 * 1024 * 1024 + 1), "12 MB"),
    ],
    ids=["svg", "not-a-picture", "empty", "large"],
)
def test_what_is_no_picture_is_refused(member, by, draft_of, name, data, said):
    with pytest.raises(Refused, match=said):
        actions.add_picture(draft_of(member), data, name, by=by, alt="Something")


def test_a_picture_without_a_description_is_refused_and_nothing_is_lost(
    client_factory, member, draft_of, photo
):
    draft = draft_of(member)
    response = client_factory(member.person).post(
        reverse("showcase:pictures", args=[draft.slug]),
        {"file": SimpleUploadedFile("a.jpg", photo), "alt": "  ", "caption": "By me"},
    )
    assert response.status_code == 422
    assert "alt" in response.context["picture_form"].errors
    assert 'value="By me"' in response.content.decode()
    assert not Picture.objects.exists()


def files_of(settings):
    folder = settings.MEDIA_ROOT / "showcase"
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


@pytest.fixture
def pictured(member, by, draft_of, photo):
    draft = draft_of(member)
    return actions.add_picture(draft, photo, "a.jpg", by=by, alt="A green field").showcase


def test_a_picture_that_was_taken_out_is_nobodys_any_more(
    client_factory, member, pictured, settings, django_capture_on_commit_callbacks
):
    picture, own = Picture.objects.get(), client_factory(member.person)
    address = reverse("showcase:picture", args=[pictured.slug, picture.code, "large"])
    assert body(own.get(address))
    assert len(files_of(settings)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        own.post(reverse("showcase:pictures", args=[pictured.slug]), {"remove": picture.code})
    assert own.get(address).status_code == 404
    assert files_of(settings) == []


def test_a_picture_stays_with_the_edition_that_shows_it(client_factory, member, by, pictured):
    actions.publish(pictured, by=by)
    edition, picture = pictured.current, Picture.objects.get()
    actions.remove_picture(pictured, picture.code, by=by)
    actions.publish(pictured, by=by)
    address = reverse("showcase:picture", args=[pictured.slug, picture.code, "large"])
    assert client_factory().get(address).status_code == 404
    assert body(client_factory(member.person).get(address))
    actions.go_back_to(pictured, edition, by=by)
    actions.publish(pictured, by=by)
    assert body(client_factory().get(address))


def test_a_draft_that_goes_back_leaves_no_picture_behind(member, by, draft_of, photo):
    shown = actions.publish(draft_of(member), by=by)
    actions.add_picture(shown, photo, "a.jpg", by=by, alt="A green field")
    actions.go_back_to(shown, shown.current, by=by)
    assert not Picture.objects.exists()


def test_what_was_left_behind_before_goes_with_the_daily_duty(member, by, pictured, settings):
    Showcase.objects.filter(pk=pictured.pk).update(draft={**pictured.draft, "pictures": []})
    tasks.forget_unused_pictures.func()
    assert not Picture.objects.exists()
