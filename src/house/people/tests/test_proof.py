import time

import pytest
from django.contrib.sessions.backends.db import SessionStore

from house.people import proof

pytestmark = pytest.mark.django_db
ADDRESS = "mila@city.example"


@pytest.fixture
def session():
    return SessionStore()


def test_a_typed_code_proves_the_address_once(session):
    code = proof.new_code(session, ADDRESS)
    kept = dict(session["proof_code"])
    assert proof.try_code(session, f" {code.upper().replace('-', ' ')} ") == "right"
    assert proof.proven(session) == ADDRESS
    session["proof_code"] = kept  # the same request, sent a second time at the same moment
    assert proof.try_code(session, code) == "expired"


def test_a_code_is_of_one_browser(session):
    code = proof.new_code(session, ADDRESS)
    other = SessionStore()
    assert proof.try_code(other, code) == "expired"
    proof.new_code(other, ADDRESS)
    assert proof.try_code(other, code) == "wrong"
    assert proof.proven(other) == ""


def test_five_wrong_tries_spend_the_code(session):
    code = proof.new_code(session, ADDRESS)
    assert [proof.try_code(session, "no") for _try in range(6)] == ["wrong"] * 5 + ["spent"]
    assert proof.try_code(session, code) == "expired"
    assert proof.proven(session) == ""


def test_a_late_code_proves_nothing(session):
    code = proof.new_code(session, ADDRESS)
    session["proof_code"]["at"] = time.time() - proof.CODE_SECONDS - 1
    assert proof.try_code(session, code) == "expired"


def test_a_proof_lasts_an_hour(session):
    proof.try_code(session, proof.new_code(session, ADDRESS))
    session["proven_address"]["at"] = time.time() - proof.PROVEN_SECONDS - 1
    assert proof.proven(session) == ""


def test_an_address_gets_five_mails_at_most(session):
    codes = [proof.new_code(SessionStore(), ADDRESS) for _mail in range(6)]
    assert [code is None for code in codes] == [False] * 5 + [True]


def test_the_session_does_not_hold_the_code(session):
    code = proof.new_code(session, ADDRESS)
    assert code.replace("-", "") not in str(session["proof_code"]).replace("-", "")


def test_a_pretended_code_is_never_right(session):
    proof.pretend(session, ADDRESS)
    assert proof.waits_for(session) == ADDRESS
    assert proof.try_code(session, "") == "wrong"
