import re
import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from house.access.models import JournalRow
from house.people import sudo
from house.people.devices import in_words
from house.people.models import ApiToken, SignIn
from house.people.sessions import end_all
from house.people.tokens import issue_token, person_of
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)


def come_in(client_factory, person, *, agent=FIREFOX, client=None):
    """Signs in as she would: asks for a code and types it."""
    client = client or client_factory(headers={"User-Agent": agent})
    client.post(reverse("account_login"), {"email": person.email})
    client.post(reverse("account_confirm_login_code"), {"code": mailed("sign in")})
    return client


def mailed(word):
    body = next(one.body for one in reversed(mail.outbox) if word in one.body)
    return re.search(r"^ {4}(\S+)$", body, re.MULTILINE)[1]


def is_in(client):
    return client.get(reverse("people:security")).status_code == 200


def secret_of(client):
    page = client.get(reverse("people:app_on")).content.decode()
    return re.search(r"<code translate=\"no\">([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")


def digits(secret, *, ahead=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def turn_app_on(client):
    """Gives the app's secret and the recovery codes, as the page shows them."""
    secret = secret_of(client)
    page = client.post(reverse("people:app_on"), {"code": digits(secret)}).content.decode()
    return secret, re.findall(r"<code>(\d{8})</code>", page)


# -- Sessions ------------------------------------------------------------------------------------


def test_her_page_tells_where_she_is_signed_in(client_factory):
    person = PersonFactory()
    come_in(client_factory, person, agent=PHONE)
    here = come_in(client_factory, person)
    places = here.get(reverse("people:security")).context["places"]
    assert [(place.device, place.is_here) for place in places] == [
        ("Firefox on Linux", True),
        ("Safari on iPhone", False),
    ]


def test_ending_a_session_acts_at_once(client_factory):
    person = PersonFactory()
    there, here = come_in(client_factory, person), come_in(client_factory, person)
    assert is_in(there)
    (_here, place) = here.get(reverse("people:security")).context["places"]
    here.post(reverse("people:session_end", args=[place.code]))
    assert not is_in(there)
    assert is_in(here)


def test_ending_all_others_leaves_this_one(client_factory):
    person = PersonFactory()
    others = [come_in(client_factory, person) for _browser in range(3)]
    here = come_in(client_factory, person)
    here.post(reverse("people:sessions_end"))
    assert [is_in(client) for client in [*others, here]] == [False] * 3 + [True]


def test_nobody_ends_another_persons_session(client_factory):
    mine, hers = (come_in(client_factory, PersonFactory()) for _person in range(2))
    (place,) = hers.get(reverse("people:security")).context["places"]
    mine.post(reverse("people:session_end", args=[place.code]))
    assert is_in(hers)


def test_signing_out_everywhere_reaches_sessions_that_no_row_tells_of(client_factory):
    person = PersonFactory()
    unlisted, listed = client_factory(person), come_in(client_factory, person)
    end_all(person)
    assert not is_in(unlisted)
    assert not is_in(listed)


def test_the_records_keep_no_address_of_who_signed_in(client_factory):
    come_in(client_factory, PersonFactory())
    assert set(UserSession.objects.values_list("ip", flat=True)) == {"0.0.0.0"}


@pytest.mark.parametrize("rows", [1, 3])
def test_her_page_costs_the_same_with_many_rows(client_factory, rows, django_assert_num_queries):
    person = PersonFactory()
    for _row in range(rows):
        here = come_in(client_factory, person)
        issue_token(person)
    is_in(here)
    with django_assert_num_queries(12):
        here.get(reverse("people:security"))


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537.36 Edg/141.0", "Edge on Windows"),
        ("curl/8.5", "A device that does not say what it is"),
        ("", "A device that does not say what it is"),
        ("<script>alert(1)</script> Firefox/1", "Firefox"),
    ],
)
def test_a_device_is_told_in_words(agent, told):
    assert in_words(agent) == told


# -- New devices ---------------------------------------------------------------------------------


def new_device_mails():
    return [one for one in mail.outbox if one.subject.startswith("New sign-in")]


def test_a_new_device_is_told_by_mail_and_a_known_one_is_not(client_factory):
    person = PersonFactory()
    laptop = come_in(client_factory, person)
    assert new_device_mails() == []  # the first one ever is no news
    laptop.post(reverse("account_logout"))
    come_in(client_factory, person, client=laptop)
    assert new_device_mails() == []
    come_in(client_factory, person, agent=PHONE)
    (told,) = new_device_mails()
    assert told.subject == "New sign-in: Safari on iPhone"
    assert told.to == [person.email]
    for body in (told.body, told.alternatives[0].content):
        assert re.findall(r"https?://[^\s\"<]+", body) == [
            "http://localhost:8000/people/me/security/"
        ]
    assert list(SignIn.objects.values_list("device", "is_new")) == [
        ("Safari on iPhone", True),
        ("Firefox on Linux", False),
        ("Firefox on Linux", True),
    ]


