"""The typed code: replayed, foreign, cut off, late, guessed; and hole 9 and 14 where they touch it."""

import json
import re
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings as the_settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from house.people.models import Tally
from house.people.tally import take
from tests.factories import PersonFactory
from tests.own_house import own_house

ASK, TYPE = "account_login", "account_confirm_login_code"


def ask(client, email, **extra):
    return client.post(reverse(ASK), {"email": email}, **extra)


def type_in(client, code):
    return client.post(reverse(TYPE), {"code": code})


def mailed():
    return re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]


def is_in(client):
    return "_auth_user_id" in client.session


def said(response):
    return re.sub(r"csrfmiddlewaretoken\S* value=\S+", "", response.content.decode())


pytestmark = pytest.mark.django_db


# -- One code ------------------------------------------------------------------------------------


def test_a_replayed_code_opens_nothing_and_says_where_to_go_on(client_factory):
    person, client = PersonFactory(), client_factory()
    ask(client, person.email)
    code = mailed()
    type_in(client, code)
    assert is_in(client)
    client.post(reverse("account_logout"))
    again = type_in(client, code)
    assert again.url == reverse("account_request_login_code")
    assert not is_in(client)


def test_a_code_taken_back_into_an_old_session_is_used_up(client_factory):
    """What a thief of a copied session would do: the very session that asked, the very code."""
    person, client = PersonFactory(), client_factory()
    ask(client, person.email)
    copied = {**client.session}
    key = client.session.session_key
    type_in(client, mailed())

    Session.objects.create(
        session_key=key,
        session_data=SessionStore().encode(copied),
        expire_date="2999-01-01T00:00Z",
    )
    thief = client_factory()
    thief.cookies[the_settings.SESSION_COOKIE_NAME] = key
    refused = type_in(thief, mailed())
    assert refused.status_code == 422
    assert "used up" in refused.content.decode()
    assert not is_in(thief)


def test_a_foreign_browser_is_led_to_ask_for_its_own(client_factory):
    person = PersonFactory()
    ask(client_factory(), person.email)
    foreign = client_factory()
    assert type_in(foreign, mailed()).url == reverse("account_request_login_code")
    assert not is_in(foreign)


def test_two_browsers_that_asked_do_not_take_each_others_code(client_factory):
    person, one, other = PersonFactory(), client_factory(), client_factory()
    ask(one, person.email)
    first = mailed()
    ask(other, person.email)
    assert type_in(other, first).status_code == 422
    assert not is_in(other)


@pytest.mark.parametrize(
    "spoil", [lambda code: code[:-1], lambda code: f"{code}X", lambda _: "ЖЖЖЖ", lambda _: "0" * 41]
)
def test_a_code_cut_off_is_told_so_and_the_whole_one_still_works(client_factory, spoil):
    person, client = PersonFactory(), client_factory()
    ask(client, person.email)
    refused = type_in(client, spoil(mailed()))
    assert refused.status_code == 422
    assert person.email in refused.content.decode()  # the page stays what it was
    type_in(client, mailed().lower().replace("-", " "))
    assert is_in(client)


def test_a_late_code_leads_back_to_asking(client_factory, monkeypatch):
    person, client = PersonFactory(), client_factory()
    ask(client, person.email)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 901)
    assert type_in(client, mailed()).url == reverse("account_request_login_code")
    assert not is_in(client)


def test_asking_again_voids_the_former_code(client_factory):
    person, client = PersonFactory(), client_factory()
    ask(client, person.email)
    former = mailed()
    ask(client, person.email)
    assert type_in(client, former).status_code == 422
    type_in(client, mailed())
    assert is_in(client)


def test_a_person_suspended_between_two_pages_learns_nothing(client_factory):
    person, client, guest = PersonFactory(), client_factory(), client_factory()
    ask(client, person.email)
    person.is_active = False
    person.save()
    answer = type_in(client, mailed())
    assert answer.url == reverse(ASK)
    assert not is_in(client)
    ask(guest, "nobody@example.org")
    for _try in range(5):
        last = type_in(guest, "BBBB-BBBB")
    told = [said(one.get(reverse(ASK))) for one in (client, guest)]
    assert last.url == reverse("account_request_login_code")
    assert told[0] == told[1]
    assert "tried too often" in told[0]


# -- Limits --------------------------------------------------------------------------------------


@pytest.mark.parametrize("known", [True, False])
def test_five_tries_then_nothing_whoever_is_known(client_factory, known):
    email = PersonFactory().email if known else "nobody@example.org"
    client = client_factory()
    ask(client, email)
    statuses = [type_in(client, "BBBB-BBBB").status_code for _try in range(6)]
    assert statuses == [422, 422, 422, 422, 302, 302]


def test_tries_are_counted_in_the_records_and_not_only_in_the_session(client_factory):
    """A guesser who sends the same session again and again can't wind its count back."""
    person, client = PersonFactory(), client_factory()
    ask(client, person.email)
    asked = dict(client.session)
    for _try in range(5):
        type_in(client, "BBBB-BBBB")
        session = client.session
        session.update(asked)
        session.save()
        client.cookies[the_settings.SESSION_COOKIE_NAME] = session.session_key
    key = Tally.objects.get(used=5)
    assert key.used == 5
    refused = type_in(client, mailed())
    assert refused.status_code == 422
    assert not is_in(client)


