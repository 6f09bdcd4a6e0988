from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from house.people.models import Person
from house.people.tokens import issue_token


class Command(BaseCommand):
    help = "Issue an API key for a person and print it, and nothing else. It can't be shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--label", default="command line")

    def handle(self, *args: Any, **options: Any) -> None:
        # every row: the operator's own shell
        person = Person.objects.filter(email__iexact=options["email"], is_active=True).first()
        if person is None:
            raise CommandError(f"No active person has the address {options['email']}.")
        self.stdout.write(issue_token(person, label=options["label"]))
