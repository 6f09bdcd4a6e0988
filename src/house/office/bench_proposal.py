"""How long the proposal of an issue takes in a house with a year of activity.

    house bench proposal [--entries 1200]

Everything is made in one transaction of the house at hand and undone again. Needs a checkout with the
packages of tests.
"""

import datetime
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from house.alex.models import Entry
from house.magazine.planning import proposal_for
from house.partners.viewing import operator
from house.vocabulary.models import City, Topic

# every row in this file: what is made here to be measured, and undone again


def main(arguments: list[str], write: Callable[[str], object]) -> None:
    parser = ArgumentParser("house bench proposal", description=__doc__)
    parser.add_argument("--entries", type=int, default=1200, help="published over twelve months")
    options = parser.parse_args(arguments)
    with transaction.atomic():
        months = _year(options.entries)
        taken = sorted(_seconds(month) for month in months)
        transaction.set_rollback(True)
    write(
        f"{options.entries} entries in {len(months)} months: the proposal of a month takes "
        f"{taken[len(taken) // 2]:.2f} s in the middle, {taken[-1]:.2f} s at most."
    )


def _year(number: int) -> list[datetime.date]:
    sys.path.insert(0, str(settings.SOURCE.parent.parent))  # a checkout: where its tests are
    from tests.factories import EntryFactory  # noqa: PLC0415 -- packages of tests are not always there

    cities, topics = list(City.objects.all()), list(Topic.objects.all())
    today = timezone.now()
    for place in range(number):
        entry = EntryFactory(
            title=f"Measured {place}",
            audience="public" if place % 3 else "alliance",
            city=cities[place % len(cities)],
            topics=[topics[(place * step) % len(topics)] for step in (1, 7)],
            state="published",
            fields={"differently": "<p>Begin with the repair shop. Then ask who pays.</p>"},
        )
        at = today - datetime.timedelta(days=360 * place / number)
        Entry.objects.filter(pk=entry.pk).update(published_at=at, reuse_count=place % 5)
    return sorted(
        {
            (today - datetime.timedelta(days=days)).date().replace(day=1)
            for days in range(0, 360, 20)
        }
    )


def _seconds(month: datetime.date) -> float:
    begun = time.perf_counter()
    proposal_for(month, operator())
    return time.perf_counter() - begun