@pytest.mark.parametrize("known", [True, False])
def test_five_codes_in_ten_minutes_whoever_is_known(client_factory, known):
    email = PersonFactory().email if known else "nobody@example.org"
    answers = [ask(client_factory(), email) for _ask in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [422]
    assert "Too many codes" in answers[-1].content.decode()
    assert len(mail.outbox) == (5 if known else 0)


def test_strangers_cannot_lock_somebody_out_of_her_own_browser(client_factory):
    person, hers = PersonFactory(), client_factory()
    ask(hers, person.email)
    type_in(hers, mailed())
    hers.post(reverse("account_logout"))
    for _ask in range(6):
        ask(client_factory(), person.email)
    ask(hers, person.email)
    type_in(hers, mailed())
    assert is_in(hers)


def test_one_address_may_not_ask_for_everybody(client_factory):
    answers = [ask(client_factory(), f"p{number}@example.org") for number in range(21)]
    assert [answer.status_code for answer in answers] == [302] * 20 + [422]


def test_a_limit_begins_anew_after_its_time():
    assert [take("x", "y", limit=1, seconds=60) for _use in range(2)] == [True, False]
    assert take("x", "z", limit=1, seconds=60)
    Tally.objects.update(ends_at="2020-01-01T00:00Z")
    assert take("x", "y", limit=1, seconds=60)
    assert Tally.objects.count() == 1  # what has ended is swept


# -- Who exists ----------------------------------------------------------------------------------


@pytest.mark.parametrize("email", ["=?utf-8?q?ana?=@example.org", "ana@xn--ghnt-dpa.be", "ana"])
def test_hole_9_an_encoded_address_asks_for_nothing(client_factory, email):
    PersonFactory(email="ana@example.org")
    assert ask(client_factory(), email).status_code == 422
    assert mail.outbox == []


class Slow(EmailBackend):
    """Takes a mail when it is let."""

    let = threading.Event()

    def send_messages(self, messages):
        self.let.wait(60)
        return super().send_messages(messages)


def test_a_slow_mail_server_does_not_tell_who_is_known(client_factory, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Slow"
    settings.MAIL_ASIDE = True
    Slow.let.clear()
    person = PersonFactory()
    answers = [ask(client_factory(), email) for email in (person.email, "nobody@example.org")]
    answered_first = mail.outbox == []
    Slow.let.set()
    for thread in threading.enumerate():
        if thread.name == "sign-in mail":
            thread.join()
    assert answered_first
    assert [each.status_code for each in answers] == [302, 302]
    assert [one.to for one in mail.outbox] == [[person.email]]


# -- Hole 9: whose address stands in a mail ------------------------------------------------------


def test_hole_9_a_poisoned_host_reaches_no_mail(client_factory, settings, monkeypatch):
    """Two known hosts lead here; mails name the house's own address, whatever the request was sent to."""
    settings.ALLOWED_HOSTS = ["*"]
    person = PersonFactory()
    for agent in ("Firefox/1 Linux", "Chrome/1 Windows"):
        client = client_factory(headers={"Host": "evil.example", "User-Agent": agent})
        ask(client, person.email)
        type_in(client, mailed())
    client.post(reverse("people:confirm"), {"way": "mail"})
    subjects = [one.subject for one in mail.outbox]
    assert len(subjects) == 4  # two codes, the new device, the code to confirm
    for one in mail.outbox:
        everything = one.message().as_string()
        assert "evil.example" not in everything
        links = re.findall(r"https?://[^\s\"<]+", everything)
        assert all(link.startswith(f"{the_settings.BASE_URL}/") for link in links)


def test_hole_9_an_unknown_host_is_refused_before_anything_is_sent(client_factory):
    person = PersonFactory()
    client = client_factory(headers={"Host": "evil.example"})
    assert ask(client, person.email).status_code == 400
    assert mail.outbox == []


def test_hole_9_passkeys_belong_to_the_houses_own_address(client_factory, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client = client_factory(headers={"Host": "evil.example", "Accept": "application/json"})
    options = client.get(reverse("mfa_login_webauthn")).json()["request_options"]["publicKey"]
    assert options["rpId"] == "localhost"
    assert options["userVerification"] == "required"


# -- Hole 14: twenty at the same moment ----------------------------------------------------------


@pytest.fixture(scope="module")
def races(tmp_path_factory):
    """What became of each race, in a house of its own: threads with connections of their own."""
    with own_house(tmp_path_factory.mktemp("race")) as environment:
        done = subprocess.run(
            [sys.executable, "-m", "house.people.tests.race_for_sign_ins"],
            env=environment, capture_output=True, text=True, timeout=900, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_twenty_that_bring_one_code_sign_in_once(races):
    race = races["one_code"]
    assert (race["signed_in"], race["recorded"]) == (1, 1)
    assert set(race["statuses"]) <= {302, 400, 422}


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_twenty_that_press_one_link_sign_in_once(races):
    race = races["one_link"]
    assert (race["signed_in"], race["recorded"]) == (1, 1)
    assert sorted(race["statuses"]) == [302] + [410] * 19


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_twenty_that_confirm_with_one_code_are_fresh_once(races):
    assert races["one_confirmation"]["right"] == 1


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_twenty_that_bring_one_code_of_the_app_sign_in_once(races):
    assert races["one_code_of_the_app"]["signed_in"] == 1


@pytest.mark.slow
@pytest.mark.postgres
def test_hole_14_a_limit_lets_no_more_through_than_it_says(races):
    assert races["one_limit"]["granted"] == [3] * 10