def test_a_machine_that_two_share_is_told_of_neither_by_the_records(client_factory):
    shared = come_in(client_factory, PersonFactory())
    shared.post(reverse("account_logout"))
    come_in(client_factory, PersonFactory(), client=shared)
    assert len(set(SignIn.objects.values_list("browser", flat=True))) == 2


# -- The second factor ---------------------------------------------------------------------------


@pytest.fixture
def guarded(client_factory):
    """A person with an authenticator app: `.secret`, `.recovery`, and a browser half signed in."""
    person = PersonFactory()
    secret, recovery = turn_app_on(client_factory(person))
    assert len(recovery) == 10
    return person, secret, recovery


def test_with_the_app_on_a_typed_code_alone_does_not_open_the_door(client_factory, guarded):
    person, secret, _recovery = guarded
    client = come_in(client_factory, person)
    assert not is_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 422
    assert "was not right" in wrong.content.decode()
    client.post(reverse("mfa_authenticate"), {"code": digits(secret)})
    assert is_in(client)
    assert SignIn.objects.get().way == "second"


def test_digits_of_the_app_are_good_once(client_factory, guarded):
    person, secret, _recovery = guarded
    seen = digits(secret)
    first, second = come_in(client_factory, person), come_in(client_factory, person)
    first.post(reverse("mfa_authenticate"), {"code": seen})
    from django.core.cache import cache

    cache.clear()  # where allauth remembers used digits, for less long than they are good
    second.post(reverse("mfa_authenticate"), {"code": seen})
    assert [is_in(first), is_in(second)] == [True, False]


def test_a_recovery_code_is_good_once(client_factory, guarded):
    person, _secret, recovery = guarded
    first, second = come_in(client_factory, person), come_in(client_factory, person)
    for client in (first, second):
        client.post(reverse("mfa_authenticate"), {"code": recovery[0]})
    assert [is_in(first), is_in(second)] == [True, False]


def test_guessing_digits_ends_after_five_tries(client_factory, guarded):
    person, secret, _recovery = guarded
    client = come_in(client_factory, person)
    for _try in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    last = client.post(reverse("mfa_authenticate"), {"code": digits(secret)})
    assert "Too many codes were tried" in last.content.decode()
    assert not is_in(client)


def test_new_recovery_codes_void_the_former(client_factory, guarded):
    person, _secret, recovery = guarded
    client_factory(person).post(reverse("people:recovery_renew"))
    client = come_in(client_factory, person)
    client.post(reverse("mfa_authenticate"), {"code": recovery[0]})
    assert not is_in(client)


def test_secrets_are_enciphered_at_rest(guarded):
    _person, secret, recovery = guarded
    kept = str(list(Authenticator.objects.values("data")))
    assert secret not in kept
    assert not any(code in kept for code in recovery)


def test_switching_the_app_off_takes_its_recovery_codes_along(
    client_factory, django_capture_on_commit_callbacks
):
    person = PersonFactory()
    with django_capture_on_commit_callbacks(execute=True):
        turn_app_on(client_factory(person))
        client_factory(person).post(reverse("people:app_off"))
    assert not Authenticator.objects.exists()
    assert is_in(come_in(client_factory, person))
    told = [one.subject for one in mail.outbox if "authenticator" in one.subject]
    assert told == [
        "Your sign-in now asks for an authenticator app too",
        "Your sign-in no longer asks for an authenticator app",
    ]
    assert list(JournalRow.objects.order_by("pk").values_list("act", flat=True)) == [
        "app.on",
        "app.off",
    ]


def test_wrong_digits_leave_the_app_off_and_the_picture_as_it_was(client_factory):
    client = client_factory(PersonFactory())
    secret = secret_of(client)
    refused = client.post(reverse("people:app_on"), {"code": "000000"})
    assert refused.status_code == 422
    assert secret in refused.content.decode().replace(" ", "")
    assert not Authenticator.objects.exists()


def test_the_confirmation_takes_the_app_where_it_is_on(client_factory, guarded):
    person, secret, _recovery = guarded
    client = client_factory(person)
    session = client.session
    sudo.grow_stale(session)
    session.save()
    mails = len(mail.outbox)
    client.post(reverse("people:confirm"), {"way": "mail"})
    assert len(mail.outbox) == mails  # a code by mail alone would be weaker than what she chose
    client.post(reverse("people:confirm"), {"way": "app", "code": digits(secret, ahead=1)})
    assert sudo.is_fresh(client.session)


