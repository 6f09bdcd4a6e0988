from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from house.access.journal import record
from house.access.viewer import VISITOR
from house.people.factors import forget_factors
from house.people.models import Person
from house.people.signin import link_token


class Command(BaseCommand):
    help = (
        "Print a page address where a person can sign in within ten minutes by pressing a button."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--first",
            metavar="NAME",
            help="where nobody works in the office yet: make her first, by this name, as office and curator",
        )
        parser.add_argument(
            "--forget-factors",
            action="store_true",
            help="also remove her passkeys, authenticator app and recovery codes: she lost them, and you "
            "have checked who she is",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # every row in this file: the operator's own shell
        if options["first"]:
            self.make_first(options["email"], options["first"])
        person = Person.objects.filter(email__iexact=options["email"], is_active=True).first()
        if person is None:
            raise CommandError(f"No active person has the address {options['email']}.")
        if options["forget_factors"]:
            with transaction.atomic():
                forget_factors(person)
                record("factors.forgotten", person, by=VISITOR)
        path = reverse("people:signin_link", args=[link_token(person)])
        self.stdout.write(f"{settings.BASE_URL}{path}")

    @transaction.atomic
    def make_first(self, email: str, name: str) -> None:
        if Person.objects.filter(is_office=True, is_active=True).exists():
            raise CommandError(
                "Somebody works in the office already: colleagues are added at /office/people/new/."
            )
        if Person.objects.filter(email__iexact=email).exists():
            raise CommandError(f"{email} is known in the house already.")
        person = Person.objects.create_user(email, name=name, is_office=True, is_curator=True)
        record("people.add", person, by=VISITOR, facts={"as": ["curator", "office"]})
