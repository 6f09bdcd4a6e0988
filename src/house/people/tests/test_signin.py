import re

import pytest
from django.urls import reverse

from house.ground.mailbox import mails
from house.people.signin import link_token
from house.people.tokens import issue_token, person_of
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def real_mailbox(settings):
    """Django's test runner swaps the backend for one in memory; here the demonstration's own is meant."""
    settings.EMAIL_BACKEND = "house.ground.mailbox.MailboxBackend"


def ask(client, email):
    return client.post(reverse("account_request_login_code"), {"email": email}, follow=True)


def code_in(mail):
    return re.search(r"^ {4}(\S+)$", mail.text, re.MULTILINE)[1]


def test_a_typed_code_opens_the_door(client, real_mailbox):
    person = PersonFactory(email="ana@example.org")
    ask(client, "Ana@Example.org")
    (mail,) = mails()
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail), "action": "verify"})

    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_code_is_good_once_and_in_its_own_browser(client, client_factory, real_mailbox):
    PersonFactory(email="ana@example.org")
    ask(client, "ana@example.org")
    (mail,) = mails()
    stranger = client_factory()
    ask(stranger, "nobody@example.org")
    stranger.post(reverse("account_confirm_login_code"), {"code": code_in(mail)})
    assert "_auth_user_id" not in stranger.session

    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail)})
    again = client_factory()
    again.post(reverse("account_confirm_login_code"), {"code": code_in(mail)})
    assert "_auth_user_id" not in again.session


def test_unknown_and_suspended_addresses_look_like_known_ones(client_factory, real_mailbox):
    PersonFactory(email="kim@example.org")
    PersonFactory(email="gone@example.org", is_active=False)
    pages = {}
    for name in ("kim", "gone", "nobody"):
        page = ask(client_factory(), f"{name}@example.org")
        html = re.sub(r"csrfmiddlewaretoken\S* value=\S+", "", page.content.decode())
        pages[name] = html.replace(f"{name}@example.org", "ADDRESS")

    assert pages["kim"] == pages["nobody"] == pages["gone"]
    assert [mail.to for mail in mails()] == ["kim@example.org"]


def test_guessing_ends_after_five_tries(client, real_mailbox):
    PersonFactory(email="ana@example.org")
    ask(client, "ana@example.org")
    (mail,) = mails()
    for _try in range(6):
        client.post(reverse("account_confirm_login_code"), {"code": "XXXXXX"})
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail)})
    assert "_auth_user_id" not in client.session


def test_nobody_signs_herself_up(client):
    client.post(reverse("account_signup"), {"email": "new@example.org"})
    from house.people.models import Person

    assert not Person.objects.filter(email="new@example.org").exists()


def test_an_operators_link_acts_on_its_button_alone(client_factory):
    person = PersonFactory()
    address = reverse("people:signin_link", args=[link_token(person)])
    scanner = client_factory(enforce_csrf_checks=True)
    assert scanner.get(address).status_code == 200
    assert (
        scanner.post(address).status_code == 403
    )  # no cookie, no token: what a mail scanner sends
    assert "_auth_user_id" not in scanner.session

    browser = client_factory()
    browser.post(address)
    assert browser.session["_auth_user_id"] == str(person.pk)
    assert client_factory().get(address).status_code == 410  # void once used


def test_only_a_tokens_digest_is_kept():
    person = PersonFactory()
    key = issue_token(person)
    from house.people.models import ApiToken

    assert person_of(key) == person
    assert key not in str(list(ApiToken.objects.values()))
    person.is_active = False
    person.save()
    assert person_of(key) is None
