import pytest
from django.urls import reverse

from house.notices import leaving, rhythms
from house.notices.models import Choice, Pace, Rhythm
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def her(room):
    person = PersonFactory(email="her@example.org")
    rhythms.keep_up()
    return person


def address(person, what):
    return reverse("notices:leave", args=[leaving.token_for(person, what)])


def state():
    return Rhythm.objects.get().pace, list(Choice.objects.values_list("kind", "how"))


def test_one_click_leaves_without_signing_in_or_a_token_of_ours(her, client_factory):
    program = client_factory(enforce_csrf_checks=True)
    assert program.post(address(her, "toy.asked"), ONE_CLICK).status_code == 200
    assert state() == (Pace.DAILY, [("toy.asked", "inbox")])
    assert program.post(address(her, leaving.DIGEST), ONE_CLICK).status_code == 200
    assert state()[0] == Pace.NONE


@pytest.mark.parametrize(
    "body",
    [
        {}, {"List-Unsubscribe": "one-click"}, {"List-Unsubscribe": "One-Click", "x": "1"},
        {"List-Unsubscribe": ["One-Click", "One-Click"]}, {"what": "all"}, {"what": "this"},
    ],
)  # fmt: skip
def test_a_post_that_is_not_one_click_takes_this_browsers_token(her, client_factory, body):
    scanner = client_factory(enforce_csrf_checks=True)
    scanner.get(address(her, leaving.EVERYTHING))
    scanner.cookies.clear()
    assert scanner.post(address(her, leaving.EVERYTHING), body).status_code == 403
    assert state() == (Pace.DAILY, [])


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(her, client, method):
    for what in ("toy.asked", leaving.DIGEST, leaving.EVERYTHING):
        answer = getattr(client, method)(address(her, what), ONE_CLICK)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
    assert state() == (Pace.DAILY, [])


def test_a_scanner_that_runs_the_page_and_submits_its_form_as_it_stands_changes_nothing(
    her, client_factory
):
    """It keeps cookies and sends every field of the form with the value that it has."""
    scanner = client_factory(enforce_csrf_checks=True)
    page = scanner.get(address(her, leaving.EVERYTHING)).content.decode()
    assert " checked" not in page[page.index('<form class="form"') :].partition("</form>")[0]
    answer = scanner.post(
        address(her, leaving.EVERYTHING),
        {"csrfmiddlewaretoken": scanner.cookies["csrf"].value, "what": ""},
    )
    assert answer.status_code == 422
    assert "Nothing was changed" in answer.content.decode()
    assert state() == (Pace.DAILY, [])


def test_a_person_chooses_and_presses(her, client):
    client.post(address(her, "toy.asked"), {"what": "this"})
    assert state() == (Pace.DAILY, [("toy.asked", "inbox")])
    answer = client.post(address(her, "toy.asked"), {"what": "all"})
    assert "Done" in answer.content.decode()
    assert state()[0] == Pace.NONE


def test_the_page_tells_no_stranger_whose_address_it_is(her, client):
    text = client.get(address(her, leaving.DIGEST)).content.decode()
    assert her.email not in text
    assert her.name not in text
    assert "h…@example.org" in text


@pytest.mark.parametrize("token", ["x", "x:y:z", "é", "W10:1:x"])
def test_a_broken_link_says_so(client, token):
    answer = client.get(reverse("notices:leave", args=[token]))
    assert answer.status_code == 404
    assert "not whole" in answer.content.decode()


def test_an_erased_person_can_not_be_found_by_her_link(her, client):
    from django.utils import timezone

    link = address(her, leaving.DIGEST)
    her.erased_at = timezone.now()
    her.save()
    assert client.post(link, ONE_CLICK).status_code == 404


def test_leaving_the_digest_keeps_mails_at_once_that_she_chose(her):
    Rhythm.objects.update(pace=Pace.AT_ONCE)
    leaving.leave(leaving.Leaving(her, leaving.DIGEST))
    assert state()[0] == Pace.AT_ONCE
