from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from house.alex.demo.load import load_demo
from house.office import (
    demo_agora,
    demo_clauses,
    demo_gatherings,
    demo_groups,
    demo_hosting,
    demo_initiatives,
    demo_magazine,
    demo_meetings,
    demo_mobility,
    demo_notices,
    demo_radar,
    demo_showcase,
)
from house.office.demo import seed_people


class Command(BaseCommand):
    help = "Seed the demonstration alliance: cities, persons, entries. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This house is not a demonstration (HOUSE_DEMO=1 makes it one).")
        call_command("prepare", verbosity=0)
        seed_people()
        self.stdout.write(load_demo())
        for room in (
            demo_agora,
            demo_groups,
            demo_gatherings,
            demo_hosting,
            demo_meetings,
            demo_initiatives,
            demo_mobility,
            demo_clauses,
            demo_radar,
            demo_showcase,
            demo_magazine,
            demo_notices,
        ):
            room.seed()
