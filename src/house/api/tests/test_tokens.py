"""Keys for programs: scopes, expiry, revocation. `/benefits` stands for whatever takes a capability."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from house.access.capabilities import CAPABILITIES
from house.partners.viewing import viewer_for
from house.people.models import ApiToken
from house.people.tokens import issue_token
from tests.factories import EntryFactory, PersonFactory

pytestmark = pytest.mark.django_db


def calls(client, key, path="/api/v1/me"):
    return client.get(path, headers={"Authorization": f"Bearer {key}"})


def expired(key):
    ApiToken.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    return key


def revoked(key):
    ApiToken.objects.update(revoked_at=timezone.now())
    return key


@pytest.mark.parametrize(
    "spoil",
    [
        expired,
        revoked,
        lambda key: key[:-1],
        lambda key: f"{key}x",
        lambda key: key.upper(),
        lambda key: f"{key}\u0000",
        lambda _key: "house_unknown",
        lambda _key: "",
    ],
    ids=["expired", "revoked", "cut short", "too long", "shouted", "null", "unknown", "empty"],
)
def test_hole_9_a_key_that_is_no_longer_good_opens_nothing(client, member, spoil):
    key = issue_token(member.person)
    assert calls(client, key).status_code == 200

    answer = calls(client, spoil(key))
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "unknown-token"


def test_a_scope_not_held_is_refused_with_reason_and_remedy(client, member):
    key = issue_token(member.person, scopes=["alex.read"])
    answer = calls(client, key, "/api/v1/benefits")
    assert answer.status_code == 403
    assert answer.json()["reason"] == (
        "You may do this, but the scopes of the key that calls leave it out: partnership.read."
    )
    assert answer.json()["remedy"] == "Make a key that holds this scope on your safety page."

    wide = issue_token(member.person, scopes=["alex.read", "partnership.read"])
    assert calls(client, wide, "/api/v1/benefits").status_code == 200


def test_a_scope_gives_nothing_that_its_person_may_not(client):
    key = issue_token(PersonFactory(), scopes=CAPABILITIES)
    answer = calls(client, key, "/api/v1/benefits")
    assert answer.status_code == 403
    assert "scopes" not in answer.json()["reason"]


def test_a_key_without_scopes_may_what_its_person_may(client, member):
    rights = calls(client, issue_token(member.person)).json()["rights"]
    allowed = {name for name, right in rights.items() if right["allowed"]}
    assert allowed == viewer_for(member.person).capabilities


def test_a_key_for_reading_nothing_inside_shows_what_is_public(client, member):
    EntryFactory(title="Everybody may read this", audience="public")
    EntryFactory(title="The alliance may read this", audience="alliance")
    titles = {
        scope: {
            item["title"]
            for item in calls(
                client, issue_token(member.person, scopes=[scope]), "/api/v1/entries"
            ).json()["items"]
        }
        for scope in ("alex.read", "agora.read")
    }
    assert titles == {
        "alex.read": {"Everybody may read this", "The alliance may read this"},
        "agora.read": {"Everybody may read this"},
    }


def test_a_key_of_the_office_without_its_scopes_calls_as_a_plain_person(office):
    narrow = viewer_for(office, scopes=["alex.read"])
    assert not narrow.is_office
    assert not narrow.is_staff
    assert viewer_for(office, scopes=["alex.read", "office.people"]).is_office


def test_a_right_that_is_lost_is_lost_to_the_key_too(client, member):
    key = issue_token(member.person, scopes=["alex.read", "partnership.read"])
    member.seat.delete()
    assert calls(client, key, "/api/v1/benefits").status_code == 403


def printed(capsys, *arguments):
    call_command("token", *arguments)
    return capsys.readouterr().out


def test_the_command_prints_the_key_alone(client, capsys):
    person = PersonFactory(email="ana@example.org")
    out = printed(capsys, "ana@example.org")
    assert out.count("\n") == 1
    assert calls(client, out.strip()).json()["person"]["email"] == person.email
    (token,) = ApiToken.objects.all()
    assert token.scopes is None
    assert 89 < (token.expires_at - timezone.now()).total_seconds() / 86400 <= 90


def test_the_command_narrows_what_a_key_may_and_how_long(capsys):
    PersonFactory(email="ana@example.org")
    printed(
        capsys, "ana@example.org", "--scope", "alex.read", "--scope", "agora.read", "--days", "7"
    )
    (token,) = ApiToken.objects.all()
    assert token.scopes == ["agora.read", "alex.read"]
    assert 6 < (token.expires_at - timezone.now()).total_seconds() / 86400 <= 7


@pytest.mark.parametrize("wrong", [("--scope", "everything"), ("--days", "0"), ("--days", "366")])
def test_the_command_refuses_nonsense(wrong):
    PersonFactory(email="ana@example.org")
    with pytest.raises(CommandError):
        call_command("token", "ana@example.org", *wrong)
    assert not ApiToken.objects.exists()
