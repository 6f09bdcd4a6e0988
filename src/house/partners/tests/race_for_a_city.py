# ruff: noqa: E402 -- Django is set up before its models are imported
"""Run by test_partnership_race.py in a house of its own: many threads, each with its own connection."""

import datetime
import json

import django

django.setup()

from django.utils import timezone

from house.partners.actions import partnerships as acts
from house.partners.models import Partnership, PartnershipChange
from house.partners.tests.race_for_seats import at_once
from house.partners.viewing import operator
from tests.factories import CityFactory, PartnershipFactory


def day(days):
    return timezone.now().date() + datetime.timedelta(days=days)


def many_open_one_city():
    """Each with another first day, so that none is a mere repetition."""
    city = CityFactory(code="race")
    said = at_once(
        lambda number: acts.open_partnership(
            city, level="partner", starts_on=day(-number), by=operator()
        )
    )
    return {"granted": said.count("granted"), "open": Partnership.objects.filter(city=city).count()}


def many_plan_another_level_for_one_day():
    partnership = PartnershipFactory(city=CityFactory(code="plan"), level="associate")
    levels = ("partner", "premium")
    said = at_once(
        lambda number: acts.plan_level(
            partnership, level=levels[number % 2], on=day(5), by=operator()
        )
    )
    # Who asks for the level that won is told "yes" again: half of them.
    plans = PartnershipChange.objects.planned().filter(partnership=partnership).count()
    return {"granted": said.count("granted"), "plans": plans}


def many_extend_to_one_day():
    partnership = PartnershipFactory(
        city=CityFactory(code="long"), ends_on=day(10), last_day=day(40)
    )
    said = at_once(lambda _number: acts.extend(partnership, ends_on=day(90), by=operator()))
    changes = PartnershipChange.objects.filter(partnership=partnership, act="extended").count()
    return {"granted": said.count("granted"), "changes": changes}


def main():
    races = (many_open_one_city, many_plan_another_level_for_one_day, many_extend_to_one_day)
    print(json.dumps({race.__name__: race() for race in races}))  # noqa: T201 -- the test reads it


if __name__ == "__main__":
    main()
