from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from house.people.models import Person
from house.people.signin import link_token


class Command(BaseCommand):
    help = (
        "Print a page address where a person can sign in within ten minutes by pressing a button."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        # every row: the operator's own shell
        person = Person.objects.filter(email__iexact=options["email"], is_active=True).first()
        if person is None:
            raise CommandError(f"No active person has the address {options['email']}.")
        path = reverse("people:signin_link", args=[link_token(person)])
        self.stdout.write(f"{settings.BASE_URL}{path}")
