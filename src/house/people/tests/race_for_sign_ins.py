# ruff: noqa: E402 -- Django is set up before its models are imported
"""Run by test_codes.py in a house of its own: many threads, each with its own connection."""

import json
import re
import threading
import time

import django
from django.conf import settings

# Before the rooms are loaded: Wagtail asks for the storage then.
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
django.setup()

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.db import connections
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from house.ground.mailbox import mails
from house.people import sudo
from house.people.models import SignIn
from house.people.signin import link_token
from house.people.tally import take
from tests.factories import PersonFactory

AT_ONCE = 20
CODE = "account_confirm_login_code"


def browser():
    return Client(SERVER_NAME="localhost", raise_request_exception=False)


def at_once(what):
    gate, said = threading.Barrier(AT_ONCE), [None] * AT_ONCE

    def run(number):
        gate.wait()
        try:
            said[number] = what(number)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def many_hands(client):
    """The same browser, so to speak, in many hands."""
    hands = [browser() for _hand in range(AT_ONCE)]
    for hand in hands:
        hand.cookies.update(client.cookies)
    return hands


def posts(hands, address, fields=None):
    statuses = at_once(lambda number: hands[number].post(address, fields or {}).status_code)
    return {
        "statuses": statuses,
        "signed_in": sum("_auth_user_id" in hand.session for hand in hands),
        "recorded": SignIn.objects.count(),
    }


def mailed_code():
    return re.search(r"^ {4}(\S+)$", mails(limit=1)[0].text, re.MULTILINE)[1]


def asked(person):
    client = browser()
    client.post(reverse("account_login"), {"email": person.email})
    return client


def one_code():
    client = asked(PersonFactory())
    return posts(many_hands(client), reverse(CODE), {"code": mailed_code()})


def one_link():
    address = reverse("people:signin_link", args=[link_token(PersonFactory())])
    return posts(many_hands(browser()), address)


def one_code_of_the_app():
    person, secret = PersonFactory(), "JBSWY3DPEHPK3PXP"
    TOTP.activate(person, secret)
    client = asked(person)
    client.post(reverse(CODE), {"code": mailed_code()})
    digits = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return posts(many_hands(client), reverse("mfa_authenticate"), {"code": digits})


def one_confirmation():
    person, client = PersonFactory(), browser()
    client.force_login(person)
    request = HttpRequest()
    request.session = client.session
    code = sudo.new_code(request, person)
    request.session.save()

    def bring(_number):
        mine = HttpRequest()
        mine.session = client.session
        return sudo.try_code(mine, code)

    return {"right": at_once(bring).count("right")}


def one_limit():
    """Its row is there already, so that all twenty come to count on it at the same moment."""
    granted = []
    for number in range(10):
        take("race", str(number), limit=4, seconds=60)
        said = at_once(
            lambda _number, number=number: take("race", str(number), limit=4, seconds=60)
        )
        granted.append(said.count(True))
    return {"granted": granted}


def main():
    told = {}
    for race in (one_code, one_link, one_code_of_the_app, one_confirmation, one_limit):
        SignIn.objects.all().delete()
        told[race.__name__] = race()
    print(json.dumps(told))  # noqa: T201 -- the test reads it


if __name__ == "__main__":
    main()
