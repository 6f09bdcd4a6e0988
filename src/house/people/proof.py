"""Proof that somebody reads an address, also before she is a person here: a code typed in the same browser.

The session keeps a digest of the code and what it was asked for; limits are counted in the records, so that
they hold across processes. Nothing here tells whether an address is known.
"""

import time

from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import constant_time_compare, salted_hmac

from house.ground.codes import short_code
from house.people.tally import take

CODE_SECONDS = 15 * 60
PROVEN_SECONDS = 60 * 60
TRIES, MAILS = 5, 5
_CODE, _PROVEN = "proof_code", "proven_address"


def new_code(session: SessionBase, address: str) -> str | None:
    """A code for this browser and address, to be mailed; `None` when too many were asked for."""
    if not take("proof-mail", address, limit=MAILS, seconds=CODE_SECONDS):
        return None
    code = short_code(8)
    _expect(session, address, code)
    return f"{code[:4]}-{code[4:]}"


def pretend(session: SessionBase, address: str) -> None:
    """Wait for a code that nobody gets: the page looks the same, and nothing typed is right."""
    take("proof-mail", address, limit=MAILS, seconds=CODE_SECONDS)
    _expect(session, address, short_code(32))


def waits_for(session: SessionBase) -> str:
    """The address whose code this browser is asked for; empty when there is none or it is too late."""
    waiting = session.get(_CODE)
    is_good = waiting and 0 <= time.time() - waiting["at"] < CODE_SECONDS
    return str(waiting["address"]) if is_good else ""


def try_code(session: SessionBase, typed: str) -> str:
    """`"right"` proves the address for an hour; else `"wrong"`, `"expired"` or `"spent"` (after five tries).

    A right code is good once, also when many requests bring it at the same moment.
    """
    if not (address := waits_for(session)):
        return "expired"
    waiting = session[_CODE]
    if not take("proof-try", waiting["name"], limit=TRIES, seconds=CODE_SECONDS):
        del session[_CODE]
        return "spent"
    if not constant_time_compare(_digest(waiting["name"], typed), waiting["digest"]):
        return "wrong"
    del session[_CODE]
    if not take("proof-used", waiting["name"], limit=1, seconds=CODE_SECONDS):
        return "expired"
    session[_PROVEN] = {"address": address, "at": time.time()}
    return "right"


def proven(session: SessionBase) -> str:
    """The address that this browser has proven within the hour, or nothing."""
    held = session.get(_PROVEN)
    is_good = held and 0 <= time.time() - held["at"] < PROVEN_SECONDS
    return str(held["address"]) if is_good else ""


def forget(session: SessionBase) -> None:
    session.pop(_PROVEN, None)
    session.pop(_CODE, None)


def _expect(session: SessionBase, address: str, code: str) -> None:
    name = short_code(12)
    session[_CODE] = {
        "name": name,
        "address": address,
        "digest": _digest(name, code),
        "at": time.time(),
    }


def _digest(name: str, code: str) -> str:
    """Of the code as typed: case, spaces and dashes don't matter."""
    plain = "".join(sign for sign in code.lower() if sign.isalnum())
    return salted_hmac("people.proof", f"{name}:{plain}", algorithm="sha256").hexdigest()
