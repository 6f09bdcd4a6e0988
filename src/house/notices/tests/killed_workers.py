# ruff: noqa: E402 -- Django is set up before its models are imported
"""Run by test_killed.py in a house of its own: makes letters, and workers that may be killed at any moment.

Reads words from its input: "seed N" makes letters and digests, "work" forks a worker and tells its number,
"state" tells what became of everything. A worker ends when nothing waits any more.
"""

import json
import os
import sys
from types import SimpleNamespace

import django

django.setup()

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from house.notices import delivery, digests, fanning, happenings, letters, rhythms
from house.notices.happenings import Kind, Told
from house.notices.message_ids import id_of
from house.notices.models import Letter, Notice, Pace, Reason, Rhythm
from house.vocabulary.models import Topic
from tests.factories import PersonFactory

settings.EMAIL_BACKEND = "house.notices.transport.Transport"
settings.MAIL_CARRIER = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", int(sys.argv[1]), 60
settings.DEFAULT_FROM_EMAIL = "house@house.example"


class Things:
    """Every number is a thing, for everybody to see."""

    def in_bulk(self, pks):
        return {pk: SimpleNamespace(pk=pk) for pk in pks}


def told(pks, viewer):
    return {pk: Told(f"Thing {pk}", f"/thing/{pk}/") for pk in pks}


def write(thing, person, viewer):
    return EmailMultiAlternatives(f"Letter {thing.pk}", "Body", to=[person.email])


happenings.register(Kind("toy.asked", "Question", Topic, "", "questions", told))
letters.register(letters.Pattern("toy.letter", SimpleNamespace(objects=Things()), write))


def seed(count):
    first = Letter.objects.count()
    for number in range(first, first + count):
        start = "refused" if number % 10 == 9 else "her"
        person = PersonFactory(email=f"{start}{number}@example.org")
        letters.post("toy.letter", SimpleNamespace(pk=number), person.pk, key=f"l{number}")
        happenings.tell(
            "toy.asked", SimpleNamespace(pk=number), key=f"h{number}", to={person.pk: Reason.OWN}
        )
    rhythms.keep_up()
    fanning.fan_out()
    Rhythm.objects.update(
        pace=Pace.DAILY, quiet_from=None, quiet_until=None, next_digest_at=timezone.now()
    )


def work():
    while True:
        digests.open_due()
        delivery.deliver()
        # What waits for its next try does not wait as long here.
        Letter.objects.filter(state="waiting").update(not_before=timezone.now())
        if not Letter.objects.filter(state__in=["waiting", "sending"]).exists():
            return


def state():
    return {
        "letters": {id_of(letter.pk): letter.state for letter in Letter.objects.order_by("pk")},
        "waiting": Notice.objects.filter(person__email__startswith="her").exclude(due="").count(),
    }


def main():
    # The tables as they are now, without the way there: it takes most of a minute.
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    for line in sys.stdin:
        word, _space, rest = line.strip().partition(" ")
        connections.close_all()
        if word == "seed":
            seed(int(rest))
            answer = {}
        elif word == "state":
            answer = state()
        elif child := os.fork():
            answer = {"worker": child}
        else:
            work()
            connections.close_all()
            os._exit(0)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


main()