def test_an_operators_link_asks_for_the_app_unless_the_operator_forgot_it(
    client_factory, guarded, capsys
):
    person, _secret, _recovery = guarded
    for arguments, opens in (([], False), (["--forget-factors"], True)):
        call_command("signin_link", person.email, *arguments)
        client = client_factory()
        client.post(urlsplit(capsys.readouterr().out.strip()).path)
        assert is_in(client) is opens
    assert not Authenticator.objects.exists()
    assert JournalRow.objects.filter(act="factors.forgotten").count() == 1


def test_the_first_person_of_a_house_is_made_by_its_operator_and_only_she(client_factory, capsys):
    call_command("signin_link", "first@example.org", "--first", "First Office")
    client = client_factory()
    client.post(urlsplit(capsys.readouterr().out.strip()).path)
    assert is_in(client)
    assert client.get("/office/people/").status_code == 200
    with pytest.raises(CommandError, match="/office/people/new/"):
        call_command("signin_link", "second@example.org", "--first", "Second")


# -- Passkeys (the ceremony itself runs in tests/browser) ----------------------------------------


@pytest.mark.parametrize(
    "made", ["", "{}", "[]", "null", '"x"', "{", '{"id": 3}', '{"response": {"userHandle": "="}}']
)
def test_what_no_browser_makes_opens_nothing_and_breaks_nothing(client_factory, made):
    client = client_factory()
    client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": made})
    assert answer.url == reverse("account_login")
    assert not is_in(client)

    client = client_factory(PersonFactory())
    client.get(reverse("people:passkey_add"))
    refused = client.post(reverse("people:passkey_add"), {"name": "x", "credential": made})
    assert refused.status_code == 422
    assert not Authenticator.objects.exists()


def test_nobody_removes_another_persons_passkey(client_factory):
    from house.people.factors import code_of

    hers = Authenticator.objects.create(
        user=PersonFactory(), type="webauthn", data={"name": "Laptop", "credential": {}}
    )
    mine = client_factory(PersonFactory())
    answer = mine.post(reverse("people:passkey_remove", args=[code_of(hers)]))
    assert answer.status_code == 404
    assert Authenticator.objects.filter(pk=hers.pk).exists()


# -- Keys for programs ---------------------------------------------------------------------------


def test_a_key_is_shown_once_and_does_what_was_ticked(
    client_factory, member, django_capture_on_commit_callbacks
):
    client = client_factory(member.person)
    asked = {"label": "Data portal", "scopes": ["alex.read"], "days": "30"}
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(reverse("people:token_make"), asked).content.decode()
    key = re.search(r"<code>(house_\S+)</code>", page)[1]
    assert person_of(key) == member.person
    assert ApiToken.objects.get().scopes == ["alex.read"]
    assert key not in client.get(reverse("people:security")).content.decode()
    assert [one.subject for one in mail.outbox] == ["A key for programs was made in your name"]
    assert key not in mail.outbox[0].body


@pytest.mark.parametrize(
    "wrong", [{"scopes": ["office.people"]}, {"scopes": []}, {"days": "4000"}, {"label": ""}]
)
def test_a_key_is_not_made_for_more_than_she_may(client_factory, member, wrong):
    asked = {"label": "Data portal", "scopes": ["alex.read"], "days": "30"} | wrong
    refused = client_factory(member.person).post(reverse("people:token_make"), asked)
    assert refused.status_code == 422
    assert not ApiToken.objects.exists()


def test_a_revoked_key_opens_nothing_and_others_stay(client_factory):
    person = PersonFactory()
    key, other = issue_token(person), issue_token(person)
    token = ApiToken.objects.order_by("pk").first()
    client_factory(person).post(reverse("people:token_revoke", args=[token.code]))
    assert [person_of(key), person_of(other)] == [None, person]


def test_nobody_revokes_another_persons_key(client_factory):
    person = PersonFactory()
    key = issue_token(person)
    address = reverse("people:token_revoke", args=[ApiToken.objects.get().code])
    assert client_factory(PersonFactory()).post(address).status_code == 404
    assert person_of(key) == person


# -- Who has not shown for a while that it is she ------------------------------------------------


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("people:passkey_add", []),
        ("people:passkey_remove", ["x"]),
        ("people:app_on", []),
        ("people:app_off", []),
        ("people:recovery_renew", []),
        ("people:token_make", []),
    ],
)
def test_dangerous_acts_take_a_fresh_sign_in(client_factory, name, args):
    client = client_factory(PersonFactory())
    session = client.session
    sudo.grow_stale(session)
    session.save()
    answer = client.post(reverse(name, args=args), {"label": "x"})
    assert answer.status_code == 302
    assert answer.url.startswith(f"{reverse('people:confirm')}?kept=")
