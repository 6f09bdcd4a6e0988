from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from house.access.capabilities import CAPABILITIES
from house.people.models import Person
from house.people.tokens import DAYS, OFFERED_DAYS, issue_token

LONGEST = max(OFFERED_DAYS)


class Command(BaseCommand):
    help = "Issue an API key for a person and print it, and nothing else. It can't be shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--label", default="command line")
        parser.add_argument(
            "--scope",
            action="append",
            choices=sorted(CAPABILITIES),
            metavar="CAPABILITY",
            help="what the key may, of what she may; give it again for more (default: everything she may)",
        )
        parser.add_argument(
            "--days", type=int, default=DAYS, help=f"how long it is good (default: {DAYS})"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # every row: the operator's own shell
        person = Person.objects.filter(email__iexact=options["email"], is_active=True).first()
        if person is None:
            raise CommandError(f"No active person has the address {options['email']}.")
        if not 1 <= options["days"] <= LONGEST:
            raise CommandError(f"A key lives for 1 to {LONGEST} days.")
        key = issue_token(
            person, label=options["label"], scopes=options["scope"], days=options["days"]
        )
        self.stdout.write(key)
